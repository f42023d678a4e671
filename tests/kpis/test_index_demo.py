"""The indices of the demo city say what docs/demo-city.md says of them."""

import pytest

from data import definitions as definition_files
from data.facts import current
from data.home import Home
from data.periods import Month
from kpis import catalogue as goal_files
from kpis.index import indices
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.doubting import doubted
from kpis.index.reckoned import reckoned

CITY = "villa_quimera"


@pytest.fixture(scope="module")
def found(demo_city: Home) -> dict[str, tuple[Built, Doubted]]:
    definitions, facts = definition_files.load(demo_city), current(demo_city)
    catalogue = goal_files.load(demo_city, definitions)
    known = indices.read(demo_city, definitions, catalogue)
    assert known.problems == ()
    built = {one.recipe.index: reckoned(one, facts, catalogue, definitions, Month(2026, 10)) for one in known.written}
    return {name: (one, doubted(one, own=CITY)) for name, one in built.items()}


def test_the_city_is_in_a_middle_tier_of_all_cities_and_its_rents_hold_it_there(found):
    built, doubt = found["liveable_city"]
    own = built.places.index(CITY)
    assert len(built.places) == 24 and built.left_out == {} and doubt.own == own and doubt.choices and doubt.error
    assert built.rank[own] == 5 and (doubt.rank_low[own], doubt.rank_high[own]) == (3, 6)
    assert doubt.tier[own] == 3 and doubt.tier.max() == 6
    assert min(level.name for level in built.recipe.levels[:-1] if built.parts[level.name][own] < 50) == "living"
    rents = built.steps["raw"][:, built.recipe.names.index("rent")]
    assert sum(rents > rents[own]) <= 2, "of 24, two at the most are dearer"


def test_the_districts_most_in_need_stand_last(found):
    built, doubt = found["neighbourhood_needs"]
    assert len(built.places) == 8 and doubt.own is None and doubt.choices and not doubt.error
    last = {place for place, tier in zip(built.places, doubt.tier, strict=True) if tier == 3}
    assert last == {"puerto_bruma", "ribera_clara"} and doubt.tier.max() == 3


def test_whose_figure_is_of_another_month_is_said(found):
    built, _ = found["liveable_city"]
    assert any("robberies: the figures of Puerto Ficción are of another period than 2026-10" in str(flag) for flag in built.flags)
