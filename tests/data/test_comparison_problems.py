"""How an indicator says that it is compared: what is wrong with it, with its line and its cure."""

from pathlib import Path

import pytest

from data.problems import Problem, Refused
from tests.compared_towns import INDICATORS, PLACES, definitions

TRAITS = PLACES.replace(
    "places:",
    "  - {id: coast, name: Coast, kind: category}\n  - {id: rain, name: Rain, indicator: rain}\nplaces:",
    1,
)
RAIN = "  - {id: rain, name: Rain, unit: mm, kind: level, frequency: year, measures: context, theme: city, source: the sky, owner: hall}\n"


def refused(folder: Path, before: str, after: str) -> Problem:
    """What is said where one piece of the indicators is written otherwise."""
    assert INDICATORS.count(before) == 1
    with pytest.raises(Refused) as found:
        definitions(folder, TRAITS, INDICATORS.replace(before, after) + RAIN)
    [problem] = found.value.problems
    return problem


HOUSEHOLDS = "compare: {by: households, per: 1000}"


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        (HOUSEHOLDS, "compare: {by: homes, per: 1000}", "indicators.6.compare.by", "'homes' is not a known trait; write "),
        (
            HOUSEHOLDS,
            "compare: {by: coast}",
            "indicators.6.compare.by",
            "nothing can be divided by 'coast', which is a category; divide by `population`, or by a trait that is a number",
        ),
        (HOUSEHOLDS, "compare: {by: rain}", "indicators.6.compare.by", "'rain' is read from an indicator, and changes with the month; "),
        (
            "survey: {asked: residents,",
            "compare: {by: population}, survey: {asked: residents,",
            "indicators.3.compare",
            "a ratio is divided already; remove `compare`: it is of counts",
        ),
        (
            "unit: days, kind: level",
            "compare: {by: population}, unit: days, kind: level",
            "indicators.1.compare",
            "'days' is no count, and grows with no city; remove `compare`: it is of counts; or write `adds_up: true`",
        ),
        ("unit: days, kind: level", "cases: true, unit: days, kind: level", "indicators.1", "`cases` is of a count or of a ratio"),
        ("differs: {duna:", "differs: {dune:", "indicators.4.differs.dune", "'dune' is not a known place; write duna, or define it first"),
        (HOUSEHOLDS, "compare: {by: households, per: 0}", "indicators.6.compare.per", ""),
    ],
)
def test_each_fault_has_its_line_and_its_cure(tmp_path: Path, before: str, after: str, key: str, said: str) -> None:
    problem = refused(tmp_path, before, after)
    text = (INDICATORS.replace(before, after)).splitlines()
    assert (problem.path, problem.key) == ("data/indicators.yaml", key)
    assert problem.line and after.split(":")[0] in text[problem.line - 1]
    assert said in str(problem)


def test_what_is_sound_is_read(tmp_path: Path) -> None:
    found = definitions(tmp_path).indicator["breakins"].compare
    assert found is not None and (found.by, found.per) == ("households", 1000)
