"""`python -m kpis peers`: the promised JSON, and what is refused."""

import json
from datetime import date

import pytest

from data.definitions import load
from data.facts import current
from data.home import Home
from data.new_home import copy, demo_files
from kpis.__main__ import main
from kpis.peers.context import context
from tests.small_city import build


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The demo's definitions, without any figures: peers need none."""
    found = Home(tmp_path_factory.mktemp("home"))
    copy(demo_files(found))
    return found


def run(capsys, home, monkeypatch, *told: str) -> tuple[int, dict]:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    code = main(["peers", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_contract_is_printed(capsys, home, monkeypatch):
    code, said = run(capsys, home, monkeypatch, "--place", "villa_quimera")
    assert code == 0 and list(said) == ["place", "variables", "peers", "method", "stability", "left_out", "not_used"]
    assert said["variables"] == ["population", "density", "income", "over_65", "rain", "setting"]
    assert (said["place"], said["method"], said["left_out"], len(said["peers"])) == ("villa_quimera", "gower", [], 15)
    assert all({"place", "distance", "reason"} <= set(peer) for peer in said["peers"])
    assert [peer["place"] for peer in said["peers"][:2]] == ["san_parabola", "santa_metafora"]
    assert said["stability"].keys() == set(said["variables"]) and min(said["stability"].values()) >= 0.9
    distances = [peer["distance"] for peer in said["peers"]]
    assert distances == sorted(distances) and distances[0] > 0 and distances[-1] < 1


def test_a_district_has_the_other_districts_of_its_city(capsys, home, monkeypatch):
    code, said = run(capsys, home, monkeypatch, "--place", "puerto_bruma", "--n", "30")
    assert code == 0 and len(said["peers"]) == 7 and said["peers"][-1]["distance"] == 1
    assert said["stability"] == {} and said["not_used"] == ["rain"], "it rains alike all over a city"


def test_what_is_wrong_is_refused_at_once(capsys, home, monkeypatch):
    code, said = run(capsys, home, monkeypatch, "--place", "villa_quimer", "--n", "0")
    assert code == 1 and [problem["key"] for problem in said["problems"]] == ["--place", "--n"]
    assert said["problems"][0]["hint"] == "write villa_quimera" and said["peers"] == []


def test_in_words_each_peer_is_a_line(capsys, home, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["peers", "--place", "villa_quimera", "--n", "2"]) == 0
    first, second, least = capsys.readouterr().out.splitlines()
    assert first.startswith("0.09  Saint Parable: alike: Density (2,300 beside 2,450 residents per km²)")
    assert second.startswith("0.11  Saint Metaphor: ") and least.endswith("stay when one variable is left out (population)")


def test_a_trait_is_read_from_the_facts_of_the_home(capsys, tmp_path, monkeypatch):
    small = build(tmp_path / "small")
    text = small.indicators.read_text(encoding="utf-8")
    small.indicators.write_text(text.replace("  - id: trees\n", "  - id: trees\n    measures: context\n"), encoding="utf-8")
    extra = "traits:\n  - {id: green, name: Green, indicator: trees}\n"
    small.places.write_text(small.places.read_text(encoding="utf-8") + extra, encoding="utf-8")
    found = context(load(small), ("aurora", "puerto"), current(small), date(2026, 2, 10))
    assert found.values[:, 1].tolist() == [34, 34], "of January, the last month that had ended: 10 and 24 months more"
    code, said = run(capsys, small, monkeypatch, "--place", "centro")
    assert code == 0 and said["variables"] == ["population"], "the same of both, it tells nobody apart"
    assert said["peers"][0]["reason"] == "alike in nothing by itself; unlike: Residents (200,000 beside 212,000)"
