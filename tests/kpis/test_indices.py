"""The indices of a home: what is wrong with each, what they take from the home, and how they are checked, kept, copied and saved."""

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.access import Actor, NotAllowed, Role
from data.backup.definition_files import definition_files
from data.home import REPOSITORY, Home
from data.new_home import demo_files
from data.problems import Refused
from kpis import catalogue as goal_files
from kpis.checking import check
from kpis.index import indices, kept, kept_ways
from kpis.index.at_home import problems, settled
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.reckoned import reckoned
from kpis.index.saving import indices as shelf
from tests.index_home import DECEMBER, INDEX, NOVEMBER, asked, build, known

TABLE = "index: nations\ntable: nations.csv\nindicators: [{name: life, column: life}]\nlevels: [{name: nations, of: [life]}]\n"
CRIME_ALONE = """
index: calm
indicators: [{name: crime, indicator: crime}]
levels: [{name: calm, of: [crime]}]
"""
GOAL = """
kpis:
  - {id: fewer_trips, name: Fewer trips, indicator: trips, polarity: lower, owner: city_hall}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("town"))


@pytest.fixture
def home(town, tmp_path) -> Home:
    found = Home(Path(shutil.copytree(town.folder, tmp_path / "home")))
    found.indices.mkdir(parents=True)
    return found


def put(home: Home, text: str = INDEX, name: str = "well") -> None:
    (home.indices / f"{name}.yaml").write_text(text, encoding="utf-8")


def said(home: Home, text: str) -> list[str]:
    _, catalogue, definitions = known(home)
    return [str(problem) for problem in problems(asked(text), catalogue, definitions)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("indicator: crime", "indicator: crimes", ":6: indicators.1.indicator: 'crimes' is not a known indicator; write crime, or define"),
        (
            "indicator: crime",
            "indicator: calls",
            ":6: indicators.1: it is not said which end of calls is better; write `direction: higher`",
        ),
        ("indicator: trips", "indicator: parks", ":7: indicators.2: parks is a count: the largest place has the most of it; write `denom"),
        ("indicator: trips", "indicator: trips, denominator: home", ":7: indicators.2.denominator: 'home' is not a known indicator; write"),
        ("places: cities", "places: [alta, baia]", ":3: places.2: 'baia' is not a known place; write baja, or define it first"),
        ("places: cities", "places: [alta, alta]", ":3: places: a place is named twice; name each once"),
        ("places: cities", "places: [alta]", ":3: places: there is nobody to compare with; name places"),
        ("places: cities", "places: cities\nmissing: {group_mean: homes}", ":4: missing.group_mean: 'homes' is not a known trait"),
        (
            "places: cities",
            "places: cities\nblend: {region: cost, share: 0.1}",
            ":4: blend.region: 'cost' is not a known trait; write coast",
        ),
    ],
)
def test_what_the_home_does_not_know_is_said_with_its_line_and_cure(home, old, new, expected):
    (found,) = said(home, INDEX.replace(old, new, 1))
    assert found.startswith(f"well.yaml{expected}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("indicator: crime", "indicator: calls, direction: lower"),
        ("indicator: trips", "indicator: parks, denominator: homes"),
        ("indicator: trips", "indicator: trips_per_crime, direction: higher"),
        ("places: cities", "places: districts"),
        ("places: cities", "places: cities\nmissing: {group_mean: coast}"),
    ],
)
def test_what_it_does_know_is_not_complained_of(home, old, new):
    assert said(home, INDEX.replace(old, new, 1)) == []


def test_what_is_not_said_is_taken_from_the_indicator_and_the_goal_on_it_comes_first(home):
    (home.definitions / "trips.yaml").write_text(GOAL, encoding="utf-8")
    _, catalogue, definitions = known(home)
    found = settled(asked(INDEX.replace("name: green", "name: green, label: Trees, unit: m²")), catalogue, definitions).recipe.indicators
    assert [one.direction for one in found] == ["lower", "lower", "higher"]
    assert [one.label for one in found] == ["crime", "trips", "Trees"] and found[2].unit == "m²" and found[0].source == "published"
    told = settled(asked(INDEX.replace("indicator: crime", "indicator: crime, direction: higher")), catalogue, definitions)
    assert told.recipe.indicators[0].direction == "higher", "what the index says holds"


def test_one_broken_file_is_named_and_hides_no_other(home):
    put(home)
    put(home, "index: broken\nindicators: [\n", "broken")
    put(home, INDEX, "zwin")
    put(home, TABLE.replace("nations.csv", "../definitions/x.csv"), "nations")
    _, catalogue, definitions = known(home)
    found = indices.read(home, definitions, catalogue)
    assert [one.recipe.index for one in found.written] == ["well"] and found.find("well") and found.find("broken") is None
    assert found.broken == ("broken", "nations", "zwin")
    told = "\n".join(map(str, found.problems))
    assert "kpis/indices/broken.yaml:" in told
    misnamed = (
        "kpis/indices/zwin.yaml:2: index: the index 'well' stands in a file of another name; name the file well.yaml, or the index zwin"
    )
    assert misnamed in told, "the panel would change the other one, or remove it"
    assert "kpis/indices/nations.yaml:2: table: the table '../definitions/x.csv' does not lie beside the index" in told


def test_a_file_is_read_again_when_it_changes(home):
    put(home)
    _, catalogue, definitions = known(home)
    before = indices.read(home, definitions, catalogue)
    assert indices.read(home, definitions, catalogue) is before
    put(home, INDEX.replace("coverage: 0.5", "coverage: 0.75"))
    os.utime(home.indices / "well.yaml", (0, 0))
    (after,) = indices.read(home, definitions, catalogue).written
    assert after.recipe.coverage == 0.75


def test_the_stamp_of_the_indices_goes_by_their_tables_too(home):
    put(home)
    table = home.indices / "figures" / "nations.csv"
    table.parent.mkdir()
    table.write_text("place,life\na,1\n", encoding="utf-8")
    before = indices.stamp(home)
    table.write_text("place,life\na,21\n", encoding="utf-8")
    assert indices.stamp(home) != before, "a page would show the old ranks, or the old refusal, until it is started anew"


def test_the_check_reads_them_and_so_it_does_where_they_are_named_alone(home):
    put(home, INDEX.replace("indicator: crime", "indicator: crimes"))
    for paths in ((), (home.indices,), (home.indices / "well.yaml",)):
        assert [problem.path for problem in check(home, paths).problems] == ["kpis/indices/well.yaml"]
    put(home)
    assert check(home).problems == () and check(home, (home.indices,)).problems == ()


def test_they_and_their_tables_are_definitions_and_the_demo_has_them(home):
    put(home)
    (home.indices / "nations.csv").write_text("place,life\n", encoding="utf-8")
    assert {"kpis/indices/well.yaml", "kpis/indices/nations.csv"} <= set(definition_files(home))
    copied = {path.relative_to(home.folder).as_posix() for path in demo_files(home)}
    shipped = {f"kpis/indices/{path.name}" for path in Home(REPOSITORY).indices.glob("*.yaml")}
    assert len(shipped) == 2 and shipped <= copied


def made(home: Home, month=DECEMBER, text: str = INDEX) -> Built:
    facts, catalogue, definitions = known(home)
    return reckoned(settled(asked(text), catalogue, definitions), facts, catalogue, definitions, month)


def certain(built: Built, draws: int = 100) -> Doubted:
    """Nothing was doubted."""
    score, rank = built.score, built.rank
    return Doubted(draws, score, score, rank, rank, rank, rank, None, None, choices=("weights",), error=False)


SEEN = {"alta": np.array([np.nan, 0.5]), "baja": np.array([0.5, np.nan])}
"""How often each place stands before the others."""


def test_doubt_is_kept_for_what_it_was_drawn_of_and_for_nothing_else(home):
    built = made(home)
    assert kept.latest(home, built, "alta") is None
    kept.keep(home, built, "alta", certain(built), SEEN)
    found = kept.latest(home, made(home, text=INDEX.replace("coverage", "purpose: Another word\ncoverage")), "alta")
    assert (
        found is not None
        and found.score_low.tolist() == built.score.tolist()
        and found.choices == ("weights",)
        and found.own == built.places.index("alta")
    )
    assert found.outranks is not None and np.isnan(found.outranks[0])
    other = kept.latest(home, built, "baja")
    assert other is not None and other.outranks is not None and np.isnan(other.outranks[1]), "one file for all places"
    assert kept.latest(home, built, "cima") is None, "of a place that it knows nothing of"
    kept.keep(home, made(home, text=CRIME_ALONE), None, certain(built), {})
    assert kept.latest(home, made(home, text=CRIME_ALONE), None)
    assert kept.latest(home, made(home, NOVEMBER, CRIME_ALONE), None) is None, "of other figures"
    losses = np.full_like(built.figures.values, 20.0)
    assert kept.latest(home, replace(built, figures=replace(built.figures, losses=losses)), "alta") is None, "of other losses"
    assert kept.latest(home, made(home, text=f"{INDEX}doubt: {{weights: 0.2}}\n"), "alta") is None, "of another recipe"


def test_what_was_kept_and_is_damaged_is_drawn_anew_and_old_files_go(home, monkeypatch):
    built, drawn = made(home), []
    monkeypatch.setattr("kpis.index.doubting.seen_from", lambda built, owns: drawn.append(list(owns)) or (certain(built), SEEN))
    kept.renewed(home, built, "alta")
    (path,) = (home.store / "indices").iterdir()
    assert kept.renewed(home, built, "alta") and kept.renewed(home, built, "baja") and drawn == [list(built.places)], "it was kept"
    for damage in ("", "{}", "[1]", '{"draws": 3}', path.read_text(encoding="utf-8").replace("rank_low", "rank_lower")):
        path.write_text(damage, encoding="utf-8")
        assert kept.latest(home, built, "alta") is None
    kept.renewed(home, built, "alta")
    assert len(drawn) == 2
    monkeypatch.setattr(kept, "MOST", 2)
    monkeypatch.setattr(kept, "PAIRED", 1)
    for place in ("alta", "baja"):
        assert kept.latest(home, built, place) is None, "of so many, each by itself"
        kept.renewed(home, built, place)
    assert drawn[2:] == [["alta"], ["baja"]]
    assert len(list((home.store / "indices").iterdir())) == 2 and kept.latest(home, built, "baja")


def test_ways_up_are_kept_for_the_place_they_lead_and_found_anew_where_they_are_damaged(home, monkeypatch):
    built, found = made(home), []
    own, other = [built.places[number] for number in np.argsort(built.rank)[::-1][:2].tolist()]
    right = kept_ways.ways_up
    monkeypatch.setattr(kept_ways, "ways_up", lambda built, doubt, own: found.append(own) or right(built, doubt, own))
    ways = kept_ways.renewed(home, built, certain(built), own)
    assert ways and kept_ways.renewed(home, built, certain(built), own) == ways and found == [own], "it was kept"
    assert kept_ways.latest(home, built, other) is None, "of another place"
    assert kept_ways.latest(home, made(home, text=f"{INDEX}doubt: {{weights: 0.2}}\n"), own) is None, "of another recipe"
    (path,) = (home.store / "indices" / "ways").iterdir()
    for damage in ("", "3", "[1]", "[{}]", path.read_text(encoding="utf-8").replace("steps", "stairs")):
        path.write_text(damage, encoding="utf-8")
        assert kept_ways.latest(home, built, own) is None
    monkeypatch.setattr(kept_ways.kept, "put", lambda *_told: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert kept_ways.renewed(home, built, certain(built), own) == ways


def test_where_nothing_can_be_kept_it_is_drawn_all_the_same(home, monkeypatch):
    built = made(home)
    monkeypatch.setattr("kpis.index.doubting.seen_from", lambda built, owns: (certain(built), {}))
    monkeypatch.setattr(kept, "keep", lambda *_told: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert kept.renewed(home, built, None).draws == 100


def test_an_index_is_saved_by_the_office_with_its_reason_and_comes_back(home):
    office, mayor, day = Actor(1, "Olga", frozenset({Role("office")})), Actor(2, "Marta", frozenset({Role("mayor")})), date(2026, 1, 9)
    put(home)
    draft = shelf(home).changed("well", {"coverage": 0.75})
    with pytest.raises(NotAllowed):
        shelf(home).save(mayor, draft, "Why", day, lambda _draft: None)
    shelf(home).save(office, draft, "Half was too little", day, lambda _draft: None)
    definitions = known(home)[2]
    (now,) = indices.read(home, definitions, goal_files.load(home, definitions)).written
    assert now.recipe.coverage == 0.75 and now.recipe.changes[0].reason == "Half was too little"
    shelf(home).remove(office, "well", "Nobody reads it", day)
    with pytest.raises(Refused, match="there is no such index any more"):
        shelf(home).changed("well", {"coverage": 0.5})
    assert shelf(home).removed() == ["well"] and "coverage: 0.75" in str(shelf(home).before("well"))
