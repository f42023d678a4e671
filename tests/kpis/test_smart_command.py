"""The Smart Rule from the command line: in `kpis check` with file, line and cure, in `kpis evaluate` as a flag."""

import json

import pytest

from data.home import Home
from kpis.__main__ import main
from tests.small_city import build

READY = """
  - id: ready
    name: Street lights working
    statement: Repair more street lights on time
    indicator: lights
    polarity: higher
    owner: police
    axis: safe
    baseline: {value: 91.1, date: 2024-12-31}
    target: {value: 92.5, date: 2028-06-30}
    verification: Monthly report
    budget: 0
    sdg: ["11.7"]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The small city with one goal more, which is ready to be published."""
    home = build(tmp_path_factory.mktemp("small"))
    with (home.definitions / "all.yaml").open("a", encoding="utf-8") as file:
        file.write(READY)
    return home


@pytest.fixture
def told(home, capsys, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))

    def run(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        return capsys.readouterr().out

    return run


def test_a_goal_that_the_gate_holds_back_leaves_the_definitions_fine(told):
    said = json.loads(told("check", "--json"))
    assert (said["ok"], said["problems"]) == (True, [])
    assert [goal["id"] for goal in said["smart"] if goal["publishable"]] == ["ready"]
    assert len(said["smart"]) == said["definitions"] == 12


def test_what_fails_has_its_letter_its_line_and_its_cure(told):
    robberies = next(goal for goal in json.loads(told("check", "--json"))["smart"] if goal["id"] == "robberies")
    assert robberies["letters"]["S"] == {"passed": 8, "total": 9}
    costs = next(failed for failed in robberies["failed"] if failed["check"] == "says_what_it_costs")
    assert (costs["letter"], costs["hard"], costs["path"], costs["line"]) == ("A", True, "kpis/definitions/all.yaml", 2)
    assert (costs["key"], costs["hint"]) == ("kpis.1.budget", "add `budget:`, or `budget: 0` where it costs nothing beyond the usual")
    assert {unchecked["check"] for unchecked in robberies["unchecked"]} == {"measures_more_than_work_done"}


def test_a_fault_of_what_a_place_wants_is_in_the_place_s_own_file(told, home):
    home.targets.mkdir(exist_ok=True)
    own = home.targets / "aurora.yaml"
    own.write_text("targets:\n  ready:\n    target: {value: 92.5, date: 2030-12-31}\n", encoding="utf-8")
    said = json.loads(told("check", str(own), "--json"))
    own.unlink()
    (ready,) = said["smart"]
    late = next(failed for failed in ready["failed"] if failed["check"] == "ends_within_the_mandate")
    assert (ready["publishable"], late["path"], late["line"]) == (False, "kpis/targets/aurora.yaml", 3)


def test_only_the_goals_of_the_files_asked_for_are_shown(told, home):
    more = home.definitions / "more.yaml"
    more.write_text("kpis:" + READY.replace("id: ready", "id: another"), encoding="utf-8")
    said = json.loads(told("check", str(more), "--json"))
    more.unlink()
    assert [goal["id"] for goal in said["smart"]] == ["another"]


def test_in_words_each_goal_has_its_letters_and_what_holds_it_back(told):
    lines = told("check").splitlines()
    assert "S 9/9  M 9/9  A 4/5  R 3/4  T 5/5  ready" in lines
    assert any(
        line.startswith("    A held back: kpis/definitions/all.yaml:2: kpis.1.budget: nobody has said what it costs") for line in lines
    )
    assert any(line.startswith("    M advice: ") for line in lines)
    assert "1 of 12 goals ready to be published" in lines


def test_a_judged_month_says_which_goals_may_be_published(told):
    rows = json.loads(told("evaluate", "--place", "aurora", "--month", "2026-06", "--json"))["kpis"]
    assert [row["id"] for row in rows if row["publishable"]] == ["ready"]
    ready = next(row for row in rows if row["id"] == "ready")
    assert ready["smart"]["A"] == {"passed": 4, "total": 5}


def test_a_goal_has_one_score_in_check_and_in_the_latest_month(told):
    rows = {row["id"]: row["smart"] for row in json.loads(told("evaluate", "--place", "aurora", "--month", "2026-06", "--json"))["kpis"]}
    checked = json.loads(told("check", "--json"))["smart"]
    assert {goal["id"]: goal["letters"] for goal in checked} == rows
    robberies = next(goal for goal in checked if goal["id"] == "robberies")
    assert "has_a_fair_chance" in {failed["check"] for failed in robberies["failed"]}, "its chance is under 1%"


def test_chances_that_nobody_kept_are_said_to_be_not_yet_computed(told, home):
    kept = home.store / "forecasts"
    kept.rename(home.store / "aside")
    said, goals = told("check"), json.loads(told("check", "--json"))["smart"]
    (home.store / "aside").rename(kept)
    assert "the chances of 12 goals are not yet computed; compute them: `python -m kpis forecast --all`" in said.splitlines()
    for goal in goals:
        [chance] = [found["message"] for found in goal["unchecked"] if found["check"] == "has_a_fair_chance"]
        assert chance == "the chance of reaching its target is not yet computed"
    assert "not yet computed" not in told("check")


def test_a_month_is_looked_at_as_it_was(told):
    rows = json.loads(told("evaluate", "--place", "aurora", "--month", "2024-02", "--json"))["kpis"]
    ready = next(row for row in rows if row["id"] == "ready")
    assert ready["smart"]["M"] == {"passed": 8, "total": 9}, "two values are no history"
