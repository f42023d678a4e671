"""Segments are the same in whatever order their dimensions come."""

import pytest

from data.segments import parts, written


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("", {}),
        ("women", {"": "women"}),
        ("sex=women", {"sex": "women"}),
        ("age=15-24|sex=women", {"age": "15-24", "sex": "women"}),
    ],
)
def test_a_segment_is_read_and_written_back(segment: str, expected: dict[str, str]) -> None:
    assert parts(segment) == expected
    assert written(expected) == segment


def test_the_order_of_dimensions_makes_no_difference_and_a_total_has_no_part() -> None:
    assert written({"sex": "women", "age": "15-24"}) == written({"age": "15-24", "sex": "women"})
    assert written({"sex": "women", "age": ""}) == "sex=women"
