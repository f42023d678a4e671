"""Maps ask nobody for anything, and show values by colour and residents by size."""

import json

import pytest

from dashboards import maps, palette
from dashboards.maps import Bubble

CENTRO = Bubble("Centro Ñ", 38.40, -17.30, 40_000, 50.0, "50 %")
PUERTO = Bubble("Puerto", 38.45, -17.25, 10_000, 80.0, "80 %")
SILENT = Bubble("Silente", 38.42, -17.28, None, None, "–")


def drawn(*bubbles: Bubble, shades: palette.Palette | None = None) -> dict:
    return json.loads(maps.deck(bubbles, shades or palette.light()).to_json())


def layer(deck: dict, name: str) -> dict:
    return next(layer for layer in deck["layers"] if layer["id"] == name)


@pytest.mark.parametrize("shades", [palette.light(), palette.dark()])
def test_a_map_names_no_style_and_no_address(shades):
    text = json.dumps(drawn(CENTRO, PUERTO, shades=shades))
    assert "http" not in text
    assert "mapbox" not in text
    assert "carto" not in text


def test_a_map_leaves_the_style_untouched():
    # Streamlit's front end asks for no tiles only while pydeck's own mark stands there.
    assert drawn(CENTRO).get("mapStyle", "__MAP_STYLE__") == "__MAP_STYLE__"
    assert drawn(CENTRO).get("mapProvider") is None


def test_the_highest_value_has_the_city_s_own_colour_and_the_lowest_a_pale_one():
    shades = palette.light("#0b6b74")
    assert maps.shade(80.0, 50.0, 80.0, shades) == [0x0B, 0x6B, 0x74]
    assert min(maps.shade(50.0, 50.0, 80.0, shades)) > 150


def test_a_place_without_a_value_has_no_colour():
    assert maps.shade(None, 0.0, 1.0, palette.dark()) == list(palette.rgb(palette.dark().paper))


def test_one_value_alone_is_as_strong_as_can_be():
    assert maps.shade(7.0, 7.0, 7.0, palette.light("#102030")) == [0x10, 0x20, 0x30]


def test_the_area_of_a_bubble_goes_by_its_residents():
    rows = {row["name"]: row for row in layer(drawn(CENTRO, PUERTO, SILENT), "places")["data"]}
    grown = {name: row["radius"] - maps.SMALLEST for name, row in rows.items()}
    assert grown["Puerto"] == pytest.approx(grown["Centro Ñ"] / 2)
    assert grown["Silente"] == 0


def test_every_place_is_named_with_its_value():
    assert {row["label"] for row in layer(drawn(CENTRO, SILENT), "names")["data"]} == {"Centro Ñ\n50 %", "Silente\n–"}


def test_all_places_are_in_sight_on_a_phone():
    view = drawn(CENTRO, PUERTO)["initialViewState"]
    across = 0.05 * 512 * 2 ** view["zoom"] / 360
    assert across <= maps.IN_SIGHT[0]
    assert (view["longitude"], view["latitude"]) == pytest.approx((-17.275, 38.425))


def test_a_single_place_is_not_looked_at_through_a_microscope():
    assert drawn(CENTRO)["initialViewState"]["zoom"] == maps.CLOSEST
