"""Maps ask nobody for anything, show values by colour and counts by size, and write no name over another."""

import json
from itertools import combinations

import pytest
from shapely import Polygon, box

from dashboards import maps, palette
from dashboards.maps import Area, Bubble, Classes, hatching, names, view
from dashboards.maps.marks import LARGEST, LETTER, SMALLEST, circles, view_of, written
from dashboards.maps.shades import readable

LIGHT = palette.light()
CENTRO = Bubble("Centro Ñ", 38.40, -17.30, 40_000, 50.0, "50 %")
PUERTO = Bubble("Puerto", 38.45, -17.25, 10_000, 80.0, "80 %")
SILENT = Bubble("Silente", 38.42, -17.28, None, None, "–")
WEST = Area("Oeste", box(-17.4, 38.3, -17.3, 38.5), 20.0, "20 %")
EAST = Area("Este", box(-17.3, 38.3, -17.2, 38.5), 40.0, "40 %")
UNKNOWN = Area("Norte", box(-17.4, 38.5, -17.2, 38.6), None, "–")


def classes(*places: Area | Bubble) -> Classes:
    return Classes.of([place.value for place in places if place.value is not None])


def drawn(*places: Area | Bubble, shades: palette.Palette = LIGHT) -> dict:
    areas, bubbles = [one for one in places if isinstance(one, Area)], [one for one in places if isinstance(one, Bubble)]
    return json.loads(maps.deck(areas, bubbles, classes(*places), shades).to_json())


def layer(deck: dict, name: str) -> dict:
    return next(layer for layer in deck["layers"] if layer["id"] == name)


@pytest.mark.parametrize("shades", [palette.light(), palette.dark()])
def test_a_map_names_no_style_and_no_address(shades):
    words = json.dumps(drawn(CENTRO, PUERTO, WEST, UNKNOWN, shades=shades))
    assert "http" not in words
    assert "mapbox" not in words
    assert "carto" not in words


def test_a_map_is_sent_without_blanks_and_line_breaks():
    text = maps.deck([WEST, EAST], [], classes(WEST, EAST), LIGHT).to_json()
    assert text == json.dumps(json.loads(text), separators=(",", ":"))


def test_a_map_that_is_kept_is_sent_as_the_one_that_it_was_made_of():
    made = maps.deck([WEST, EAST], [], classes(WEST, EAST), LIGHT)
    ready = maps.Ready(made)
    assert ready.to_json() == made.to_json() and ready._tooltip == made._tooltip


def test_a_map_leaves_the_style_untouched():
    # Streamlit's front end asks for no tiles only while pydeck's own mark stands there.
    assert drawn(CENTRO).get("mapStyle", "__MAP_STYLE__") == "__MAP_STYLE__"
    assert drawn(CENTRO).get("mapProvider") is None


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([69.2, 81.3], (65, 70, 75, 80, 85)),
        ([10.1, 52.4], (10, 20, 30, 40, 50, 60)),
        ([0, 100], (0, 20, 40, 60, 80, 100)),
        ([0.138, 0.276], (0.1, 0.15, 0.2, 0.25, 0.3)),
        ([-3, 4], (-4, -2, 0, 2, 4)),
        ([7, 7], (7,)),
        ([], ()),
    ],
    ids=["shares", "rates", "all of a scale", "small numbers", "across zero", "one value", "none"],
)
def test_steps_are_few_equal_round_and_hold_all_values(values, ends):
    assert Classes.of(values).ends == pytest.approx(ends)


def test_a_value_belongs_to_one_step():
    steps = Classes.of([10.1, 52.4])
    assert [steps.step(value) for value in (10.1, 20, 29.9, 52.4, 60)] == [0, 1, 1, 4, 4]


def test_the_highest_step_has_the_city_s_own_colour_and_the_lowest_a_pale_one():
    shades, steps = palette.light("#0b6b74"), Classes.of([50.0, 80.0])
    assert steps.fill(80.0, shades) == [0x0B, 0x6B, 0x74]
    assert min(steps.fill(50.0, shades)) > 150


def test_a_place_without_a_value_is_grey_and_hatched():
    assert Classes.of([1.0, 2.0]).fill(None, palette.dark()) == list(palette.rgb(palette.dark().rule))
    assert layer(drawn(WEST, EAST, UNKNOWN), "hatching")["data"]
    assert [one["id"] for one in drawn(WEST, EAST)["layers"]] == ["ground", "areas", "places", "names"]


def test_hatching_stays_inside_its_area():
    lines = hatching.lines([UNKNOWN.shape], view_of([WEST, UNKNOWN], []))
    assert len(lines) > 5
    assert all(UNKNOWN.shape.buffer(1e-9).covers(Polygon([*line, line[0], line[0]]).exterior) for line in lines)


def test_one_value_alone_is_as_strong_as_can_be():
    assert Classes.of([7.0]).fill(7.0, palette.light("#102030")) == [0x10, 0x20, 0x30]


@pytest.mark.parametrize(("fill", "ink"), [((11, 107, 116), LIGHT.paper), ((230, 240, 241), LIGHT.ink)])
def test_a_name_is_written_so_that_it_can_be_read_on_its_colour(fill, ink):
    assert readable(fill, LIGHT) == ink


def test_the_area_of_a_bubble_goes_by_its_size():
    radii = {circle.bubble.name: circle.radius - SMALLEST for circle in circles([CENTRO, PUERTO, SILENT], classes(CENTRO), LIGHT)}
    assert radii["Centro Ñ"] == LARGEST - SMALLEST
    assert radii["Puerto"] == pytest.approx(radii["Centro Ñ"] / 2)
    assert radii["Silente"] == 0


def test_every_place_is_named_with_its_value_where_there_is_room():
    assert {row["text"] for row in layer(drawn(CENTRO, PUERTO, SILENT), "names")["data"]} == {
        "Centro Ñ\n50 %",
        "Puerto\n80 %",
        "Silente\n–",
    }
    assert {row["text"] for row in layer(drawn(WEST, EAST), "names")["data"]} == {"Oeste\n20 %", "Este\n40 %"}


def test_a_count_writes_no_name_in_the_middle_of_its_area():
    pale = Area("Oeste", WEST.shape, 20.0, "20", coloured=False)
    assert [row["text"] for row in layer(drawn(pale, CENTRO), "names")["data"]] == ["Centro Ñ\n50 %"]


CROWD = [Bubble(f"Ciudad número {n}", 38 + n % 7 * 0.06, -17 + n // 7 * 0.07, 1000.0 * (n + 1), n, "12,5 %", n == 3) for n in range(40)]


def test_no_name_lies_on_another_or_on_a_circle_and_the_strong_one_is_always_written():
    seen, found = view_of([], CROWD), circles(CROWD, classes(*CROWD), LIGHT)
    told = written([], found, classes(*CROWD), seen, LIGHT)
    rooms = [names.room(one, seen, LETTER) for one in told]
    assert 1 < len(told) < len(CROWD)
    assert not [pair for pair in combinations(rooms, 2) if names.meet(*pair)]
    assert "Ciudad número 3" in [one.name.name for one in told]


def test_the_strong_name_that_finds_no_room_lies_across_the_least_of_the_circles():
    seen = view.View(0, 0, 3, (-40, -40, 40, 40))

    def circle(right: float, down: float, radius: float, *, strong: bool = False) -> names.Name:
        return names.Name("Aurora", "1", (right * seen.degree, -down * seen.degree), "#000000", strong, radius, radius)

    around = [circle(0, 31, 30), circle(0, -31, 30), circle(43, 0, 60), circle(-43, 0, 4)]
    found = names.with_room([circle(0, 0, 20, strong=True), *around], seen, 12, (600, 600))
    (written,) = [one for one in found if one.name.strong]
    assert (written.text, written.off[0] < -20, written.off[1]) == ("Aurora\n1", True, 0)


def test_all_places_can_be_pointed_at_to_be_named():
    rows = layer(drawn(*CROWD), "places")
    assert len(rows["data"]) == len(CROWD) and rows["pickable"]


def test_many_bubbles_are_smaller_than_a_few():
    few, many = circles(CROWD[:4], classes(*CROWD), LIGHT), circles(CROWD, classes(*CROWD), LIGHT)
    assert max(circle.radius for circle in many) < max(circle.radius for circle in few)


def test_all_places_are_in_sight_on_a_phone():
    state = drawn(CENTRO, PUERTO)["initialViewState"]
    across = 0.05 * 512 * 2 ** state["zoom"] / 360
    assert across <= view.IN_SIGHT[0]
    assert (state["longitude"], state["latitude"]) == pytest.approx((-17.275, 38.425))


def test_circles_beside_areas_are_not_cut_off_on_a_phone():
    far = Bubble("Lejos", 38.4, -17.7, 1.0, 1.0, "1")
    state = drawn(WEST, EAST, far)["initialViewState"]
    assert 0.5 * 512 * 2 ** state["zoom"] / 360 <= view.IN_SIGHT[0] + 1e-6
    assert 0.2 * 512 * 2 ** drawn(WEST, EAST)["initialViewState"]["zoom"] / 360 <= view.AREAS_IN_SIGHT[0] + 1e-6


def test_no_name_is_cut_off_on_a_phone():
    seen = view_of([], CROWD)
    told = written([], circles(CROWD, classes(*CROWD), LIGHT), classes(*CROWD), seen, LIGHT)
    rooms = [names.room(one, seen, LETTER) for one in told]
    assert all(left >= -177 and right <= 177 for left, _top, right, _bottom in rooms)


def test_a_single_place_is_not_looked_at_through_a_microscope():
    assert drawn(CENTRO)["initialViewState"]["zoom"] == view.CLOSEST


def test_a_picture_of_a_map_has_the_same_places_names_and_steps():
    picture = maps.still([WEST, EAST, UNKNOWN], [CENTRO], classes(WEST, EAST), LIGHT, ["20 – 30", "30 – 40"])
    shown, legend = picture["vconcat"]
    areas, hatched, points, texts = (one["data"]["values"] for one in shown["layer"])
    assert len(areas) == 3 and len(points) == 1 and hatched
    assert {"Centro Ñ"} <= {row["text"][0] for row in texts}
    assert [row["text"] for row in legend["data"]["values"]] == ["20 – 30", "30 – 40"]
