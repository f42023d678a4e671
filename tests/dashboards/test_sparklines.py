"""A sparkline is true to time and to values."""

from datetime import date
from xml.etree import ElementTree

import pytest

from dashboards.sparklines import MARGIN, Frame, sparkline

FRAME = Frame(date(2025, 1, 1), date(2026, 1, 1), 110, 40)
HISTORY = [(date(2025, 1, 1), 10.0), (date(2025, 7, 2), 20.0)]
PATH = [(date(2025, 1, 1), 10.0), (date(2026, 1, 1), 30.0)]


def points(drawing: str, kind: str) -> list[tuple[float, ...]]:
    line = ElementTree.fromstring(drawing).find(f"polyline[@class='{kind}']")
    assert line is not None
    return [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]


def test_days_lie_across_and_values_lie_up_on_one_scale():
    drawing = sparkline(HISTORY, PATH, FRAME, "x")
    assert points(drawing, "line") == [(5.0, 35.0), (pytest.approx(55, abs=0.2), pytest.approx(20, abs=0.1))]
    assert points(drawing, "path") == [(5.0, 35.0), (105.0, MARGIN)]


def test_the_line_of_a_sum_since_january_breaks_at_the_year():
    history = [(date(2025, 11, 30), 80.0), (date(2025, 12, 31), 90.0), (date(2026, 1, 1), 5.0)]
    whole, broken = (ElementTree.fromstring(sparkline(history, [], FRAME, "x", year_starts=month)) for month in (None, 1))
    assert [len(drawing.findall("polyline[@class='line']")) for drawing in (whole, broken)] == [1, 2]
    assert [len(drawing.findall("circle[@class='now']")) for drawing in (whole, broken)] == [1, 1]


def test_a_range_is_a_band_across_on_the_scale_of_the_values():
    band = ElementTree.fromstring(sparkline(HISTORY, [], FRAME, "x", asked=(10.0, 40.0))).find("rect[@class='range']")
    assert band is not None
    assert [band.attrib[name] for name in ("x", "y", "width", "height")] == ["5.0", "5.0", "100.0", "30.0"]


def test_the_target_is_a_ring_at_the_end_of_the_path():
    ring = ElementTree.fromstring(sparkline(HISTORY, PATH, FRAME, "x")).find("circle[@class='target']")
    assert ring is not None and (ring.attrib["cx"], ring.attrib["cy"]) == ("105.0", "5.0")


def test_what_lies_before_the_frame_is_left_out():
    drawing = sparkline([(date(2020, 1, 1), 900.0), *HISTORY], PATH, FRAME, "x")
    assert drawing == sparkline(HISTORY, PATH, FRAME, "x")


def test_values_that_never_change_lie_in_the_middle():
    assert {y for _x, y in points(sparkline([(day, 5.0) for day, _ in HISTORY], [], FRAME, "x"), "line")} == {20.0}


def test_nothing_to_draw_draws_nothing():
    assert sparkline([], [], FRAME, "x") == ""


def test_the_label_cannot_break_out_of_the_drawing():
    drawing = sparkline(HISTORY, PATH, FRAME, '"><script>alert(1)</script>')
    assert ElementTree.fromstring(drawing).attrib["aria-label"] == '"><script>alert(1)</script>'


def test_marks_point_at_values_and_only_where_they_are_given():
    frame = Frame(date(2026, 1, 1), date(2026, 12, 31))
    history = [(date(2026, month, 28), float(month)) for month in range(1, 7)]
    marked = ElementTree.fromstring(sparkline(history, [], frame, "x", marks=history[2:4]))
    places = [(circle.attrib["cx"], circle.attrib["cy"]) for circle in marked.iter("circle") if circle.attrib["class"] == "mark"]
    line = next(one.attrib["points"] for one in marked.iter("polyline")).split()
    assert [",".join(place) for place in places] == line[2:4]
    assert "mark" not in sparkline(history, [], frame, "x")
