"""The usual correction of a series stands in for a smaller `smallest_difference`, where enough loads have corrected it."""

from datetime import date

import polars as pl
import pytest

from data.definitions import load as load_definitions
from data.facts import current
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from kpis import catalogue
from kpis.catalogue import Catalogue
from kpis.checking import check
from kpis.scorecard import scorecard
from kpis.widening import by_what_the_data_can_tell, usual_corrections
from tests.kpi_town import TOWN, goal
from tests.small_city import build

UP = {"baseline": (60.0, "2023-12-31"), "target": (80.0, "2026-12-31")}


def replaced(*rows: tuple[int, float | None, float | None]) -> pl.DataFrame:
    """Corrections of the lights: (load, before, after), each of a month of its own."""
    told = [(TOWN, "lights", Month(2024, 1).plus(i).last, before, after, load) for i, (load, before, after) in enumerate(rows)]
    schema = {"place": pl.String, "indicator": pl.String, "period": pl.Date, "before": pl.Float64, "after": pl.Float64, "load": pl.Int32}
    return pl.DataFrame(told, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("rows", "usual"),
    [
        ([], {}),
        ([(2, 60, 61), (3, 60, 61)], {}),
        ([(2, 60, 61), (3, 60, 58), (4, 60, 60.5)], {"lights": 1.0}),
        ([(2, 60, 61), (3, 60, 58), (4, 60, None), (5, None, 60)], {}),
        ([(2, 60, 60.25), (3, 60, 60.5), *[(4, 60.0, 56.0)] * 12], {"lights": 0.5}),
    ],
)
def test_a_usual_correction_is_told_from_three_loads_on(rows, usual):
    assert dict(usual_corrections(replaced(*rows)).iter_rows()) == usual


@pytest.mark.parametrize(("declared", "held"), [(None, 1.0), (0.5, 1.0), (1.0, 1.0), (2.0, 2.0)])
def test_the_larger_of_what_is_declared_and_what_is_usual_holds(declared, held):
    goals = Catalogue((goal(**UP, smallest_difference=declared),), {})
    told = by_what_the_data_can_tell(goals, replaced((2, 60, 61), (3, 60, 58), (4, 60, 60.5)))
    assert told.kpis[0].smallest_difference == held
    assert (told is goals) is (declared == held)


def test_goals_of_other_indicators_stay_as_they_were_written():
    goals = Catalogue((goal(**UP), goal(**UP, id="other", indicator="days")), {})
    told = by_what_the_data_can_tell(goals, replaced((2, 60, 61), (3, 60, 58), (4, 60, 60.5)))
    assert [kpi.smallest_difference for kpi in told.kpis] == [1.0, None]
    assert told.kpi["other"] is goals.kpi["other"]


def test_the_same_corrections_give_the_same_catalogue_so_that_caches_hold():
    goals = Catalogue((goal(**UP),), {})
    corrections = replaced((2, 60, 61), (3, 60, 58), (4, 60, 60.5))
    assert by_what_the_data_can_tell(goals, corrections) is by_what_the_data_can_tell(goals, corrections)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory) -> Home:
    """The small city, where three loads of the second half of 2026 each corrected one value of the lights by 2."""
    home = build(tmp_path_factory.mktemp("corrected"))
    for number, month in enumerate((Month(2026, 3), Month(2026, 4), Month(2026, 5))):
        load = NewLoad(f"late {number}", "test", ("late.csv",), "test", date(2026, 8 + number, 5), 1)
        row = {"place": "aurora", "indicator": "lights", "segment": "", "period": month.last, "value": 90.0 + (29 - 3 + number) * 0.1 + 2.0}
        empty = {name: pl.lit(None, kind) for name, kind in (("numerator", pl.Float64), ("denominator", pl.Float64), ("flag", pl.String))}
        apply(home, load_definitions(home), [(load, pl.DataFrame([row]).with_columns(**empty))])
    return home


@pytest.mark.parametrize(
    ("place", "as_known", "least"),
    [("aurora", None, 2.0), ("aurora", date(2026, 10, 31), 2.0), ("aurora", date(2026, 9, 30), None), ("centro", None, None)],
)
def test_a_month_is_judged_by_what_had_been_corrected_at_its_place_as_known(corrected, place, as_known, least):
    facts, known = current(corrected), load_definitions(corrected)
    assert facts
    scores = scorecard(facts, catalogue.load(corrected, known), known, place, Month(2026, 6), as_known)
    lights = next(score for score in scores if score.kpi.id == "lights")
    assert lights.kpi.smallest_difference == (least if least is None else pytest.approx(least))


def test_check_says_whose_bands_the_usual_correction_widens(corrected):
    """Two points are a third of the six from 91 to 97: on track begins there at 0.67, at risk at 0.33."""
    told = [str(found) for found in check(corrected).widened]
    assert len(told) == 2, "two goals are on the lights"
    assert "kpis.3.bands: at the target its bands are widened to 2.0 points" in told[0]
    assert "at_risk begins at 0.333333 instead of 0.6, on_track begins at 0.666667 instead of 0.9" in told[0]
