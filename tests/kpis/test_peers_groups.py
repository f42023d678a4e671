"""Every set of places that one may be compared with."""

from dataclasses import replace

import pytest

from data.places import Group, Place, Trait
from kpis.peers.choosing import nearest
from kpis.peers.fellows import fellows
from kpis.peers.groups import peer_sets, size_of
from tests import kpi_town

PLACES = (
    Place(id="north", name="North", kind="region"),
    Place(id="south", name="South", kind="region"),
    Place(id="own", name="Own", parent="north", population=90_000, traits={"coast": "sea"}),
    Place(id="twin", name="Twin", parent="north", population=50_000, traits={"coast": "inland"}),
    Place(id="far", name="Far", parent="south", population=300_000, traits={"coast": "sea"}),
    Place(id="new", name="New"),
    Place(id="hill", name="Hill", kind="district", parent="own", population=40_000),
    Place(id="dale", name="Dale", kind="district", parent="own", population=50_000),
    Place(id="hut", name="Hut", kind="district", parent="far", population=10_000),
)
FOUND = replace(
    kpi_town.definitions(kpi_town.indicator()),
    places=PLACES,
    traits=(Trait(id="coast", name="Coast", kind="category", peers=False, categories={"sea": "By the sea"}),),
    groups=(
        Group(id="away", name="Away", places=("far", "new")),
        Group(id="ports", name="Ports", places=("far", "own", "hut"), why="Ships"),
        Group(id="lonely", name="Lonely", places=("own",)),
    ),
    sizes=(50_000, 250_000),
)


def test_a_city_is_compared_with_cities_and_a_district_with_those_of_its_city():
    assert fellows(FOUND, "own") == ("own", "twin", "far", "new")
    assert fellows(FOUND, "hill") == ("hill", "dale")
    assert fellows(FOUND, "north") == ("north", "south")


def test_a_district_is_not_grouped_with_those_of_another_city():
    sets = {
        each.id: each.places for each in peer_sets(replace(FOUND, groups=(Group(id="mix", name="Mix", places=("dale", "hut")),)), "hill")
    }
    assert sets["group:mix"] == ("dale",)


def test_every_set_with_its_name_and_members():
    sets = {each.id: each for each in peer_sets(FOUND, "own", nearest(FOUND, None, "own"))}
    assert {name: each.places for name, each in sets.items()} == {
        "nearest": ("twin", "far"),
        "group:ports": ("far",),
        "group:away": ("far", "new"),
        "region": ("twin",),
        "trait:coast": ("far",),
        "size": ("twin",),
        "all": ("twin", "far", "new"),
    }
    assert next(iter(sets)) == "nearest" and list(sets)[-1] == "all"
    assert list(sets)[1:3] == ["group:ports", "group:away"], "those that have the place come first"
    assert (sets["group:ports"].holds, sets["group:ports"].why, sets["group:away"].holds) == (True, "Ships", False)
    assert (sets["region"].name, sets["trait:coast"].name, sets["trait:coast"].of) == ("North", "By the sea", "Coast")
    assert (sets["size"].low, sets["size"].high) == (50_000, 250_000)


def test_a_place_without_what_a_set_asks_for_has_no_such_set():
    assert [each.id for each in peer_sets(FOUND, "new")] == ["group:away", "group:ports", "group:lonely", "all"]
    assert [each.id for each in peer_sets(FOUND, "hill", nearest(FOUND, None, "hill"))] == ["nearest", "all"]
    with pytest.raises(KeyError):
        peer_sets(FOUND, "nobody")


@pytest.mark.parametrize(("residents", "number"), [(0, 0), (49_999, 0), (50_000, 1), (249_999, 1), (250_000, 2)])
def test_a_class_begins_with_its_first_residents(residents, number):
    assert size_of(FOUND, residents) == number
