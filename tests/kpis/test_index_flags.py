"""What is ranked and must be said beside the ranks: places known too little, what moves nothing, doubt that says less than it seems."""

from pathlib import Path
from typing import Any

import pytest

from kpis.index.built import Built
from tests.doubted_index import levels, made
from tests.index_tables import TABLE, built, with_indicator


def said(index: Built) -> list[tuple[str | None, str]]:
    return [(flag.key, str(flag.as_json()["message"])) for flag in index.flags]


NOTHING_LEFT = "places differ in parks, and none of that is left once it is made comparable: it moves no place"


@pytest.mark.parametrize(
    "changed",
    [
        {"indicators": with_indicator("parks", normalise="goalposts", low=0, high=1)},
        {"indicators": with_indicator("parks", normalise="goalposts", low=0, high=1, direction="lower")},
        {"indicators": with_indicator("parks", normalise="distance_to_target", low=0, high=1), "cap": [0, 1]},
        {"indicators": with_indicator("parks", normalise="distance_to_target", low=90, high=99), "floor": 0.001},
    ],
)
def test_what_no_place_lies_between_moves_nothing_and_is_flagged(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert ("indicators.1", NOTHING_LEFT) in said(built(tmp_path, **changed))
    assert not built(tmp_path, indicators=with_indicator("parks", normalise="goalposts", low=0, high=11)).flags


def test_all_places_with_under_half_of_the_indicators_are_named(tmp_path: Path) -> None:
    few = TABLE + "".join(f"{place},{place.title()},south,100,,,{jobs}\n" for place, jobs in zip("efghi", range(50, 100, 10), strict=True))
    found = said(built(tmp_path, table=few, coverage=0.2))
    assert ("coverage", "ranked with under half of the indicators: e, f, g, h, i") in found
    assert not any(key == "coverage" for key, _message in said(built(tmp_path, table=few)))


def test_a_way_that_goes_together_with_no_other_is_flagged(tmp_path: Path) -> None:
    multiplied = {"levels": levels(combine="geometric"), "floor": 0.05, "gaps": False}
    never = "zscore is never drawn: values fall below zero, and a geometric or a harmonic mean cannot combine those"
    alone = said(made(tmp_path, **multiplied, doubt={"normalise": ["zscore", "percentile"]}))
    assert ("doubt.normalise", never) in alone and len([key for key, _message in alone if key == "doubt.normalise"]) == 1
    beside = made(tmp_path, **multiplied, doubt={"normalise": ["zscore"], "combine": ["arithmetic"]})
    assert not any("never drawn" in message for _key, message in said(beside))


def test_an_error_that_min_max_cannot_hold_is_flagged(tmp_path: Path) -> None:
    """Jobs of the four towns: 50, 60, 70 and 90, which differ by 17.1."""
    assert said(built(tmp_path, doubt={"error": {"jobs": 4.5}})) == [
        (
            "doubt.error.jobs",
            "the error of jobs is large beside how much places differ: under min-max, intervals are narrower than they say",
        )
    ]
    assert not built(tmp_path, doubt={"error": {"jobs": 4.0}}).flags
    posts = with_indicator("jobs", normalise="goalposts", low=0, high=100)
    assert not built(tmp_path, doubt={"error": {"jobs": 4.5}}, indicators=posts).flags
