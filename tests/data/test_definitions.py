"""What a city wrote about its data is read and checked together, and every problem names file, line and cure."""

import os
from pathlib import Path

import pytest

from data.definitions import load, stamp
from data.home import Home
from data.located import near
from data.problems import Refused

GOOD = {
    "city": """name: {es: Ciudad, en: Town}
place: town
mandate:
  start: 2023-07-01
  end: 2027-06-30
  axes: [{id: green, name: Green}, {id: safe, name: Safe}]
areas: [{id: works, name: Works}, {id: health, name: Health}]
""",
    "places": """places:
  - {id: town, name: Town}
  - {id: north, name: North, kind: district, parent: town}
  - {id: south, name: South, kind: district, parent: town, latitude: 38.4, longitude: -17.3, population: 100}
""",
    "indicators": """themes: [{id: life, name: Life}]
indicators:
  - {id: lights, name: Lights, unit: "%", kind: level, frequency: month, theme: life, source: desk, owner: works, min: 0, max: 100}
  - {id: births, name: Births, unit: births, kind: flow, frequency: year, theme: life, source: desk, owner: health}
""",
    "sources": """sources:
  - id: desk
    name: Desk
    columns: {place: where, indicator: what, period: month, value: value}
    names: {places: {Norte: north}, indicators: {Luces: lights}}
""",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.city.parent.mkdir()
    for name, text in GOOD.items():
        getattr(home, name).write_text(text, encoding="utf-8")
    return home


def problems(home: Home) -> list[str]:
    with pytest.raises(Refused) as refused:
        load(home)
    return [str(problem) for problem in refused.value.problems]


def test_a_good_home_is_read_whole(home):
    found = load(home)
    assert list(found.place) == ["town", "north", "south"]
    assert found.place["north"].parent == "town"
    assert found.indicator["lights"].max == 100
    assert found.source["desk"].names.places == {"Norte": "north"}
    assert found.area == {"works": "Works", "health": "Health"}
    assert [theme.id for theme in found.themes] == ["life"]


def test_an_indicator_has_the_citys_fiscal_year_unless_it_says_its_own(home):
    home.city.write_text(GOOD["city"] + "fiscal_year_starts: 7\n", encoding="utf-8")
    home.indicators.write_text(GOOD["indicators"].replace("kind: flow,", "kind: flow, fiscal_year_starts: 1,"), encoding="utf-8")
    assert {name: one.year_starts for name, one in load(home).indicator.items()} == {"lights": 7, "births": 1}
    home.city.write_text(GOOD["city"] + "fiscal_year_starts: 13\n", encoding="utf-8")
    assert len(problems(home)) == 1


def test_a_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(Refused, match=r"data/city.yaml: (this file is missing|cannot be read)"):
        load(Home(tmp_path / "home"))


def test_a_home_needs_no_sources(home):
    home.sources.unlink()
    assert load(home).sources == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("city", "place: town", "place: twon", "city.yaml:2: place: 'twon' is not a known place; write town, or define it first"),
        ("city", "end: 2027", "end: 2020", "city.yaml:5: mandate.end: the mandate ends before it starts; correct one of the two dates"),
        ("city", "id: safe", "id: green", "city.yaml:6: mandate.axes.2.id: the id 'green' is given twice; rename one of them"),
        ("city", "id: health", "id: works", "city.yaml:7: areas.2.id: the id 'works' is given twice; rename one of them"),
        ("city", "place: town", "place: Town", "city.yaml:2: place: 'Town' is not a valid name here; use small letters"),
        ("city", "areas:", "review_day: 31\nareas:", "city.yaml:7: review_day: 31 is too large; write 28 or less"),
        ("city", "areas:", "locale: es\nareas:", "city.yaml:7: locale: 'es' is not allowed here; write one of: 'es_ES'"),
        (
            "city",
            "areas:",
            "events: [{date: 2025-01-01, name: X, indicators: [light]}]\nareas:",
            "city.yaml:7: events.1.indicators.1: 'light' is not a known indicator; write lights",
        ),
        (
            "city",
            "areas:",
            "events: [{date: 2025-01-01, name: X, places: [twn]}]\nareas:",
            "city.yaml:7: events.1.places.1: 'twn' is not a known place; write town",
        ),
        ("city", "areas:", "events: [{date: soon, name: X}]\nareas:", "city.yaml:7: events.1.date: 'soon' is not a date"),
        ("places", "id: south", "id: north", "places.yaml:4: places.3.id: the id 'north' is given twice; rename one of them"),
        ("places", "parent: town}", "parent: twn}", "places.yaml:3: places.2.parent: 'twn' is not a known place; write town"),
        ("places", ", parent: town}", "}", "places.yaml:3: places.2: a district needs a parent; add `parent:` with the city's id"),
        (
            "places",
            "name: Town}",
            "name: Town, parent: north}",
            "places.yaml:2: places.1.parent: 'town' lies inside itself; correct the parent",
        ),
        ("places", "latitude: 38.4", "latitude: 98.4", "places.yaml:4: places.3.latitude: 98.4 is too large; write 90.0 or less"),
        ("places", "population: 100", "population: 1e2", "places.yaml:4: places.3.population: 100.0 is not a whole number"),
        ("places", "population: 100", "population: 1000000000000", "places.yaml:4: places.3.population: 1000000000000 is too large"),
        ("indicators", "min: 0", "min: 0, fresh_days: 1000000", "indicators.yaml:3: indicators.1.fresh_days: 1000000 is too large"),
        (
            "indicators",
            "id: births",
            "id: lights",
            "indicators.yaml:4: indicators.2.id: the id 'lights' is given twice; rename one of them",
        ),
        (
            "indicators",
            "[{id: life, name: Life}]",
            "[{id: lif, name: L}, {id: life, name: L}, {id: lif, name: L}]",
            "indicators.yaml:1: themes.3.id: the id",
        ),
        (
            "indicators",
            "theme: life, source: desk, owner: h",
            "theme: lif, source: desk, owner: h",
            "indicators.yaml:4: indicators.2.theme: 'lif' is",
        ),
        ("indicators", "owner: health", "owner: helth", "indicators.yaml:4: indicators.2.owner: 'helth' is not a known area; write health"),
        ("indicators", "min: 0", "min: 100", "indicators.yaml:3: indicators.1.min: `min` is not below `max`; correct one of them"),
        ("indicators", "frequency: year", "frequency: yearly", "indicators.yaml:4: indicators.2.frequency: 'yearly' is not allowed here"),
        (
            "sources",
            "Norte: north",
            "Norte: nort",
            "sources.yaml:5: sources.1.names.places.Norte: 'nort' is not a known place; write north",
        ),
        ("sources", "Luces: lights", "Luces: light", "sources.yaml:5: sources.1.names.indicators.Luces: 'light' is not a known indicator"),
        ("sources", "place: where, ", "", "sources.yaml:2: sources.1: place is given 0 times; give it once: under `columns`, under `all`"),
    ],
)
def test_a_problem_names_file_line_and_cure(home, file, old, new, expected):
    assert old in GOOD[file]
    getattr(home, file).write_text(GOOD[file].replace(old, new, 1), encoding="utf-8")
    found = problems(home)
    assert found[0].startswith(f"data/{expected}"), found
    others = {"areas.2.id": 1, "places.1.parent": 1}  # an area less leaves its owners without; a circle of places has two
    assert len(found) == 1 + others.get(expected.split(": ")[1], 0)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("all: {place: town}", "sources.1: place is given 2 times"),
        ("all: {indicator: lights}", "sources.1: indicator is given 2 times"),
        ("all: {period: 2024}", "sources.1: period is given 2 times"),
        ("wide: {}", "sources.1.wide: a wide file has columns of one kind"),
        ("wide: {indicators: {}}", "sources.1.wide.indicators: a wide file has columns of values, and none is named"),
        ("wide: {periods: {'2024': 2024}, places: {N: north}}", "sources.1.wide: a wide file has columns of one kind"),
        ("decimal: ','\n    thousands: ','", "sources.1.thousands: the decimal and the thousands mark are the same"),
    ],
)
def test_a_source_says_each_thing_once(home, tail, expected):
    home.sources.write_text(f"{GOOD['sources']}    {tail}\n", encoding="utf-8")
    assert any(f": {expected}; " in problem for problem in problems(home))


def test_a_wide_source_names_known_ids(home):
    columns = "    columns: {place: where, period: month}\n    wide: {indicators: {Luces: lights, Otra: other}}\n"
    home.sources.write_text(f"sources:\n  - id: desk\n    name: Desk\n{columns}", encoding="utf-8")
    found = "data/sources.yaml:5: sources.1.wide.indicators.Otra: 'other' is not a known indicator"
    assert problems(home) == [f"{found}; write one that is defined, or define it first"]


def test_the_problems_of_all_files_are_told_at_once(home):
    home.city.write_text(GOOD["city"].replace("place: town", "place: x").replace("id: safe", "id: green"), encoding="utf-8")
    home.places.write_text(GOOD["places"].replace("id: south", "id: north"), encoding="utf-8")
    home.indicators.write_text(GOOD["indicators"].replace("owner: works", "owner: x"), encoding="utf-8")
    home.sources.write_text(GOOD["sources"].replace("north", "nowhere"), encoding="utf-8")
    assert [problem.split(":")[0] for problem in problems(home)] == [
        *["data/city.yaml"] * 2,
        "data/places.yaml",
        "data/indicators.yaml",
        "data/sources.yaml",
    ]


def test_files_that_cannot_be_read_are_all_told(home):
    home.city.unlink()
    home.places.write_text("places: [", encoding="utf-8")
    home.indicators.write_bytes(b"\xff")
    found = problems(home)
    assert [problem.split(": ")[0].split(":")[0] for problem in found] == ["data/city.yaml", "data/places.yaml", "data/indicators.yaml"]
    assert "this file is missing; make it, or start from `python -m data new DIR`" in found[0]


def test_definitions_are_read_again_only_after_a_change(home):
    first = load(home)
    assert load(home) is first
    os.utime(home.indicators, ns=(1, 1))
    assert load(home) is not first
    home.indicators.write_text(GOOD["indicators"].replace("name: Births", "name: All births"), encoding="utf-8")
    assert load(home).indicator["births"].name == "All births"


def test_a_stamp_knows_a_file_that_comes_and_goes(tmp_path):
    file = tmp_path / "a.yaml"
    missing = stamp(file)
    file.write_text("a", encoding="utf-8")
    there = stamp(file)
    file.unlink()
    assert missing == stamp(file) != there


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ligts", "lights"), ("lights", "lights"), ("zzz", "one that is defined")],
)
def test_a_hint_names_what_is_near(name, expected):
    assert near(name, ["lights", "births"]) == expected
