"""Charts say what they should, in the country's own numbers and months, and bridge no gap."""

import tomllib
from datetime import date

import polars as pl
import pytest

from dashboards import charts, palette
from tests.conftest import ROOT


def layers(specification: dict) -> list[dict]:
    return specification["layer"]


def kinds(layer: dict) -> set[str]:
    return {kind for step in layer.get("transform", []) if isinstance(step["filter"], dict) for kind in step["filter"]["oneOf"]}


def only(specification: dict, kind: str, mark: str) -> dict:
    (found,) = [layer for layer in layers(specification) if kinds(layer) == {kind} and layer["mark"]["type"] == mark]
    return found


@pytest.fixture
def goal() -> dict:
    return charts.goal(palette.light("#123456"), "es_ES", "días")


def test_the_values_are_the_only_line_in_the_city_s_colour(goal):
    coloured = [layer for layer in layers(goal) if layer["mark"]["type"] == "line" and layer["mark"]["color"] == "#123456"]
    assert [kinds(layer) for layer in coloured] == [{charts.VALUE}]


def test_the_path_is_dashed_and_values_as_first_known_are_thin(goal):
    assert only(goal, charts.PATH, "line")["mark"]["strokeDash"]
    assert only(goal, charts.FIRST, "line")["mark"]["strokeWidth"] == 1


def test_time_is_a_true_axis_that_no_time_zone_moves(goal):
    assert all(layer["encoding"]["x"]["scale"]["type"] == "utc" for layer in layers(goal))


def test_the_ends_of_the_vertical_axis_come_from_the_data(goal):
    assert all(layer["encoding"]["y"]["scale"]["zero"] is False for layer in layers(goal))


def test_the_unit_stands_on_the_axis(goal):
    assert {layer["encoding"]["y"]["title"] for layer in layers(goal)} == {"días"}


def test_a_specification_carries_no_data_of_its_own(goal):
    assert "datasets" not in goal
    assert not [layer for layer in layers(goal) if "data" in layer]


def test_a_specification_is_built_once():
    assert charts.goal(palette.dark(), "es_MX", "%") is charts.goal(palette.dark(), "es_MX", "%")


@pytest.mark.parametrize(
    ("locale", "decimal", "thousands", "january"),
    [("es_ES", ",", ".", "enero"), ("es_MX", ".", ",", "enero"), ("en_US", ".", ",", "January")],
)
def test_numbers_and_months_are_the_country_s(locale, decimal, thousands, january):
    told = charts.goal(palette.light(), locale, "%")["config"]["locale"]
    assert (told["number"]["decimal"], told["number"]["thousands"], told["time"]["months"][0]) == (decimal, thousands, january)


def test_a_week_begins_where_d3_counts_from():
    assert charts.goal(palette.light(), "en_GB", "%")["config"]["locale"]["time"]["days"][0] == "Sunday"


def test_in_the_explorer_the_strong_line_is_the_city_s_and_the_others_are_grey():
    shades = palette.light()
    drawn = [layer for layer in layers(charts.lines(shades, "es_ES", "%")) if layer["mark"]["type"] == "line"]
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
