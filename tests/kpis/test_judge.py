"""A status is decided top down, for both polarities, every basis and every frequency."""

import math
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Bands, Baseline, Target
from kpis.judge import VERDICT, judge
from kpis.score import STATUSES
from tests.kpi_town import COLUMNS, TOWN, definitions, goal, indicator, judged, observations

ROOT = Path(__file__).parents[2]
UP = {"baseline": (60.0, "2024-12-31"), "target": (80.0, "2026-12-31")}  # 70 is due at the end of 2025
DOWN = {"polarity": "lower", "baseline": (40.0, "2024-12-31"), "target": (20.0, "2026-12-31")}  # 30 is due at the end of 2025


@pytest.mark.parametrize(
    ("status", "kpi", "values"),
    [
        pytest.param("untracked", goal(), {"2025-12": 70}, id="without a target"),
        pytest.param("untracked", goal(baseline=(60.0, "2024-12-31")), {}, id="without a target, even without a value"),
        pytest.param("no_data", goal(**UP), {}, id="never a value"),
        pytest.param("no_data", goal(**UP), {"2025-11": None, "2025-12": None}, id="only missing values"),
        pytest.param("no_data", goal(**UP), {"2026-01": 90}, id="a value of a later month is not known yet"),
        pytest.param("no_data", goal(target=(1.0, "2030-01-01"), steps=[(1.0, "2030-01-01")]), {}, id="no value comes before not due"),
        pytest.param("not_due", goal(baseline=(1.0, "2026-01-31"), target=(2.0, "2027-01-31")), {"2025-12": 9}, id="before the baseline"),
        pytest.param(
            "not_due", goal(target=(9.0, "2027-12-31"), basis="ratio", steps=[(5.0, "2026-01-31")]), {"2025-12": 9}, id="before a step"
        ),
        pytest.param("not_due", goal(baseline=(1.0, "2026-01-31"), target=(2.0, "2027-01-31")), {"2024-12": 9}, id="not due, though stale"),
        pytest.param(
            "not_due", goal(baseline=(1.0, "2025-12-31"), target=(2.0, "2027-01-31")), {"2025-11": 9}, id="the value is older than the path"
        ),
        pytest.param(
            "stale", goal(baseline=(1.0, "2025-08-31"), target=(2.0, "2027-01-31")), {"2025-07": 9}, id="stale, though before the path"
        ),
        pytest.param("stale", goal(**UP), {"2025-10": 99}, id="two months missing, however good the last value"),
        pytest.param("stale", goal(**UP), {"2025-10": 99, "2025-11": None, "2025-12": None}, id="missing values do not refresh"),
        pytest.param("exceeded", goal(**UP), {"2025-12": 82}, id="110% of the way"),
        pytest.param("reached", goal(**UP), {"2025-12": 81.99}, id="the target met by less than 110%"),
        pytest.param("reached", goal(**UP), {"2025-12": 80}, id="the target met exactly"),
        pytest.param("on_track", goal(**UP), {"2025-12": 79.99}, id="the target all but met"),
        pytest.param("on_track", goal(**UP), {"2025-12": 69}, id="90% of what is due"),
        pytest.param("at_risk", goal(**UP), {"2025-12": 68.99}, id="less than 90% of what is due"),
        pytest.param("at_risk", goal(**UP), {"2025-12": 66}, id="60% of what is due"),
        pytest.param("off_track", goal(**UP), {"2025-12": 65.99}, id="less than 60% of what is due"),
        pytest.param("off_track", goal(**UP), {"2025-12": 50}, id="worse than the baseline"),
        pytest.param("exceeded", goal(**DOWN), {"2025-12": 18}, id="lower: 110% of the way"),
        pytest.param("reached", goal(**DOWN), {"2025-12": 20}, id="lower: the target met exactly"),
        pytest.param("on_track", goal(**DOWN), {"2025-12": 31}, id="lower: 90% of what is due"),
        pytest.param("at_risk", goal(**DOWN), {"2025-12": 34}, id="lower: 60% of what is due"),
        pytest.param("off_track", goal(**DOWN), {"2025-12": 34.01}, id="lower: less than 60% of what is due"),
        pytest.param("off_track", goal(**DOWN), {"2025-12": 55}, id="lower: worse than the baseline"),
        pytest.param("on_track", goal(**UP), {"2025-11": 69, "2025-12": None}, id="the latest real value counts"),
    ],
)
def test_the_first_status_that_holds(status, kpi, values):
    assert judged(kpi, values, "2025-12")["status"] == status


@pytest.mark.parametrize(
    ("status", "kpi", "value"),
    [
        ("on_track", goal(basis="progress", **UP), 78),
        ("at_risk", goal(basis="progress", **UP), 77.9),
        ("at_risk", goal(basis="progress", **UP), 72),
        ("off_track", goal(basis="progress", **UP), 71.9),
        ("reached", goal(basis="progress", **DOWN), 20),
        ("off_track", goal(basis="progress", **DOWN), 41),
        ("on_track", goal(basis="ratio", target=(80.0, "2026-12-31")), 76),
        ("at_risk", goal(basis="ratio", target=(80.0, "2026-12-31")), 75.9),
        ("at_risk", goal(basis="ratio", target=(80.0, "2026-12-31")), 68),
        ("off_track", goal(basis="ratio", target=(80.0, "2026-12-31")), 67.9),
        ("exceeded", goal(basis="ratio", target=(80.0, "2026-12-31")), 88),
        ("reached", goal(basis="ratio", target=(80.0, "2026-12-31")), 87.9),
        ("on_track", goal(basis="ratio", polarity="lower", target=(19.0, "2026-12-31")), 20),
        ("at_risk", goal(basis="ratio", polarity="lower", target=(17.0, "2026-12-31")), 20),
        ("off_track", goal(basis="ratio", polarity="lower", target=(16.9, "2026-12-31")), 20),
        ("exceeded", goal(basis="ratio", polarity="lower", target=(22.0, "2026-12-31")), 20),
        ("reached", goal(basis="ratio", polarity="lower", target=(21.9, "2026-12-31")), 20),
        ("reached", goal(basis="ratio", baseline=(60.0, "2024-12-31"), target=(80.0, "2026-12-31")), 81.9),
        ("exceeded", goal(basis="ratio", baseline=(60.0, "2024-12-31"), target=(80.0, "2026-12-31")), 82),
        ("reached", goal(basis="absolute", target=(80.0, "2026-12-31")), 80),
        ("off_track", goal(basis="absolute", target=(80.0, "2026-12-31")), 79.9),
        ("exceeded", goal(basis="absolute", target=(80.0, "2026-12-31")), 88),
        ("off_track", goal(basis="absolute", polarity="lower", target=(80.0, "2026-12-31")), 80.1),
        ("on_track", goal(basis="absolute", target=(80.0, "2026-12-31"), bands=Bands(on_track=75, at_risk=60)), 75),
        ("at_risk", goal(basis="absolute", target=(80.0, "2026-12-31"), bands=Bands(on_track=75, at_risk=60)), 60),
        ("off_track", goal(basis="absolute", target=(80.0, "2026-12-31"), bands=Bands(on_track=75, at_risk=60)), 59.9),
        ("on_track", goal(basis="absolute", polarity="lower", target=(5.0, "2026-12-31"), bands=Bands(on_track=8, at_risk=9)), 8),
        ("at_risk", goal(basis="absolute", polarity="lower", target=(5.0, "2026-12-31"), bands=Bands(on_track=8, at_risk=9)), 8.1),
        ("off_track", goal(basis="absolute", polarity="lower", target=(5.0, "2026-12-31"), bands=Bands(on_track=8, at_risk=9)), 9.1),
        ("at_risk", goal(bands=Bands(on_track=0.99, at_risk=0.5), **UP), 69),
    ],
)
def test_each_basis_has_its_bands(status, kpi, value):
    assert judged(kpi, {"2025-12": value}, "2025-12")["status"] == status


KEPT = {"baseline": (60.0, "2024-12-31"), "target": (60.0, "2026-12-31")}
FROM_BELOW_ZERO = {"baseline": (-10.0, "2024-12-31"), "target": (0.0, "2026-12-31")}
BELOW_ZERO = {"baseline": (0.0, "2024-12-31"), "target": (-1.0, "2026-12-31")}
NONE_YET = {"baseline": (60.0, "2025-12-31"), "target": (80.0, "2026-12-31")}


@pytest.mark.parametrize(
    ("status", "attainment", "kpi", "value"),
    [
        pytest.param("reached", 1, goal(**KEPT), 60, id="a value to be kept is kept"),
        pytest.param("exceeded", 1, goal(**KEPT), 66, id="a value to be kept is beaten by a tenth"),
        pytest.param("off_track", 0, goal(**KEPT), 59, id="a value to be kept is lost"),
        pytest.param("off_track", 0, goal(polarity="lower", **KEPT), 61, id="lower: a value to be kept is lost"),
        pytest.param("on_track", 1, goal(**NONE_YET), 60, id="on the baseline's own day the baseline is enough"),
        pytest.param("off_track", 0, goal(**NONE_YET), 59, id="on the baseline's own day less is not"),
        pytest.param("off_track", 0, goal(basis="progress", **KEPT), 59, id="progress: a value to be kept is lost"),
        pytest.param("reached", None, goal(basis="ratio", target=(0.0, "2026-12-31")), 0, id="zero against zero"),
        pytest.param("exceeded", None, goal(basis="ratio", polarity="lower", target=(5.0, "2026-12-31")), 0, id="none of the five allowed"),
        pytest.param("exceeded", None, goal(basis="ratio", polarity="lower", target=(5.0, "2026-12-31")), -1, id="less than none"),
        pytest.param(
            "off_track", 0.0, goal(basis="ratio", polarity="lower", target=(0.0, "2026-12-31")), 3, id="three where none is allowed"
        ),
        pytest.param(
            "reached", None, goal(basis="absolute", polarity="lower", target=(0.0, "2026-12-31")), 0, id="none where none is allowed"
        ),
        pytest.param("reached", None, goal(basis="absolute", target=(-5.0, "2026-12-31")), 90, id="a target below zero is never exceeded"),
        pytest.param("exceeded", 2.1, goal(basis="progress", **FROM_BELOW_ZERO), 11, id="from below 0"),
        pytest.param("on_track", 0.95, goal(basis="progress", polarity="lower", **BELOW_ZERO), -0.95, id="to below 0"),
        pytest.param("off_track", -0.5, goal(basis="ratio", target=(80.0, "2026-12-31")), -40, id="a ratio may fall below zero"),
        pytest.param("reached", 1.0, goal(basis="ratio", target=(0.3, "2026-12-31")), 0.1 + 0.2, id="three tenths are three tenths"),
        pytest.param(
            "reached", 1.0, goal(basis="ratio", polarity="lower", target=(0.3, "2026-12-31")), 0.1 + 0.2, id="lower: three tenths"
        ),
    ],
)
def test_degenerate_cases(status, attainment, kpi, value):
    found = judged(kpi, {"2025-12": value}, "2025-12")
    assert found["status"] == status
    assert found["attainment"] == (None if attainment is None else pytest.approx(attainment))


STAIRS = {"target": (100.0, "2027-12-31"), "steps": [(20.0, "2024-12-31"), (50.0, "2025-12-31"), (80.0, "2026-12-31")]}


@pytest.mark.parametrize(
    ("due", "status", "basis", "period", "value"),
    [
        (None, "not_due", "absolute", "2024-11", 99),
        (20, "on_track", "absolute", "2024-12", 20),
        (20, "off_track", "absolute", "2025-11", 19),
        (50, "on_track", "absolute", "2025-12", 50),
        (80, "off_track", "absolute", "2027-11", 79),
        (100, "off_track", "absolute", "2027-12", 99),
        (100, "reached", "absolute", "2028-01", 100),
        (50, "on_track", "ratio", "2026-01", 47.5),
        (50, "at_risk", "ratio", "2026-01", 47),
    ],
)
def test_a_stepped_path_asks_for_the_last_step_reached(due, status, basis, period, value):
    found = judged(goal(basis=basis, **STAIRS), {period: value}, period)
    assert (found["due"], found["status"]) == (due, status)


def test_due_is_read_at_the_end_of_the_values_own_period():
    found = judged(goal(**UP), {"2025-05": 70, "2025-06": None}, "2025-06")
    assert found["due"] == pytest.approx(60 + 20 * 151 / 730)  # 31 May 2025 is 151 days after the baseline


@pytest.mark.parametrize(
    ("frequency", "period", "month", "review_day", "age", "status"),
    [
        ("month", "2025-06", "2025-06", 10, 10, "on_track"),
        ("month", "2025-05", "2025-06", 10, 40, "on_track"),
        ("month", "2025-05", "2025-06", 15, 45, "on_track"),
        ("month", "2025-05", "2025-06", 16, 46, "stale"),
        ("month", "2025-04", "2025-06", 10, 71, "stale"),
        ("quarter", "2025-Q1", "2025-05", 10, 71, "on_track"),
        ("quarter", "2025-Q1", "2025-06", 10, 101, "stale"),
        ("half", "2024-H2", "2025-05", 10, 161, "on_track"),
        ("half", "2024-H2", "2025-06", 10, 191, "stale"),
        ("year", "2024", "2025-12", 10, 375, "on_track"),
        ("year", "2024", "2026-01", 10, 406, "stale"),
        ("year", "2023/24", "2025-06", 10, 375, "on_track"),
        ("week", "2025-W26", "2025-06", 28, 29, "on_track"),
        ("day", "2025-06-30", "2025-06", 28, 28, "on_track"),
        ("day", "2025-06-09", "2025-06", 10, 31, "on_track"),
        ("day", "2025-06-08", "2025-06", 10, 32, "stale"),
    ],
)
def test_age_is_counted_from_the_periods_end_to_the_review(frequency, period, month, review_day, age, status):
    kpi = goal(basis="absolute", target=(80.0, "2026-12-31"), bands=Bands(on_track=1, at_risk=0))
    found = judged(kpi, {period: 5}, month, of=indicator(frequency), review_day=review_day, fiscal_year_starts=7 if "/" in period else 1)
    assert (found["age_days"], found["status"]) == (age, status)


def test_an_indicator_may_declare_its_own_limit():
    kpi = goal(basis="absolute", target=(1.0, "2026-12-31"))
    assert judged(kpi, {"2025-01": 1}, "2025-06", of=indicator(fresh_days=400))["status"] == "reached"
    assert judged(kpi, {"2025-06": 1}, "2025-06", of=indicator(fresh_days=9))["status"] == "stale"


@pytest.mark.parametrize(
    ("direction", "difference", "polarity", "values"),
    [
        ("better", 1, "higher", {"2025-05": 4, "2025-06": 5}),
        ("worse", 1, "lower", {"2025-05": 4, "2025-06": 5}),
        ("worse", -1, "higher", {"2025-05": 5, "2025-06": 4}),
        ("better", -1, "lower", {"2025-05": 5, "2025-06": 4}),
        ("equal", 0, "higher", {"2025-05": 0.3, "2025-06": 0.1 + 0.2}),
        ("unknown", None, "higher", {"2025-06": 5}),
        ("unknown", None, "higher", {"2025-04": 4, "2025-06": 5}),
        ("unknown", None, "higher", {"2025-04": 4, "2025-05": None, "2025-06": 5}),
        ("better", 1, "higher", {"2025-04": 4, "2025-05": 5, "2025-06": None}),
        ("unknown", None, "higher", {}),
    ],
)
def test_a_change_says_better_or_worse_against_the_period_just_before(direction, difference, polarity, values):
    found = judged(goal(polarity=polarity), values)
    assert (found["direction"], found["difference"]) == (direction, difference)


@pytest.mark.parametrize(
    ("frequency", "before", "period"),
    [
        ("day", "2025-02-28", "2025-03-01"),
        ("week", "2024-W52", "2025-W01"),
        ("month", "2025-02", "2025-03"),
        ("quarter", "2024-Q4", "2025-Q1"),
        ("half", "2024-H2", "2025-H1"),
        ("year", "2023", "2024"),
        ("year", "2022/23", "2023/24"),
    ],
)
def test_the_period_just_before_is_of_the_same_frequency(frequency, before, period):
    fiscal = {"fiscal_year_starts": 7} if "/" in period else {}
    found = judged(goal(), {before: 4, period: 5}, "2025-06", of=indicator(frequency), **fiscal)
    assert (found["previous"], found["direction"]) == (4, "better")
    assert found["previous_period"] == observations({before: 4}, frequency, **fiscal)["period"][0]


def test_rows_come_by_goal_then_place_then_month():
    kpis = (goal(id="b"), goal(id="a"))
    months = [Month(2025, 2), Month(2025, 1)]
    found = judge(observations({"2025-01": 1}), Catalogue(kpis, {}), definitions(indicator()), ["town", "village"], months)
    rows = found.select("kpi", "place", pl.col("month").dt.month()).rows()
    assert rows == [(kpi, place, month) for kpi in "ba" for place in ("town", "village") for month in (1, 2)]
    assert found.columns == list(VERDICT)


def test_a_places_own_aim_comes_before_the_goals():
    own = {("goal", "village"): Aim(target=Target(value=50, date=date(2026, 12, 31)))}
    kpi = goal(basis="absolute", target=(80.0, "2026-12-31"))
    values = pl.concat([observations({"2025-06": 60}), observations({"2025-06": 60}).with_columns(place=pl.lit("village"))])
    found = judge(values, Catalogue((kpi,), own), definitions(indicator()), ["town", "village"], [Month(2025, 6)])
    assert found["status"].to_list() == ["off_track", "exceeded"]


def test_only_totals_are_judged():
    table = observations({"2025-06": 99}).with_columns(segment=pl.lit("women"))
    found = judge(table, Catalogue((goal(**UP),), {}), definitions(indicator()), [TOWN], [Month(2025, 6)])
    assert found["status"].to_list() == ["no_data"]


def test_the_order_of_the_observations_does_not_matter():
    table = observations({f"2025-{month:02}": float(month) for month in range(1, 10)})
    known, catalogue, months = definitions(indicator()), Catalogue((goal(**UP),), {}), [Month(2025, m) for m in range(1, 13)]
    assert judge(table, catalogue, known, [TOWN], months).equals(judge(table.reverse(), catalogue, known, [TOWN], months))


amounts = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def goals(draw):
    polarity, basis = draw(st.sampled_from(["higher", "lower"])), draw(st.sampled_from(["on_schedule", "progress", "ratio", "absolute"]))
    begin = draw(days)
    baseline = draw(st.none() | st.builds(Baseline, value=amounts, date=st.just(begin)))
    target = draw(st.none() | st.builds(Target, value=amounts, date=st.integers(1, 900).map(lambda n: begin + timedelta(days=n))))
    return goal(polarity=polarity, basis=basis, baseline=baseline, target=target)


@given(goals(), st.lists(st.none() | amounts, max_size=24), st.integers(1, 28))
@settings(max_examples=150)
def test_nothing_is_green_on_missing_or_stale_data_and_no_number_is_infinite(kpi, values, review_day):
    rows = [(TOWN, "lights", "", Month(2024, 1).plus(i).last, value) for i, value in enumerate(values)]
    months = [Month(2024, 1).plus(i) for i in range(30)]
    table = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    found = judge(table, Catalogue((kpi,), {}), definitions(indicator(), review_day=review_day), [TOWN], months)
    for row in found.iter_rows(named=True):
        assert row["status"] in STATUSES
        assert all(math.isfinite(value) for value in row.values() if isinstance(value, float))
        if row["value"] is None or row["age_days"] > row["limit_days"]:
            assert row["status"] in ("untracked", "no_data", "not_due", "stale")
            assert row["attainment"] is None


def test_no_judgement_asks_for_todays_date():
    asking = ("today()", "now()", "time.time", "utcnow")
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "kpis").rglob("*.py")}
    assert {name for name, text in sources.items() if any(word in text for word in asking)} == set()
