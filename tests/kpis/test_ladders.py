"""Commitment types: read with every problem named, and found by `kpis check`; those of the demo and of a new home are the same."""

from pathlib import Path

import pytest

from data.home import REPOSITORY, Home
from data.new_home import STARTER
from data.plans.ladder import ladders
from data.problems import Refused
from kpis.checking import check
from tests.small_city import build

GOOD = "ladders:\n  - id: rule\n    name: Rule\n    stages:\n"


def stage(name: str, share: float) -> str:
    return f"      - {{id: {name}, name: Some stage, share: {share:g}, needs: A paper}}\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return build(tmp_path)


def test_a_home_without_ladders_has_none_and_nothing_is_wrong(home: Home) -> None:
    assert ladders(home) == {}
    assert "ladders" not in str(check(home).problems)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD + stage("drafted", 40) + stage("approved", 70), 5, "the shares of rule add up to 110"),
        (GOOD + stage("drafted", 40) + stage("drafted", 60), 6, "the id 'drafted' is given twice"),
        (GOOD + stage("drafted", 0) + stage("approved", 100), 5, "0"),
        (GOOD + stage("drafted", 100) + "    colour: red\n", 6, "colour is not a known key"),
        ("ladders: [", 2, "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_kpis_check_finds_it(home: Home, text: str, line: int, said: str) -> None:
    home.ladders.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        ladders(home)
    (found,) = check(home).problems
    assert (found.path, found.line) == ("data/ladders.yaml", line)
    assert said in str(found)


def test_ladders_are_checked_with_their_folder_and_by_their_name(home: Home) -> None:
    home.ladders.write_text(GOOD + stage("drafted", 40), encoding="utf-8")
    assert [found.path for found in check(home, [home.folder / "data"]).problems] == ["data/ladders.yaml"]
    assert check(home, [home.definitions]).problems == ()


def test_the_demo_and_a_new_home_climb_the_same_ladders() -> None:
    shipped = ladders(Home(REPOSITORY))
    assert list(shipped) == ["build", "service", "rule", "programme"]
    assert ladders(Home(STARTER)) == shipped
