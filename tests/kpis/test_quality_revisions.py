"""Revisions: read from a real store, so that who loaded what is the store's own word."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.facts import current
from data.loads import apply
from data.periods import Month
from kpis.quality.revisions import revisions, sizes
from kpis.quality.series import in_order
from tests.tiny_facts import definitions, home, load, new_load, rows

MONTHS = [Month(2024, 1).plus(n).last for n in range(12)]
LAST = MONTHS[-1]


def told(*values, indicator="monthly"):
    return rows(*({"period": day, "value": value, "indicator": indicator} for day, value in zip(MONTHS, values, strict=False)))


@pytest.fixture
def city(tmp_path):
    """Twelve months that move by 1 or 2; three were off by 1, 3 and 8 at first, and the last of them twice."""
    place = home(tmp_path)
    load(place, "first", told(10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26), date(2025, 1, 10))
    load(place, "second", told(10, 12, 16, 20), date(2025, 2, 10))
    apply(place, definitions(place), [(replace(new_load("third", date(2025, 3, 10)), by="marta"), told(10, 12, 16, 22))])
    return place


def judged(city):
    facts, known = current(city), definitions(city)
    assert facts is not None
    series = in_order(facts.observations(), known)
    return series, facts.replaced(["aurora"], LAST), known


def test_sizes_are_told_by_period_from_the_first_value_known_to_the_one_in_force(city):
    series, replaced, _ = judged(city)
    (row,) = sizes(series, replaced, date.min).to_dicts()
    assert {name: row[name] for name in ("held", "revised", "usual", "biggest")} == {"held": 12, "revised": 3, "usual": 3, "biggest": 8}
    assert row["times"] == row["biggest"] / row["moves"]


def test_the_biggest_are_listed_with_who_loaded_them(city):
    series, replaced, known = judged(city)
    (found,) = revisions(series, replaced, known, date.min).findings
    assert str(found.reason) == "3 of 12 values were revised, the most by 8.0 days; usually by 3.0 days"
    assert [(row.before, row.value, row.note) for row in found.rows] == [
        (14, 20, "ana · 2025-02-10"),
        (13, 16, "ana · 2025-02-10"),
        (20, 22, "marta · 2025-03-10"),
        (11, 12, "ana · 2025-02-10"),
    ]
    assert (found.rule, found.urgency) == ("large", "check")


def test_a_large_revision_of_long_ago_is_known_by_now(city):
    series, replaced, known = judged(city)
    rules = [revisions(series, replaced, known, date(2025, 3, day)).findings[0].rule for day in (10, 11)]
    assert rules == ["large", "small"]


def test_of_fewer_than_three_revised_periods_no_usual_revision_is_told(tmp_path):
    city = home(tmp_path)
    load(city, "first", told(10, 11, 13))
    load(city, "second", told(10, 11.5, 13), date(2025, 3, 1))
    (found,) = revisions(*judged(city), date.min).findings
    assert str(found.reason) == "1 of 3 values were revised, the most by 0.5 days; too few to tell what is usual"
    assert (found.rule, found.urgency) == ("small", "known")


def test_a_value_taken_back_is_a_revision_without_a_size(tmp_path):
    city = home(tmp_path)
    load(city, "first", told(10, 11, 13))
    load(city, "second", told(10, None, 13), date(2025, 3, 1))
    (found,) = revisions(*judged(city), date.min).findings
    assert str(found.reason) == "1 of 3 values were revised: each from a value to none, or from none to a value"


def test_without_a_revision_there_is_nothing_to_say(tmp_path):
    city = home(tmp_path)
    load(city, "first", told(10, 11, 13))
    assert revisions(*judged(city), date.min).findings == ()


def test_only_revisions_of_the_places_and_periods_asked_for_are_read(city):
    facts = current(city)
    assert facts is not None
    assert facts.replaced(["bruma"], LAST).is_empty()
    assert facts.replaced(["aurora"], MONTHS[1])["period"].to_list() == [MONTHS[1]]
    assert facts.replaced(["aurora"], LAST).select("before", "after").rows() == [(11, 12), (13, 16), (14, 20), (20, 22)]
    assert facts.replaced(["aurora"], LAST).schema["known_on"] == pl.Date
