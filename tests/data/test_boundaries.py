"""Outlines: matched to the places they are of, light, with borders that stay shared; what cannot be drawn is refused with its cure."""

import json
from collections.abc import Callable
from math import cos, sin
from pathlib import Path
from typing import Any

import pytest
import shapely

from data import boundaries, definitions
from data.__main__ import main
from data.boundaries import Asked, feature_file, shapes
from data.home import REPOSITORY, Home
from data.new_home import copy, demo_files
from data.problems import NotPossibleNow, Problem, Refused

CITY = """
name: Aurora
place: aurora
mandate: {start: 2025-01-01, end: 2028-12-31}
areas: []
"""
PLACES = """
places:
  - {id: aurora, name: Aurora, latitude: 38.4, longitude: -17.3}
  - {id: centro, name: {es: Centro, en: Old Centre}, kind: district, parent: aurora, code: "01"}
  - {id: puerto, name: Puerto, kind: district, parent: aurora, code: "02"}
  - {id: bruma, name: Bruma, latitude: 39.4, longitude: -18.3}
  - {id: bruma_centro, name: Centro, kind: district, parent: bruma}
"""
SQUARE = [[-17.4, 38.3], [-17.3, 38.3], [-17.3, 38.5], [-17.4, 38.5], [-17.4, 38.3]]
BESIDE = [[-17.3, 38.3], [-17.2, 38.3], [-17.2, 38.5], [-17.3, 38.5], [-17.3, 38.3]]


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    found = Home(tmp_path / "home")
    found.city.parent.mkdir(parents=True)
    found.city.write_text(CITY, encoding="utf-8")
    found.places.write_text(PLACES, encoding="utf-8")
    found.indicators.write_text("themes: []\nindicators: []\n", encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(found.folder))
    return found


def polygon(ring: list[Any], *holes: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring, *holes]}


def feature(place: Any, geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": place, **properties}, "geometry": geometry or polygon(SQUARE)}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **more, "features": list(features)}


TWO = collection(feature("centro"), feature("puerto", polygon(BESIDE)))


def written(home: Home, content: Any) -> Path:
    path = home.folder / "outlines.geojson"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def prepared(home: Home, content: Any, **asked: str) -> boundaries.Prepared:
    return boundaries.prepare(written(home, content), definitions.load(home), Asked(**asked))


def problems(home: Home, content: Any, **asked: str) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        prepared(home, content, **asked)
    return refused.value.problems


@pytest.mark.parametrize(
    "names",
    [("centro", "puerto"), ("01", "02"), ("Old Centre", "PUERTO"), ("puerto", "centro")],
    ids=["by id", "by official code", "by name in any language", "in any order"],
)
def test_an_outline_finds_its_place(home, names):
    found = prepared(home, collection(feature(names[0]), feature(names[1], polygon(BESIDE))), parent="aurora")
    assert set(found.shapes) == {"centro", "puerto"}
    assert (found.parent, found.kind) == ("aurora", "district")


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        ({"type": "Feature", "id": "centro", "properties": None, "geometry": polygon(SQUARE)}, {"parent": "aurora"}),
        (feature(None, name="Centro"), {"parent": "aurora"}),
        (feature(None, cod_dist=1.0, n=1), {"code": "n", "kind": "district"}),
        (feature("centro", polygon([[*point, 12.5] for point in SQUARE])), {"parent": "aurora"}),
        (feature("centro", {"type": "MultiPolygon", "coordinates": [[SQUARE], [BESIDE]]}), {"parent": "aurora"}),
    ],
    ids=["the feature's own id", "a property called name", "a number as a code", "with heights", "of two parts"],
)
def test_usual_ways_to_write_an_outline_are_read(home, one, asked):
    home.places.write_text(PLACES.replace('"01"', '"1"'), encoding="utf-8")
    assert set(prepared(home, collection(one), **asked).shapes) == {"centro"}


def test_a_shared_border_stays_shared_when_it_is_simplified(home):
    wavy = [[-17.3 + 0.003 * (step % 3), 38.3 + step * 0.0004] for step in range(501)]
    left = polygon([[-17.4, 38.3], *wavy, [-17.4, 38.5], [-17.4, 38.3]])
    right = polygon([*wavy, [-17.2, 38.5], [-17.2, 38.3], wavy[0]])
    found = prepared(home, collection(feature("centro", left), feature("puerto", right)), parent="aurora")
    centro, puerto = found.shapes["centro"], found.shapes["puerto"]
    assert shapely.coverage_is_valid([centro, puerto])
    assert centro.intersection(puerto).length == pytest.approx(centro.boundary.intersection(puerto.boundary).length)


def test_a_heavy_file_becomes_light(home):
    angles = [step * 6.283185 / 60_000 for step in range(60_000)]
    ring = [[-17.3 + 0.05 * cos(angle), 38.4 + 0.05 * sin(angle)] for angle in angles]
    found = prepared(home, collection(feature("centro", polygon([*ring, ring[0]]))), parent="aurora")
    path, size = boundaries.keep(home, found)
    assert path.stat().st_size == size < 160_000
    assert found.shapes["centro"].area == pytest.approx(3.14159 * 0.05**2, rel=0.001)


def test_what_is_kept_is_read_back_to_the_metre(home):
    found = prepared(home, TWO, parent="aurora")
    boundaries.keep(home, found)
    kept = boundaries.outlines(home, definitions.load(home).place["puerto"])
    assert {place: shape.equals(found.shapes[place]) for place, shape in kept.items()} == {"centro": True, "puerto": True}


def test_an_island_written_as_a_hole_is_part_of_its_place(home):
    island = [[x + 0.2, y] for x, y in SQUARE]
    found = prepared(home, collection(feature("centro", polygon(SQUARE, island))), parent="aurora")
    assert found.shapes["centro"].area == pytest.approx(0.04)


REFUSED: dict[str, tuple[Any, str, str]] = {
    "projected coordinates": (
        collection(feature("centro", polygon([[x * 1e5, y * 1e5] for x, y in SQUARE]))),
        "-1.74e+06, 3.83e+06 are projected coordinates, not degrees",
        "EPSG:4326",
    ),
    "a reference system that is not degrees": (
        collection(*TWO["features"], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25830"}}),
        "its coordinates are in the reference system 'urn:ogc:def:crs:EPSG::25830', not in degrees (WGS 84)",
        "ogr2ogr",
    ),
    "latitude first, where that is out of range": (
        collection(feature("centro", polygon([[38.3, -117.4], [38.3, -117.3], [38.5, -117.3], [38.3, -117.4]]))),
        "38.3, -117.4: latitude is written before longitude",
        "longitude first",
    ),
    "latitude first, where only the city's place tells": (
        collection(feature("centro", polygon([[y, x] for x, y in SQUARE]))),
        "latitude is written before longitude: centro is known to lie at longitude -17.3, latitude 38.4",
        "longitude first",
    ),
    "a code that is nobody's": (collection(feature("centre")), "'centre' is not the code, id or name of a known place", "centro is near"),
    "no code": (
        collection(feature("centro"), feature(None)),
        "nothing says which property names the place",
        "--code PROPERTY: one of code",
    ),
    "a property that would fit": (
        collection(feature(None, barrio="centro")),
        "nothing says which property names the place",
        "`--code barrio` would fit",
    ),
    "a place twice": (
        collection(feature("centro"), feature("01", polygon(BESIDE))),
        "centro has an outline already, in feature 1",
        "MultiPolygon",
    ),
    "a point": (
        collection(feature("centro", {"type": "Point", "coordinates": [-17.3, 38.4]})),
        "its geometry is Point, not Polygon or MultiPolygon",
        "its centre",
    ),
    "a line": (
        collection(feature("centro", {"type": "LineString", "coordinates": SQUARE})),
        "its geometry is LineString, not Polygon or MultiPolygon",
        "border line",
    ),
    "no geometry": (
        collection({**feature("centro"), "geometry": None}),
        "its geometry is None, not Polygon or MultiPolygon",
        "outline",
    ),
    "an empty outline": (collection(feature("centro", {"type": "Polygon", "coordinates": []})), "its outline is empty", "export"),
    "a ring of two points": (
        collection(feature("centro", polygon(SQUARE[:2]))),
        "a ring of its outline has fewer than 4 points",
        "whole outlines",
    ),
    "a word for a number": (
        collection(feature("centro", polygon([["-17.4", 38.3], *SQUARE[1:]]))),
        "['-17.4', 38.3] is not a position",
        "two numbers",
    ),
    "a coordinate beyond any number": (
        collection(feature("centro", polygon([[10**400, 38.3], *SQUARE[1:]]))),
        f"[{str(10**400)[:59]} is not a position",
        "two numbers",
    ),
    "an outline without area": (
        collection(feature("centro", polygon([[-17.4, 38.3], [-17.3, 38.4], [-17.4, 38.3], [-17.4, 38.3]]))),
        "its outline encloses no area",
        "remove the feature",
    ),
    "an outline that runs over itself twice": (
        collection(feature("centro", polygon([[0, 0], [4, 0], [4, 4], [1, 4], [1, 1], [3, 1], [3, 3], [0, 3], [0, 0]]))),
        "its outline crosses itself, and what belongs to it cannot be told",
        "Fix geometries",
    ),
    "outlines that lie over each other": (
        collection(feature("centro"), feature("puerto")),
        "puerto and centro lie over each other",
        "correct the two outlines",
    ),
    "places of several parents": (
        collection(feature("centro"), feature("bruma_centro", polygon(BESIDE))),
        "the places are of several kinds or parents: district in aurora; district in bruma",
        "several files",
    ),
    "a name that two places have": (
        collection(feature("Centro")),
        "'Centro' is the name of several places: centro, bruma_centro",
        "--parent",
    ),
    "nothing in it": (collection(), "the file holds no outline", "export it again"),
    "a feature alone": (feature("centro"), "not a FeatureCollection of GeoJSON, but 'Feature'", "one GeoJSON file"),
    "a list": ([1, 2], "not a FeatureCollection of GeoJSON, but 'None'", "one GeoJSON file"),
    "features that are none": (collection("x"), "its geometry is None, not Polygon or MultiPolygon", "outline"),
    "TopoJSON": ({"type": "Topology", "arcs": [], "objects": {}}, "TopoJSON, not GeoJSON", "mapshaper"),
    "an empty file": ("", "the file is empty", "fetch or export it again"),
    "words": ("hello", "not JSON: Expecting value", "cut off"),
    "a file cut off": (json.dumps(TWO)[:200], "not JSON: Expecting ',' delimiter", "cut off"),
    "nesting without an end": ("[" * 200_000, "nested far deeper than any outline", "EPSG:4326"),
    "coordinates nested without an end": (
        json.dumps(TWO).replace("[[-17.4", "[" * 100_000 + "[[-17.4"),
        "nested far deeper than any outline",
        "EPSG:4326",
    ),
    "a number of ten thousand digits": ('{"type": ' + "1" * 10_000 + "}", "a number in it has thousands of digits", "export"),
    "a zip file": (b"PK\x03\x04rest", "a zip file, perhaps a shapefile or KMZ, not GeoJSON", "EPSG:4326"),
    "a shapefile": (b"\x00\x00\x27\x0arest", "a shapefile, not GeoJSON", "EPSG:4326"),
    "a GeoPackage": (b"SQLite format 3\x00", "a GeoPackage, not GeoJSON", "EPSG:4326"),
    "KML": ("<?xml version='1.0'?><kml/>", "XML such as KML or GML, or a web page, not GeoJSON", "EPSG:4326"),
    "letters of Windows": (b'{"type":\n"\xe1"}', "not UTF-8 text", "UTF-8"),
}


@pytest.mark.parametrize(("content", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drawn_is_refused_with_its_cure(home, content, message, hint):
    said = [problem.as_json() for problem in problems(home, content)]
    assert message in [problem["message"] for problem in said]
    assert any(hint in str(problem["hint"]) for problem in said)
    assert all(str(problem["path"]).endswith("outlines.geojson") for problem in said)


ZIGZAG = [[-17.3 + 0.05 * cos(n) * (1 + n / 9_000), 38.4 + 0.05 * sin(2 * n)] for n in range(9_000)]


def test_what_crosses_itself_thousands_of_times_is_refused_at_once(home):
    said = problems(home, collection(feature("centro", polygon([*ZIGZAG, ZIGZAG[0]]))))
    assert [problem.message for problem in said] == ["its outline crosses itself"]


def test_a_file_full_of_outlines_that_cross_themselves_is_not_repaired_for_ever(home, monkeypatch):
    monkeypatch.setattr(shapes, "MOST_REPAIRED_IN_ALL", 8)
    bow = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    said = problems(home, collection(feature("centro", polygon(bow)), feature("puerto", polygon([[x + 2, y] for x, y in bow]))))
    assert [problem.as_json()["key"] for problem in said] == ["features.2.geometry"]


def test_a_code_and_a_name_that_disagree_are_refused(home):
    said = problems(home, collection(feature("01", n="Puerto")), code="code", names="n", parent="aurora")
    assert [problem.as_json()["message"] for problem in said] == ["its code means centro and its name puerto"]


def test_an_unknown_parent_is_refused(home):
    assert [problem.as_json()["message"] for problem in problems(home, TWO, parent="nowhere")] == ["'nowhere' is not a known place"]


def test_every_fault_of_every_feature_is_said_with_its_line(home):
    lines = ",\n".join(json.dumps(one) for one in (feature("a1"), feature("b2", {"type": "Point"}), feature("centro")))
    said = [problem.as_json() for problem in problems(home, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}')]
    assert [(problem["line"], problem["key"]) for problem in said] == [
        (3, "features.2.geometry"),
        (2, "features.1.properties.code"),
        (3, "features.2.properties.code"),
    ]


def test_a_line_is_not_guessed_where_the_word_stands_elsewhere_first(home):
    content = json.dumps(collection(feature("a1"), note={"features": [1]}))
    assert [problem.line for problem in problems(home, content)] == [None]


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("LARGEST_FILE", 100, "larger than 0 MB"),
        ("MOST_FEATURES", 1, "2 outlines, and 1 is the limit"),
        ("MOST_PARTS", 9, "more than 9 points"),
    ],
)
def test_too_much_is_refused(home, monkeypatch, limit, value, message):
    monkeypatch.setattr(feature_file, limit, value)
    assert [problem.as_json()["message"] for problem in problems(home, TWO)] == [message]


@pytest.mark.parametrize(("name", "message"), [("gone.geojson", "this file is missing"), ("", "this is a folder")])
def test_a_file_that_is_not_there_is_refused(home, name, message):
    with pytest.raises(Refused) as refused:
        boundaries.prepare(home.folder / name, definitions.load(home), Asked())
    assert [problem.message for problem in refused.value.problems] == [message]


def told(capsys: Any, *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["places", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_keeps_the_outlines_and_says_which_places_have_none(home, capsys):
    code, said = told(capsys, str(written(home, collection(feature("centro")))), "--parent", "aurora")
    assert code == 0
    assert said["places"] == ["centro"] and said["without"] == ["puerto"] and said["problems"] == []
    assert (home.folder / said["file"]).stat().st_size == said["bytes"]


def test_a_dry_run_keeps_nothing(home, capsys):
    code, said = told(capsys, str(written(home, TWO)), "--dry-run")
    assert (code, said["places"], said["file"]) == (0, ["centro", "puerto"], None)
    assert not home.boundaries.exists()


def test_a_refused_file_leaves_the_outlines_as_they_were(home, capsys):
    boundaries.keep(home, prepared(home, TWO))
    before = {path: path.read_bytes() for path in home.boundaries.iterdir()}
    code, said = told(capsys, str(written(home, collection(feature("centro"), feature("nobody", polygon(BESIDE))))))
    assert (code, said["places"], len(said["problems"])) == (1, [], 1)
    assert {path: path.read_bytes() for path in home.boundaries.iterdir()} == before


def test_outlines_that_would_be_lost_are_not(home, capsys):
    boundaries.keep(home, prepared(home, TWO))
    code, said = told(capsys, str(written(home, collection(feature("centro")))), "--parent", "aurora")
    assert code == 1
    assert said["problems"][0]["message"] == "the outlines kept now have puerto too, which would be lost"


def test_a_disk_that_takes_nothing_changes_nothing(home, monkeypatch):
    boundaries.keep(home, prepared(home, TWO))
    before = {path: path.read_bytes() for path in home.boundaries.iterdir()}
    full: Callable[..., Any] = lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))  # noqa: E731
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(NotPossibleNow, match="nothing was changed"):
        boundaries.keep(home, prepared(home, TWO))
    assert {path: path.read_bytes() for path in home.boundaries.iterdir()} == before


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"features":[{"id":"centro"}]}', '{"features":[{"id":1,"geometry":{"type":"Polygon"}}]}']
)
def test_kept_outlines_that_are_damaged_say_so_and_are_mended_by_loading_again(home, damage):
    boundaries.keep(home, prepared(home, TWO))
    known = definitions.load(home)
    file = boundaries.file_of(home, "aurora", "district")
    file.write_text(damage, encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read"):
        boundaries.outlines(home, known.place["centro"])
    boundaries.keep(home, prepared(home, TWO))
    assert set(boundaries.outlines(home, known.place["centro"])) == {"centro", "puerto"}


def test_the_demo_city_has_an_outline_for_each_district_around_its_point(tmp_path):
    home = Home(tmp_path)
    copy(demo_files(home))
    known = definitions.load(home)
    districts = [place for place in known.places if place.kind == "district"]
    found = boundaries.outlines(home, districts[0])
    assert set(found) == {place.id for place in districts}
    assert all(found[place.id].contains(shapely.Point(place.longitude or 0, place.latitude or 0)) for place in districts)
    assert shapely.coverage_is_valid(list(found.values()))
    assert boundaries.file_of(Home(REPOSITORY), "villa_quimera", "district").stat().st_size < 60_000
