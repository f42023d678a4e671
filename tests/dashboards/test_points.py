"""The map of points: every mark is drawn, by shape and colour, on named districts; a text of a person stays a text."""

from itertools import combinations
from xml.etree import ElementTree

from shapely import box

from dashboards.maps import points
from dashboards.maps.points import Ground, Mark, drawing

WEST = Ground("Oeste", box(-17.4, 38.36, -17.3, 38.44), "budget?district=west")
EAST = Ground("Este", box(-17.3, 38.36, -17.2, 38.44), "budget?district=east")


def mark(name: str = "Puente", longitude: float = -17.35, size: float | None = 100, shape: str = "■") -> Mark:
    return Mark(name, 38.4, longitude, size, shape, "red", "Late", "action?node=1")


def drawn(*marks: Mark, grounds=(WEST, EAST)) -> ElementTree.Element:
    return ElementTree.fromstring(drawing(grounds, marks, "Map of works"))


def marks_in(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [
        shape for group in svg.iter("g") if group.get("class", "").startswith("mark") for shape in group.iter("g") if shape.get("transform")
    ]


def test_every_mark_is_drawn_with_its_shape_and_colour_and_names_itself():
    svg = drawn(mark(), mark("Parque", -17.25, shape="✓"))
    assert len(marks_in(svg)) == 2
    assert [group.get("class") for group in svg.iter("g") if "mark" in group.get("class", "")] == ["mark red", "mark red"]
    assert [title.text for title in svg.iter("title")][-2:] == ["Puente: Late", "Parque: Late"]
    assert {"rect", "path"} <= {shape[0].tag for shape in marks_in(svg)}


def test_thousands_of_marks_are_all_drawn_without_their_names():
    svg = drawn(*(mark(f"w{number}", -17.35 + number / 1e5) for number in range(2_000)))
    assert len(marks_in(svg)) == 2_000
    assert len(list(svg.iter("title"))) == 2, "the districts'"


def test_the_larger_mark_is_drawn_first_and_larger():
    svg = drawn(mark("small", size=1), mark("large", -17.25, size=100))
    scales = [float(shape.attrib["transform"].split("scale(")[1].rstrip(")")) for shape in marks_in(svg)]
    assert scales == sorted(scales, reverse=True)
    assert scales[0] > scales[1]


def test_a_mark_without_a_size_is_the_smallest_and_one_alone_is_drawn():
    assert len(marks_in(drawn(mark(size=None)))) == 1
    assert len(marks_in(drawn(mark(size=None), grounds=()))) == 1


def test_a_chosen_district_fills_the_map():
    def width(svg: ElementTree.Element) -> float:
        ring = next(path for path in svg.iter("path") if path[0].text == "Oeste").attrib["d"]
        across = [float(pair.strip("MLZ").split()[0]) for pair in ring.replace("L", " L").replace("Z", "").split("L")]
        return max(across) - min(across)

    alone = Ground(WEST.name, WEST.shape, WEST.link, strong=True)
    assert width(drawn(mark(), grounds=(alone, EAST))) > 1.2 * width(drawn(mark()))


def test_names_of_districts_lie_neither_on_each_other_nor_on_a_mark_that_leaves_room():
    svg = drawn(mark(), mark("Parque", -17.25))
    boxes = [points._room(text.text or "", (float(text.attrib["x"]), float(text.attrib["y"]))) for text in svg.iter("text")]
    assert sorted(text.text or "" for text in svg.iter("text")) == ["Este", "Oeste"]
    assert not any(points.meet(one, other) for one, other in combinations(boxes, 2))


def test_a_name_that_tries_to_be_markup_stays_a_text():
    hostile = '<img src=x onerror="alert(1)">'
    svg = drawn(mark(hostile), grounds=(Ground(hostile, WEST.shape, '"><script>'),))
    assert not list(svg.iter("img"))
    assert not list(svg.iter("script"))
    assert f"{hostile}: Late" in [title.text for title in svg.iter("title")]


def test_a_map_asks_nobody_for_anything():
    assert "http" not in drawing((WEST, EAST), (mark(),), "Map")
