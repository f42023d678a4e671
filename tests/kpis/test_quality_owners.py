"""Owners who never load, or not for longer than the limit of their quickest indicator."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from data.loads import Load, NewLoad
from kpis.quality.owners import owners
from tests.quality_town import TOWN, definitions, indicator, months, periods, series

REVIEW = date(2025, 7, 10)
KNOWN_AT = datetime(2025, 7, 1, tzinfo=UTC)
FILE = NewLoad("id", "hall", ("a.csv",), "ana", KNOWN_AT.date(), 1)
LOAD = Load(**vars(FILE), number=1, loaded_at=KNOWN_AT, rows_new=1, rows_unchanged=0, rows_revised=0)


def found(known, rows, *loads, review=REVIEW, promised=True, anywhere=()):
    """`anywhere`: the indicators of which other places have a value of load 1."""
    expected = [indicator.id for indicator in known.indicators] if promised else []
    others = pl.DataFrame([(name, 1) for name in anywhere], schema={"indicator": pl.String, "load": pl.Int32}, orient="row")
    return owners(rows, others, loads, known, expected, TOWN, review).findings


def test_an_area_none_of_whose_indicators_was_ever_loaded():
    known = definitions(indicator(), indicator("patrols", owner="police"), indicator("calls", owner="police"))
    (area,) = found(known, series(known, months([1.0])), LOAD)
    assert (area.rule, area.urgency, area.owner, area.indicators) == ("never", "mend", "police", ("patrols", "calls"))
    assert str(area.reason) == "answers for 2 indicators, and no value of any of them was ever loaded"


def test_an_area_that_only_loaded_values_of_other_places_is_judged_by_those():
    known = definitions(indicator(), indicator("patrols", owner="police"))
    rows, own = series(known, months([1.0], load=2)), replace(LOAD, number=2)
    assert found(known, rows, LOAD, own, anywhere=["patrols"]) == ()
    (area,) = found(known, rows, replace(LOAD, known_on=date(2025, 5, 25)), own, anywhere=["patrols"])
    assert (area.rule, area.owner) == ("late", "police")


def test_of_a_place_that_was_promised_nothing_nobody_is_late_with_values_of_others():
    known = definitions(indicator(), indicator("patrols", owner="police"))
    late, own = replace(LOAD, known_on=date(2025, 5, 25)), replace(LOAD, number=2)
    assert found(known, series(known, months([1.0], load=2)), late, own, anywhere=["patrols"], promised=False) == ()


def test_values_of_other_places_do_not_excuse_an_area_that_is_late_with_its_own():
    known = definitions(indicator())
    old, new = replace(LOAD, number=2, known_on=date(2025, 5, 25)), LOAD
    assert [area.rule for area in found(known, series(known, months([1.0], load=2)), old, new, anywhere=["lights"])] == ["late"]


def test_of_a_place_that_was_promised_nothing_nobody_owes_a_first_value():
    known = definitions(indicator(), indicator("patrols", owner="police"))
    assert found(known, series(known, months([1.0])), LOAD, promised=False) == ()


def test_an_area_without_indicators_owes_nothing():
    known = definitions(indicator())
    assert found(known, series(known, months([1.0])), LOAD) == ()


@pytest.mark.parametrize(("known_on", "rules"), [("2025-05-26", []), ("2025-05-25", ["late"])], ids=["45 days ago", "46 days ago"])
def test_the_newest_load_with_a_new_value_is_held_against_the_limit(known_on, rules):
    known = definitions(indicator())
    areas = found(known, series(known, months([1.0])), replace(LOAD, known_on=date.fromisoformat(known_on)))
    assert [area.rule for area in areas] == rules


def test_the_limit_is_that_of_the_quickest_indicator():
    known = definitions(indicator(), indicator("census", "year"))
    rows = series(known, months([1.0]), periods({"2024": 1.0}, "year", "census", load=2))
    old = replace(LOAD, known_on=date(2024, 1, 5)), replace(LOAD, number=2, known_on=date(2025, 4, 1))
    (area,) = found(known, rows, *old)
    assert (
        str(area.reason) == "its last load that brought a new value became known on 2025-04-01, 100 days before the review; 45 is the limit"
    )


def test_a_short_limit_of_an_indicator_does_not_ask_for_more_than_one_load_a_period():
    known = definitions(indicator(fresh_days=10))
    assert found(known, series(known, months([1.0])), replace(LOAD, known_on=date(2025, 6, 1))) == ()


def test_old_files_that_were_brought_together_after_the_review_count_as_of_its_day():
    known = definitions(indicator())
    assert found(known, series(known, months([1.0])), replace(LOAD, known_on=date(2026, 1, 1))) == ()


def test_a_value_that_is_missing_is_no_load():
    known = definitions(indicator())
    assert [area.rule for area in found(known, series(known, months([None])), LOAD)] == ["never"]
