"""The catalogue keeps file and line order, lets a place's own aim come first, and is read again only after a change."""

import os
from datetime import date
from pathlib import Path

import pytest

import data.parsed
from data.definitions import load as load_definitions
from data.home import Home
from data.yaml_file import read_yaml
from kpis import catalogue
from kpis.definition import Aim, Kpi
from tests.small_city import build


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("small"))


KPI = "  - {{id: {}, name: N, indicator: lights, polarity: higher, owner: police}}\n"


def test_goals_come_in_the_order_of_files_and_lines(home):
    for name, ids in (("a.yaml", "zy"), ("b.yaml", "xw")):
        (home.definitions / name).write_text("kpis:\n" + "".join(KPI.format(one) for one in ids), encoding="utf-8")
    found = catalogue.load(home, load_definitions(home))
    (home.definitions / "a.yaml").unlink()
    (home.definitions / "b.yaml").unlink()
    assert [kpi.id for kpi in found.kpis if len(kpi.id) == 1] == ["z", "y", "x", "w"]
    assert list(found.kpi) == [kpi.id for kpi in found.kpis]


def test_each_part_of_an_aim_is_the_places_own_or_the_goals(home):
    home.targets.mkdir(parents=True, exist_ok=True)
    own = home.targets / "centro.yaml"
    own.write_text("targets: {lights: {target: {value: 99, date: 2027-12-31}}, lanes: {target: null}}", encoding="utf-8")
    found = catalogue.load(home, load_definitions(home))
    own.unlink()
    kpi, aim = found.kpi["lights"], found.aim("lights", "centro")
    assert aim.target and (aim.target.value, aim.target.date) == (99, date(2027, 12, 31))
    assert aim.baseline == kpi.baseline
    assert found.aim("lanes", "centro").target is None, "a place may give up a goal"
    assert found.aim("lights", "puerto") == Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path)


def test_files_are_read_again_only_after_a_change(home):
    definitions = load_definitions(home)
    first = catalogue.load(home, definitions)
    assert catalogue.load(home, definitions) is first
    changed: Path = home.definitions / "all.yaml"
    os.utime(changed, ns=(1, 1))
    second = catalogue.load(home, definitions)
    assert second is not first
    assert second.kpis == first.kpis


def test_only_the_file_that_changed_is_read_again(home, monkeypatch):
    definitions, read = load_definitions(home), []
    for name in ("p.yaml", "q.yaml"):
        (home.definitions / name).write_text("kpis:\n" + KPI.format(name[0]), encoding="utf-8")
    catalogue.load(home, definitions)
    monkeypatch.setattr(data.parsed, "read_yaml", lambda path, name: (read.append(path.name), read_yaml(path, name))[1])
    os.utime(home.definitions / "q.yaml", ns=(2, 2))
    assert list(catalogue.load(home, definitions).kpi)[-2:] == ["p", "q"]
    catalogue.load(home, load_definitions(home))
    for name in ("p.yaml", "q.yaml"):
        (home.definitions / name).unlink()
    assert read == ["q.yaml"]


def test_a_new_file_is_seen(home):
    definitions = load_definitions(home)
    before = len(catalogue.load(home, definitions).kpis)
    new = home.definitions / "new.yaml"
    new.write_text("kpis:\n" + KPI.format("new"), encoding="utf-8")
    assert len(catalogue.load(home, definitions).kpis) == before + 1
    new.unlink()
    assert len(catalogue.load(home, definitions).kpis) == before


def test_a_home_without_goals_has_an_empty_catalogue(home, tmp_path):
    assert catalogue.load(Home(tmp_path), load_definitions(home)).kpis == ()


def test_a_goal_knows_which_way_is_a_gain():
    told = {"id": "a", "name": "A", "indicator": "i", "owner": "o"}
    assert [Kpi.model_validate({"polarity": polarity, **told}).sign for polarity in ("higher", "lower")] == [1, -1]
