"""What places are compared by is checked as it is read: each fault with its line and its cure."""

import re
from pathlib import Path

import pytest

from data.definitions import load
from data.home import Home
from data.new_home import copy, starter_files
from data.problems import Refused

CITY = "name: Town\nplace: town\nmandate: {start: 2023-07-01, end: 2027-06-30}\nareas: [{id: works, name: Works}]\n"
INDICATORS = """themes: [{id: life, name: Life}]
indicators:
  - {id: rain, name: Rain, unit: mm, kind: level, frequency: year, theme: life, source: desk, owner: works, measures: context}
  - {id: thefts, name: Thefts, unit: thefts, kind: flow, frequency: year, theme: life, source: desk, owner: works, measures: outcome}
  - {id: fires, name: Fires, unit: fires, kind: flow, frequency: year, theme: life, source: desk, owner: works}
"""
GOOD = """traits:
  - {id: income, name: Income, unit: EUR}
  - {id: density, name: Density, log: true}
  - {id: coast, name: Coast, kind: category, categories: {sea: By the sea, inland: Inland}}
  - {id: rain, name: Rain, indicator: rain}
  - {id: land, name: Land, kind: category}
groups:
  - {id: ports, name: Ports, places: [town, port]}
sizes: [50000, 250000]
places:
  - {id: town, name: Town, traits: {income: 21500, density: 900.5, coast: sea, land: north}}
  - {id: port, name: Port, traits: {income: 19000}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.city.parent.mkdir()
    for path, text in ((home.city, CITY), (home.places, GOOD), (home.indicators, INDICATORS)):
        path.write_text(text, encoding="utf-8")
    return home


def test_traits_groups_and_sizes_are_read(home):
    found = load(home)
    assert [trait.id for trait in found.traits] == ["income", "density", "coast", "rain", "land"]
    assert found.place["town"].traits == {"income": 21500, "density": 900.5, "coast": "sea", "land": "north"}
    assert (found.groups[0].places, found.sizes) == (("town", "port"), (50_000, 250_000))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: density", "id: income", "places.yaml:3: traits.2.id: the id 'income' is given twice; rename one of them"),
        ("id: density", "id: population", "places.yaml:3: traits.2.id: `population` is no trait; remove it"),
        ("kind: category, c", "kind: category, log: true, c", "places.yaml:4: traits.3.log: a category has no logarithm; remove `log`"),
        ("kind: category}", "kind: category, indicator: rain}", "places.yaml:6: traits.5.indicator: an indicator gives numbers"),
        ("kind: category, c", "c", "places.yaml:4: traits.3.categories: a number has no categories; write `kind: category`"),
        ("indicator: rain", "indicator: rian", "places.yaml:5: traits.4.indicator: 'rian' is not a known indicator; write rain"),
        ("indicator: rain", "indicator: thefts", "places.yaml:5: traits.4.indicator: peers are chosen by context, and 'thefts' does not"),
        ("indicator: rain", "indicator: fires", "places.yaml:5: traits.4.indicator: peers are chosen by context, and 'fires' does not"),
        ("{income: 19000}", "{incme: 19000}", "places.yaml:12: places.2.traits.incme: 'incme' is not a known trait; write income"),
        ("{income: 19000}", "{income: low}", "places.yaml:12: places.2.traits.income: 'low' is a word, and 'income' is a number"),
        ("{income: 19000}", "{coast: 3}", "places.yaml:12: places.2.traits.coast: 3 is a number, and 'coast' is a category; write a word"),
        ("{income: 19000}", "{coast: see}", "places.yaml:12: places.2.traits.coast: 'see' is not a known category; write sea"),
        ("{income: 19000}", "{density: 0}", "places.yaml:12: places.2.traits.density: 0 has no logarithm, by which 'density' is compared"),
        (
            "{income: 19000}",
            "{rain: 600}",
            "places.yaml:12: places.2.traits.rain: 'rain' is read from the indicator 'rain'; remove it",
        ),
        ("{income: 19000}", "{income: true}", "places.yaml:12: places.2.traits.income: true is not a number"),
        ("places: [town, port]", "places: [town, prt]", "places.yaml:8: groups.1.places.2: 'prt' is not a known place; write port"),
        ("places: [town, port]", "places: [town, town]", "places.yaml:8: groups.1.places.2: 'town' is named twice; name each place once"),
        ("places: [town, port]", "places: []", "places.yaml:8: groups.1.places"),
        ("sizes:", "  - {id: ports, name: P, places: [town]}\nsizes:", "places.yaml:9: groups.2.id: the id 'ports' is given twice"),
        ("sizes: [50000", "sizes: [250000", "places.yaml:9: sizes.2: 250000 is not above 250000; write the residents at which"),
        ("sizes: [50000", "sizes: [0", "places.yaml:9: sizes.1: 0 is not above 0; write the residents at which"),
    ],
)
def test_each_fault_names_its_line_and_its_cure(home, old, new, expected):
    assert GOOD.count(old) == 1, "the fault stands in one place"
    home.places.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(home)
    assert str(refused.value.problems[0]).startswith(f"data/{expected}")


def test_the_examples_of_a_new_home_hold_as_soon_as_they_are_uncommented(tmp_path):
    new = Home(tmp_path / "new")
    copy(starter_files(new.folder))
    lines = [
        re.sub(r"^( *)# ( *(- \{|(traits|groups|sizes):))", r"\1\2", line) for line in new.places.read_text(encoding="utf-8").splitlines()
    ]
    new.places.write_text("\n".join(lines), encoding="utf-8")
    found = load(new)
    assert [place.id for place in found.places] == ["my_city", "north", "south", "other_city"]
    assert (len(found.traits), len(found.groups), found.sizes) == (3, 1, (50_000, 250_000))


def test_every_fault_is_said_at_once(home):
    text = GOOD.replace("indicator: rain", "indicator: thefts").replace("{income: 19000}", "{income: low, coast: see}")
    home.places.write_text(text.replace("[town, port]", "[prt]").replace("250000", "100"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(home)
    assert [problem.line for problem in refused.value.problems] == [5, 12, 12, 8, 9]
