"""Numerator and denominator of a typed value: what makes it, what contradicts it, and that the facts keep them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import definitions as definition_files
from data import facts
from data.indicators import Indicator
from data.periods import Month
from data.problems import Refused
from data.reviews.checking import Typed, completed, of_one
from data.reviews.publishing import publish
from data.reviews.values import send, sent, type_values, validate
from tests.value_town import JUNE, ValueTown, typed, value_town

ON_TIME = '  - {id: on_time, name: On time, unit: "%", kind: ratio, frequency: month, theme: city, source: s, owner: water, max: 100}\n'
RATE = """  - {id: rate, name: Rate, unit: per 1000, kind: ratio, per: 1000, decimals: 2, frequency: month, theme: city, source: s,
     owner: water}
"""
PLAIN = "  - {id: score, name: Score, unit: points, kind: ratio, frequency: month, theme: city, source: s, owner: water}\n"


def ratio_town(folder: Path) -> ValueTown:
    """The town with a share, a rate, and a ratio of which nobody says how it is computed."""
    town = value_town(folder)
    with town.home.indicators.open("a", encoding="utf-8") as file:
        file.write(ON_TIME + RATE + PLAIN)
    return replace(town, definitions=definition_files.load(town.home))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> ValueTown:
    return ratio_town(tmp_path_factory.mktemp("ratio") / "home")


def of(indicator: str, value: float | None, numerator: float | None, denominator: float | None, **more: Any) -> Typed:
    return replace(typed(value, indicator), numerator=numerator, denominator=denominator, **more)


def faults(town: ValueTown, told: Typed) -> list[str]:
    return [str(problem) for problem in of_one(told, town.definitions, Month(2026, 6))]


@pytest.mark.parametrize(
    ("told", "made"),
    [
        (of("on_time", None, 9, 12), 75), (of("on_time", 75, 9, 12), 75), (of("on_time", 33.3, 1, 3), 100 / 3),
        (of("on_time", 33.35, 1, 3), 100 / 3), (of("rate", None, 3, 412000), 3000 / 412000), (of("rate", 0.01, 3, 412000), 3000 / 412000),
        (of("on_time", None, 0, 12), 0), (of("on_time", 81, None, None), 81),
    ],
)  # fmt: skip
def test_a_value_is_computed_from_its_parts_by_its_indicators_own_rule(town, told, made):
    assert faults(town, told) == [] and completed(told, town.definitions).value == made


@pytest.mark.parametrize(
    ("told", "why", "cure"),
    [
        (of("on_time", 33, 1, 3), "the value 33 is not what its parts make: 1 / 3 makes 33.3333", "empty the value"),
        (of("on_time", 33.39, 1, 3), "is not what its parts make", "empty the value"),
        (of("rate", 0.02, 3, 412000), "is not what its parts make", "empty the value"),
        (of("on_time", 75, 9, None), "one of numerator and denominator without the other", "write the other one too"),
        (of("on_time", None, None, 12), "one of numerator and denominator without the other", "write the other one too"),
        (of("on_time", None, None, 12, said="why"), "one of numerator and denominator without the other", "write the other one too"),
        (of("on_time", None, 9, 0), "the denominator is zero", "write why"),
        (of("on_time", 0, 0, 0), "the denominator is zero", "write why"),
        (of("on_time", None, 13, 12), "108.333333333333 is above the limit of on_time", "correct the value"),
        (of("leaks", 3, 3, 1), "this indicator has no numerator and denominator", "declares `per`"),
        (of("score", None, 3, 1, said="why"), "this indicator has no numerator and denominator", "declares `per`"),
        (of("on_time", None, float("inf"), 2), "this is no number", "write digits"),
        (of("rate", None, 1e307, 1e-5), "too large to be kept", "correct them"),
    ],
)  # fmt: skip
def test_parts_that_do_not_go_together_are_refused_with_a_cure(town, told, why, cure):
    (said,) = faults(town, told)
    assert why in said and cure in said


def test_the_facts_keep_numerator_and_denominator(tmp_path):
    town = ratio_town(tmp_path / "home")
    water, office = town.who["water"], town.who["office"]
    kept = type_values(town.records, water, town.definitions, town.review, [of("on_time", None, 9, 12), of("rate", 0.01, 3, 412000)])
    rows = {row["indicator"]: (row["value"], row["numerator"], row["denominator"]) for row in sent(town.records, town.review)}
    assert rows == {"on_time": (75, 9, 12), "rate": (3000 / 412000, 3, 412000)}
    validate(town.records, office, town.review, send(town.records, water, town.definitions, town.review, kept))
    publish(town.home, town.records, office, town.definitions, town.review)
    held = facts.current(town.home)
    assert held is not None
    found = held.observations(places=["aurora"], indicators=["on_time", "rate"], since=JUNE, until=JUNE)
    assert list(found.select("indicator", "value", "numerator", "denominator").iter_rows()) == [
        ("on_time", 75.0, 9.0, 12.0), ("rate", 3000 / 412000, 3.0, 412000.0)
    ]  # fmt: skip


def test_a_verb_keeps_no_value_that_its_parts_contradict(town):
    with pytest.raises(Refused, match="is not what its parts make"):
        type_values(town.records, town.who["water"], town.definitions, town.review, [of("on_time", 50, 9, 12)])
    assert sent(town.records, town.review) == []


def test_per_is_of_a_ratio_alone():
    told: dict[str, Any] = {"id": "a", "name": "A", "unit": "%", "frequency": "month", "theme": "t", "source": "s", "owner": "o"}
    assert Indicator(**told, kind="ratio").factor == 100 and Indicator(**told, kind="ratio", per=10).factor == 10
    assert Indicator(**told, kind="level").factor is None
    with pytest.raises(ValueError, match="`per` is of a ratio"):
        Indicator(**told, kind="flow", per=10)
