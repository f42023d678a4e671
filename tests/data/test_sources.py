"""A source says once, and without contradiction, where each part of an observation comes from."""

from pathlib import Path
from typing import Any

import pytest

from data.definitions import load
from data.problems import Refused
from tests.counting_town import LONG, build

WIDE = {"all": {"place": "aurora", "indicator": "waiting_days"}, "wide": {"periods": {"April": "2025-04"}}}

# what is declared, the message, the key it stands at
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"columns": {"place": "a", "indicator": "b", "value": "c"}}, "period is given 0 times", "sources.1"),
    ({"columns": LONG, "all": {"place": "aurora"}}, "place is given 2 times", "sources.1"),
    ({"columns": {"place": "a", "indicator": "b", "period": "c"}}, "the values are given 0 times", "sources.1"),
    ({**WIDE, "columns": {"value": "v"}}, "the values are given 2 times", "sources.1"),
    ({**WIDE, "columns": {"numerator": "n"}}, "a wide file has no column for a numerator or denominator", "sources.1.columns"),
    (
        {**WIDE, "wide": {"periods": {"April": "2025-04"}, "places": {"A": "aurora"}}},
        "a wide file has columns of one kind",
        "sources.1.wide",
    ),
    ({"columns": LONG, "decimal": ",", "thousands": ","}, "the decimal and the thousands mark are the same", "sources.1.thousands"),
    ({"columns": LONG, "date_format": "%d/%m"}, "the date format cannot be read: no %Y", "sources.1.date_format"),
    ({"columns": LONG, "date_format": "%d %j %Y"}, "the date format cannot be read: %j", "sources.1.date_format"),
    ({"columns": LONG, "date_format": "%m %B %Y"}, "the date format cannot be read: %m, %B", "sources.1.date_format"),
    ({"columns": LONG, "date_format": "%d/%d/%Y"}, "the date format cannot be read: %d", "sources.1.date_format"),
    ({"columns": LONG, "nulls": ["-"], "false": ["-"]}, "'-' is declared with two meanings", "sources.1"),
    ({"columns": {**LONG, "segment": "s"}, "all": {"segment": "men"}}, "segment is given 2 times", "sources.1"),
    ({"columns": LONG, "names": {"places": {"A": "aurorra"}}}, "'aurorra' is not a known place", "sources.1.names.places.A"),
    ({"columns": {**LONG, "segments": {"sex": "s"}}, "all": {"segment": "men"}}, "segment is given 2 times", "sources.1"),
    ({"columns": {**LONG, "segment": "s", "segments": {"sex": "s"}}}, "segment is given 2 times", "sources.1"),
    ({"columns": LONG, "footnotes": [""]}, "an empty text, or one with spaces around it, is found nowhere", "sources.1.footnotes"),
    (
        {"columns": LONG, "leave_out": {"place": [" Total"]}},
        "an empty text, or one with spaces around it, is found nowhere",
        "sources.1.leave_out.place",
    ),
    ({"columns": LONG, "fill_down": ["value"]}, "value holds values, and cannot be filled", "sources.1.fill_down"),
    ({"columns": {**LONG, "period": ["year"]}}, "a list of columns joins two or more", "sources.1.columns.period"),
    ({"columns": {**LONG, "place": []}}, "a list of columns joins two or more", "sources.1.columns.place"),
    ({"columns": {**LONG, "indicator": ["a", "b", "a"]}}, "a would be joined with itself", "sources.1.columns.indicator"),
    ({"columns": {**LONG, "period": ["year", 2]}}, "2 is not text", "sources.1.columns.period.2"),
    ({"columns": {**LONG, "period": ["year", ""]}}, "this text is empty", "sources.1.columns.period.2"),
    ({"columns": {**LONG, "value": ["a", "b"]}}, "['a', 'b'] is not text", "sources.1.columns.value"),
    ({"columns": LONG, "delimiter": ":"}, "':' is not allowed here", "sources.1.delimiter"),
]


def problems_of(tmp_path: Path, *sources: dict[str, Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(Refused) as caught:
        load(build(tmp_path, *sources))
    return [(str(problem.as_json()["message"]), problem.key) for problem in caught.value.problems]


@pytest.mark.parametrize(("declared", "message", "key"), FAULTS, ids=[fault[1] for fault in FAULTS])
def test_a_faulty_source_is_refused(declared: dict, message: str, key: str, tmp_path: Path) -> None:
    assert (message, key) in problems_of(tmp_path, declared)


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    source = {"id": "long", "columns": LONG}
    assert problems_of(tmp_path, source, source) == [("the id 'long' is given twice", "sources.2.id")]


def test_a_source_wants_the_columns_it_names(tmp_path: Path) -> None:
    found = load(build(tmp_path, {**WIDE, "columns": {"segment": "sex"}}))
    assert found.sources[0].wanted == ("sex", "April")
    assert found.sources[0].model_copy(update={"wide": None}).wanted == ("sex",)


def test_a_source_wants_each_of_the_columns_it_joins(tmp_path: Path) -> None:
    found = load(build(tmp_path, {"columns": {**LONG, "indicator": ["id", "units"], "period": ["year", "month"]}}))
    assert found.sources[0].wanted == ("place", "id", "units", "year", "month", "value")
