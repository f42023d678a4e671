"""Outlines that real offices publish: loaded as they are, or refused with the way to a file that loads."""

import json
from pathlib import Path

import pytest
import shapely
import yaml

from data import boundaries, definitions
from data.boundaries import Asked
from data.boundaries.shapes import AIM
from data.home import Home
from data.problems import Refused

INDICATORS = "themes: [{id: all, name: All}]\nindicators: []\n"
CITY = "name: Somewhere\nplace: somewhere\nmandate: {start: 2024-01-01, end: 2027-12-31}\nareas: []\n"
GEO = "data/public/geo/"
FILES = {
    "New York's boroughs by name": (f"{GEO}nyc_boroughs.geojson", "BoroName", "BoroCode", 5),
    "the municipalities of Colima": (f"{GEO}mexico_colima_municipios.geojson", "NOM_MUN", "CVEGEO", 10),
    "the municipalities of Rio de Janeiro": (f"{GEO}brazil_rj_municipios.geojson", "name", "id", 92),
    "the districts of Barcelona": ("data/public/plan_barcelona_pam/districtes_4326.geojson", "n_distri", "c_distri", 10),
}
TOPOLOGIES = [
    "colombia_municipios_topo.json",
    "es-atlas_autonomous_regions.json",
    "es-atlas_municipalities.json",
    "es-atlas_provinces.json",
]


def home(folder: Path, file: Path, name: str, code: str) -> Home:
    """A home with a place for each feature of a file, known by its official code and its name."""
    found = [feature["properties"] for feature in json.loads(file.read_text(encoding="utf-8"))["features"]]
    places = [
        {"id": f"p_{said[code]}", "name": said[name], "code": str(said[code]), "kind": "district", "parent": "somewhere"} for said in found
    ]
    made = Home(folder)
    made.city.parent.mkdir(parents=True)
    made.city.write_text(CITY, encoding="utf-8")
    made.indicators.write_text(INDICATORS, encoding="utf-8")
    places = [{"id": "somewhere", "name": "Somewhere"}, *places]
    made.places.write_text(yaml.safe_dump({"places": places}, allow_unicode=True), encoding="utf-8")
    return made


@pytest.mark.parametrize(("path", "name", "code", "count"), FILES.values(), ids=FILES)
def test_published_outlines_load_by_code_and_by_name(shared, tmp_path, path, name, code, count):
    city = home(tmp_path / "home", shared / path, name, code)
    known = definitions.load(city)
    by_name = boundaries.prepare(shared / path, known, Asked(names=name))
    found = boundaries.prepare(shared / path, known, Asked(code=code, names=name))
    assert len(found.shapes) == count
    assert by_name.shapes.keys() == found.shapes.keys()


@pytest.mark.parametrize(("path", "name", "code", "count"), FILES.values(), ids=FILES)
def test_published_outlines_are_light_and_keep_their_areas_and_borders(shared, tmp_path, path, name, code, count):
    city = home(tmp_path / "home", shared / path, name, code)
    found = boundaries.prepare(shared / path, definitions.load(city), Asked(code=code))
    _file, size = boundaries.keep(city, found)
    published = [shapely.from_geojson(json.dumps(one["geometry"])) for one in json.loads((shared / path).read_text())["features"]]
    published = [shapely.make_valid(shape, method="structure", keep_collapsed=False) for shape in published]  # islands written as holes
    assert size < 1.2 * AIM
    assert sum(shape.area for shape in found.shapes.values()) == pytest.approx(sum(shape.area for shape in published), rel=0.002)
    assert all(shape.is_valid for shape in found.shapes.values())


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_topojson_is_refused_with_the_way_to_geojson(shared, name):
    with pytest.raises(Refused) as refused:
        boundaries.prepare(shared / GEO / name, definitions.load(Home(Path(__file__).parents[2])), Asked())
    (problem,) = refused.value.problems
    assert "TopoJSON" in problem.message and "mapshaper" in problem.hint
