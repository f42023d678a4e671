"""Which values a review is about, how far each has come, and what looks odd in those that were typed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from data import definitions as definition_files
from data.city import Cycle
from data.definitions import Definitions
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.catalogue import load as load_goals
from kpis.definition import Review
from kpis.reviews.values_owed import counts, missing, owed_in, values_owed
from kpis.reviews.warnings import warnings
from tests.value_town import JUNE, MONTH, facts_before, value_home


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Definitions, Catalogue]:
    home = value_home(tmp_path_factory.mktemp("owed"))
    definitions = definition_files.load(home)
    return definitions, load_goals(home, definitions)


def row(value: float | None, state: str, indicator: str = "leaks", place: str = "aurora", segment: str = "", day: date = JUNE) -> dict:
    """As data.reviews.values.sent gives it."""
    at = datetime(2026, 7, 2, tzinfo=UTC)
    return {"id": 1, "version": 3, "place": place, "indicator": indicator, "segment": segment, "period": day, "value": value,
            "numerator": None, "denominator": None, "said": None,
            "question": None, "state": state, "typed_by_name": "Walter", "typed_at": at, "publishing": None}  # fmt: skip


def fact(value: float | None, day: date = JUNE) -> pl.DataFrame:
    before = facts_before(3)
    return pl.concat([before, before.head(1).with_columns(period=pl.lit(day), value=pl.lit(value, pl.Float64))])


def states(owed: pl.DataFrame) -> list[tuple]:
    return owed.select("indicator", "place", "segment", "state").rows()


def test_the_city_owes_every_indicator_and_others_what_they_had(known):
    owed = values_owed(facts_before(3), [], known[0], known[1], "aurora", MONTH)
    assert owed.select("area", "indicator", "place", "segment", "period", "state", "last").rows() == [
        ("water", "leaks", "aurora", "", JUNE, "owed", 22.0),
        ("water", "leaks", "aurora", "kind=house", JUNE, "owed", 11.0),
        ("water", "leaks", "aurora", "kind=main", JUNE, "owed", 11.0),
        ("water", "leaks", "centro", "", JUNE, "owed", 11.0),
        ("water", "losses", "aurora", "", JUNE, "owed", None),
        ("parks", "trees", "aurora", "", JUNE, "owed", 22.0),
    ]
    assert owed["due"].unique().to_list() == [date(2026, 7, 5)]


def test_a_quarter_and_a_year_are_owed_in_the_month_that_ends_them(known):
    for month, expected in ((Month(2026, 5), set()), (Month(2026, 6), {"losses"}), (Month(2026, 12), {"losses", "bill"})):
        owed = values_owed(facts_before(1), [], known[0], known[1], "aurora", month)
        assert {name for name in owed["indicator"] if name in ("losses", "bill")} == expected
        assert owed["period"].unique().to_list() == [month.last]


def test_another_place_owes_what_it_had_and_a_series_that_ended_is_owed_no_more(known):
    of_centro = facts_before(3).filter(pl.col("place") == "centro")
    assert states(values_owed(of_centro, [], known[0], known[1], "centro", MONTH)) == [("leaks", "centro", "", "owed")]
    assert values_owed(of_centro, [], known[0], known[1], "centro", Month(2027, 5)).height == 1
    assert values_owed(of_centro, [], known[0], known[1], "centro", Month(2027, 8)).height == 0


def test_a_figure_that_takes_its_time_is_owed_later(known):
    definitions, catalogue = known
    kpi = catalogue.kpis[0].model_copy(update={"review": Review(lag_days=50)})
    owed = values_owed(facts_before(3), [], definitions, replace(catalogue, kpis=(kpi,)), "aurora", MONTH)
    assert owed.filter(pl.col("indicator") == "trees")["period"].to_list() == [date(2026, 4, 30)]  # May is to be had on 20 July


@pytest.mark.parametrize(("lag", "month"), [(0, "2026-06"), (5, "2026-06"), (6, "2026-07"), (36, "2026-07"), (37, "2026-08")])
def test_in_which_review_a_period_is_owed(lag, month):
    assert str(owed_in(JUNE, lag, Cycle())) == month


def test_no_period_is_owed_twice_or_never(known):
    definitions, catalogue = known
    for lag in (0, 20, 50, 200):
        kpi = catalogue.kpis[0].model_copy(update={"review": Review(lag_days=lag)})
        slow = replace(catalogue, kpis=(kpi,))
        found = [
            day
            for back in range(24)
            for day in values_owed(facts_before(1), [], definitions, slow, "aurora", MONTH.plus(-back)).filter(indicator="trees")["period"]
        ]
        assert len(found) == len(set(found)) == 24 and len({Month.of(day) for day in found}) == 24


def test_how_far_a_value_has_come(known):
    def state(held: pl.DataFrame, *typed: dict) -> str:
        return (
            values_owed(held, typed, known[0], known[1], "aurora", MONTH)
            .filter(indicator="leaks", place="aurora", segment="")["state"]
            .item()
        )

    before = facts_before(3)
    assert state(before) == "owed"
    assert [state(before, row(30, name)) for name in ("draft", "sent", "returned", "validated")] == [
        "draft",
        "sent",
        "returned",
        "validated",
    ]
    assert state(fact(30.0)) == "known"
    assert state(fact(None)) == "owed"  # a file says that there is none, and nobody stands by that
    assert state(fact(31.0), row(30, "draft")) == "draft"  # a file does not put aside what was typed
    assert state(fact(30.0), row(30, "published")) == "published"
    assert state(fact(None), row(None, "published")) == "published"
    assert state(before, row(30, "published")) == "owed"  # its load was undone


def test_what_was_typed_is_there_even_where_nobody_owes_it(known):
    typed = [row(1, "sent", "gone"), row(2, "draft", "leaks", "centro", "kind=new")]
    owed = values_owed(facts_before(3), typed, known[0], known[1], "aurora", MONTH)
    assert ("gone", "aurora", "", "sent") in states(owed) and ("leaks", "centro", "kind=new", "draft") in states(owed)


def test_counts_by_area_and_what_is_missing(known):
    typed = [row(30, "draft"), row(10, "sent", place="centro"), row(11, "published", segment="kind=main"), row(5, "validated", "trees")]
    held = pl.concat([facts_before(3), fact(11.0).tail(1).with_columns(segment=pl.lit("kind=main"))])
    owed = values_owed(held, typed, known[0], known[1], "aurora", MONTH)
    assert counts(owed).to_dicts() == [
        {"area": "water", "owed": 2, "draft": 1, "returned": 0, "sent": 1, "validated": 0, "published": 1, "known": 0},
        {"area": "parks", "owed": 0, "draft": 0, "returned": 0, "sent": 0, "validated": 1, "published": 0, "known": 0},
    ]
    assert missing(owed).height == 5


def odd(known, value: float, indicator: str = "leaks", months: int = 3, segment: str = "") -> list[str]:
    definitions, catalogue = known
    held = facts_before(months)
    owed = values_owed(held, [row(value, "sent", indicator, segment=segment)], definitions, catalogue, "aurora", MONTH)
    found = warnings(owed, held, definitions)
    return [reason.sentence.split(":")[0] for reason in found.get(("aurora", indicator, segment, JUNE), [])]


def test_what_looks_odd(known):
    assert odd(known, 23) == []
    assert odd(known, 230) == ["{times} times the value before, {last}"]
    assert odd(known, 2.2) == ["less than a tenth of the value before, {last}"]
    assert odd(known, -3, "trees") == ["a count below zero"]
    assert odd(known, 130, "losses") == ["more than all"]


def test_a_long_series_is_judged_by_its_own_ways(known):
    for segment in ("", "kind=main"):
        assert [said.startswith("unusually high") for said in odd(known, 60, months=30, segment=segment)] == [True]
    assert odd(known, 60, months=6) == []
