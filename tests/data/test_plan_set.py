"""What a whole plan is, changed by a decision from the command line, and how plans stand to one another."""

import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.home import Home
from data.plans.ledger import ledger
from data.plans.reading import plans
from data.plans.versions import versions
from data.records import records as opened
from tests.plan_sheets import GOBIERTO, saved
from tests.recorded_town import everything
from tests.tiny_facts import home

WHY = ("--why", "The council decided it")


@pytest.fixture
def city(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    (tmp_path / "home").mkdir()
    return home(tmp_path / "home")


@pytest.fixture
def asked(city, capsys, tmp_path: Path):
    """Runs a command on a home with the plans `mandate` and `annual`; its exit code and its JSON."""

    def ask(*told: object) -> tuple[int, dict]:
        code = main([*map(str, told), "--json"])
        return code, json.loads(capsys.readouterr().out)

    for key in ("mandate", "annual"):
        assert ask("plan", saved(tmp_path, GOBIERTO), "--plan", key)[0] == 0
    return ask


def test_weights_kind_days_and_levels_are_changed_by_a_decision_that_the_version_names(asked, city: Home):
    code, said = asked(
        "plan-set", "--plan", "annual", "--kind", "annual", "--weights", "budget", "--starts", "2026-01-01", "--ends", "2026-12-31",
        "--levels", "Eje/Ejes, Línea/Líneas, Acción", "--decided", "Order 3/2026", "--day", "2026-01-15",
        "--reason", "citizens_request", *WHY,
    )  # fmt: skip
    assert (code, said["kind"], said["weights"], said["starts"], said["ends"], said["version"]) == (
        0, "annual", "budget", "2026-01-01", "2026-12-31", 2,
    )  # fmt: skip
    assert said["levels"] == [{"one": "Eje", "many": "Ejes"}, {"one": "Línea", "many": "Líneas"}, {"one": "Acción", "many": "Acción"}]
    held = opened.records(city)
    plan = next(plan for plan in plans(held) if plan.key == "annual")
    latest = versions(held, plan.id)[0]
    assert (latest.title, str(latest.day), latest.why) == ("Order 3/2026", "2026-01-15", WHY[1])
    assert {"node": None, "field": "weights", "was": "equal", "is": "budget"} in latest.changes
    assert [row["reason"] for row in ledger(held, plan.id).decisions] == ["citizens_request"]


def test_plans_are_linked_and_the_link_taken_back(asked):
    link = {"plan": "annual", "kind": "implements", "other": "mandate"}
    assert asked("plan-set", "--plan", "annual", "--link", "implements=mandate")[1]["links"] == [link]
    assert asked("plan-set", "--plan", "mandate")[1]["links"] == [link]
    assert asked("plan-set", "--plan", "annual", "--unlink", "implements=mandate")[1]["links"] == []


def test_weights_by_hand_that_do_not_add_up_are_refused_by_their_group(asked, city: Home, tmp_path: Path):
    head = "row,key,parent,level,name,weight\n"
    file = saved(tmp_path, head + "node,1,,0,Axis,\nnode,1.1,1,1,First,60\nnode,1.2,1,1,Second,30\n")
    assert asked("plan", file, "--plan", "weighed")[0] == 0
    code, said = asked("plan-set", "--plan", "weighed", "--weights", "manual", *WHY)
    (problem,) = said["problems"]
    assert (code, problem["message"]) == (1, "the weights of the 2 rows under 1 add up to 90")
    assert asked("plan", saved(tmp_path, file.read_text().replace(",30", ",40")), "--plan", "weighed")[0] == 0
    assert asked("plan-set", "--plan", "weighed", "--weights", "manual", *WHY)[1]["weights"] == "manual"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("--plan", "moon"), "there is no plan moon"),
        (("--plan", "annual", "--weights", "budget"), "a decision has a reason"),
        (("--plan", "annual", "--weights", "equal", *WHY), "like this already"),
        (("--plan", "annual", "--levels", "Eje, Acción", *WHY), "2 level names for 3 levels"),
        (("--plan", "annual", "--starts", "2026-02-01", "--ends", "2026-01-01", *WHY), "before it begins"),
        (("--plan", "annual", "--link", "mandate"), "mandate is no link"),
        (("--plan", "annual", "--link", "likes=mandate"), "likes is no kind of link"),
        (("--plan", "annual", "--link", "implements=annual"), "linked to itself"),
        (("--plan", "annual", "--unlink", "implements=mandate"), "there is no such link"),
        (("--plan", "annual", "--weights", "budget", *WHY, "--link", "implements=moon"), "there is no plan moon"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cure_and_changes_nothing(asked, city: Home, told: tuple[str, ...], says: str):
    before = everything(opened.records(city))
    code, said = asked("plan-set", *told)
    assert (code, said["plan"]) == (1, None)
    assert says in said["problems"][0]["message"] and said["problems"][0]["hint"]
    assert everything(opened.records(city)) == before
