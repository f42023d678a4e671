"""Charts say what they should, in the country's own numbers and months, and bridge no gap."""

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
import vl_convert

from dashboards import charts, palette, pictures
from data.periods import ending
from tests.conftest import ROOT

PHONE, DESK = 300, 1100
"""Pixels that a chart gets of a screen of 390 and of 1440."""
LETTER = 7
"""Pixels of the usual letter of an axis."""


def layers(specification: dict) -> list[dict]:
    return specification["layer"]


def kinds(layer: dict) -> set[str]:
    return {kind for step in layer.get("transform", []) if isinstance(step["filter"], dict) for kind in step["filter"]["oneOf"]}


def only(specification: dict, kind: str, mark: str) -> dict:
    (found,) = [layer for layer in layers(specification) if kinds(layer) == {kind} and layer["mark"]["type"] == mark]
    return found


@pytest.fixture
def goal() -> dict:
    return charts.goal(palette.light("#123456"), "es_ES", "días", "month")


def test_the_values_are_the_only_line_in_the_city_s_colour(goal):
    coloured = [layer for layer in layers(goal) if layer["mark"]["type"] == "line" and layer["mark"]["color"] == "#123456"]
    assert [kinds(layer) for layer in coloured] == [{charts.VALUE}]


def test_the_values_break_where_a_year_begins_anew(goal):
    assert only(goal, charts.VALUE, "line")["encoding"]["detail"]["field"] == "year"


def test_a_range_is_a_quiet_band_between_two_dashed_edges(goal):
    parts = [layer for layer in layers(goal) if kinds(layer) == {charts.RANGE}]
    assert [layer["mark"]["type"] for layer in parts] == ["area", "line", "line"]
    assert [layer["encoding"]["y"]["field"] for layer in parts] == ["value", "value", "upper"]
    assert parts[0]["mark"]["opacity"] < 0.2 and all(layer["mark"]["strokeDash"] for layer in parts[1:])


def test_the_path_is_dashed_and_values_as_first_known_are_thin(goal):
    assert only(goal, charts.PATH, "line")["mark"]["strokeDash"]
    assert only(goal, charts.FIRST, "line")["mark"]["strokeWidth"] == 1


def test_time_is_a_true_axis_that_no_time_zone_moves(goal):
    assert all(layer["encoding"]["x"]["scale"]["type"] == "utc" for layer in layers(goal))


def of_values(specification):
    """The layers that stand at a height: all but the rules of events and their names."""
    return [layer for layer in layers(specification) if {"filter": "datum.event"} not in layer["transform"]]


def test_the_ends_of_the_vertical_axis_come_from_the_data(goal):
    assert all(layer["encoding"]["y"]["scale"]["zero"] is False for layer in of_values(goal))


def test_the_unit_stands_on_the_axis(goal):
    assert {layer["encoding"]["y"]["title"] for layer in of_values(goal)} == {"días"}
    assert len(of_values(goal)) == len(layers(goal)) - 3  # a rule, and its name twice


def test_the_usual_range_is_a_quiet_band_behind_everything_and_unusual_points_are_ink(goal):
    band = only(goal, charts.USUAL, "area")
    assert layers(goal)[0] == band
    assert band["mark"]["opacity"] < 0.2 and band["encoding"]["y2"]["field"] == "upper"
    assert only(goal, charts.UNUSUAL, "point")["mark"]["fill"] == palette.light().ink


def test_a_specification_carries_no_data_of_its_own(goal):
    assert "datasets" not in goal
    assert not [layer for layer in layers(goal) if "data" in layer]


def test_a_specification_is_built_once():
    assert charts.goal(palette.dark(), "es_MX", "%", "month") is charts.goal(palette.dark(), "es_MX", "%", "month")


@pytest.mark.parametrize(
    ("locale", "decimal", "thousands", "january"),
    [("es_ES", ",", ".", "enero"), ("es_MX", ".", ",", "enero"), ("en_US", ".", ",", "January")],
)
def test_numbers_and_months_are_the_country_s(locale, decimal, thousands, january):
    told = charts.goal(palette.light(), locale, "%", "month")["config"]["locale"]
    assert (told["number"]["decimal"], told["number"]["thousands"], told["time"]["months"][0]) == (decimal, thousands, january)


def test_a_week_begins_where_d3_counts_from():
    assert charts.goal(palette.light(), "en_GB", "%", "month")["config"]["locale"]["time"]["days"][0] == "Sunday"


def test_in_the_explorer_the_strong_line_is_the_city_s_and_the_others_are_grey():
    shades = palette.light()
    drawn = [layer for layer in layers(charts.lines(shades, "es_ES", "%", "month")) if layer["mark"]["type"] == "line"]
    assert [layer["mark"]["color"] for layer in drawn] == [shades.muted, shades.brand]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_charts_have_the_colours_of_the_page(name):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][name]
    shades = {"light": palette.light(), "dark": palette.dark()}[name]
    page = (theme["textColor"], theme["backgroundColor"], theme["grayTextColor"], theme["borderColor"], theme["linkColor"])
    assert (shades.ink, shades.paper, shades.muted, shades.rule, shades.brand) == page


def test_a_missing_period_breaks_the_line():
    rows = pl.DataFrame({"period": [date(2026, 1, 31), date(2026, 4, 30)], "value": [1.0, 4.0]})
    assert charts.with_gaps(rows, "month")["value"].to_list() == [1.0, None, None, 4.0]


def test_a_series_without_gaps_stays_as_it_is():
    rows = pl.DataFrame({"period": [date(2024, 6, 30), date(2025, 6, 30)], "value": [1.0, 2.0]})
    assert charts.with_gaps(rows, "year").equals(rows)


def test_nothing_has_no_gaps():
    assert charts.with_gaps(pl.DataFrame(schema={"period": pl.Date, "value": pl.Float64}), "month").is_empty()


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([1.0, 5.0], [1.0, 5.0]),
        ([2.0, 2.0], [1.5, 2.5]),
        ([3.0, 2.0, 2.0], [3.333, 1.333, 2.333]),
        ([], []),
    ],
)
def test_names_are_moved_apart_as_little_as_needed(heights, placed):
    assert charts.apart(heights, 1.0) == pytest.approx(placed, abs=1e-3)


def drawn(frequency, first: date, count: int, *, width: int = DESK, locale: str = "en_GB") -> tuple[list[tuple[float, str]], list[float]]:
    """A series of so many periods as the picture of a chart shows it: its labels with their places, and its points' places."""
    ends, day = [], first
    for _ in range(count):
        ends.append(ending(day, frequency))
        day = ends[-1] + timedelta(days=1)
    rows = [(end, float(index), None, "A", True, None, None) for index, end in enumerate(ends)]
    frame = charts.over_names(pl.DataFrame(rows, schema=charts.LINES, orient="row"), frequency)
    specification = charts.lines(palette.light(), locale, "%", frequency, still=True)
    data = {"values": frame.with_columns(pl.col("period").dt.to_string()).to_dicts()}
    svg = vl_convert.vegalite_to_svg({**specification, "width": width, "data": data}, vl_version=pictures.VEGA_LITE)
    named = svg[svg.index("role-axis-label") :]
    labels = re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*?(opacity="0")?>([^<]*)</text>', named[: named.index("</g>")])
    path = max(re.findall(r'd="(M[\d.,L-]+)"[^>]*stroke="' + palette.light().brand, svg), key=len)
    return [(float(at), text) for at, hidden, text in labels if not hidden], [float(at) for at in re.findall(r"[ML]([\d.]+),", path)]


@pytest.mark.parametrize(
    ("frequency", "first", "names"),
    [
        ("month", date(2026, 1, 1), ["2026", "Feb", "Mar", "Apr", "May", "Jun"]),
        ("month", date(2026, 3, 1), ["Mar", "Apr"]),
        ("quarter", date(2025, 7, 1), ["Q3", "Q4", "2026", "Q2"]),
        ("quarter", date(2025, 4, 1), ["Q2", "Q3"]),
        ("year", date(2023, 1, 1), ["2023", "2024", "2025"]),
        ("year", date(2023, 1, 1), ["2023", "2024"]),
    ],
)
def test_each_point_stands_over_the_name_of_its_own_period(frequency, first, names):
    labels, points = drawn(frequency, first, len(names))
    assert [text for _at, text in labels] == names
    assert [at for at, _text in labels] == pytest.approx(points, abs=1)


@pytest.mark.parametrize("locale", ["es_ES", "en_GB"])
@pytest.mark.parametrize(("frequency", "count"), [("month", 6), ("month", 13), ("month", 40), ("quarter", 9), ("half", 7), ("year", 36)])
def test_names_of_periods_do_not_touch_on_a_phone(frequency, count, locale):
    labels, _points = drawn(frequency, date(2022, 1, 1), count, width=PHONE, locale=locale)
    assert len(labels) > 2
    assert all(after[0] - before[0] >= LETTER * (len(before[1]) + len(after[1])) / 2 for before, after in pairwise(labels[1:-1]))


@pytest.mark.parametrize("frequency", ["day", "week"])
def test_weeks_stay_at_the_day_by_which_they_are_called(frequency):
    rows = pl.DataFrame({"period": [date(2026, 1, 11), date(2026, 1, 18)]})
    assert charts.over_names(rows, frequency).equals(rows)
