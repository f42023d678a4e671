"""An imported plan gets stages, so that it can be proved; their days are changed by a decision that the version names."""

import json
from datetime import date
from pathlib import Path

import pytest

from data.__main__ import main
from data.access import Object, Role
from data.home import Home
from data.people import PROGRAM, actor, add_person
from data.plans.evidence import bring_link, judge
from data.plans.ledger import ledger
from data.plans.reading import plans, tree
from data.plans.versions import versions
from data.records import records as opened
from data.records.tables import milestone, node
from kpis.plans.truth import truth
from tests.conftest import ROOT
from tests.plan_sheets import GOBIERTO, saved
from tests.recorded_town import everything
from tests.tiny_facts import home

WHY = ("--why", "How each promise is proved")
TODAY = date(2026, 11, 1)


@pytest.fixture
def city(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    (tmp_path / "home").mkdir()
    made = home(tmp_path / "home")
    made.ladders.write_text((ROOT / "data/ladders.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "people.csv").write_text("person,area,post\n,hall,Head of the hall\n", encoding="utf-8")
    assert main(["people", str(tmp_path / "people.csv")]) == 0
    assert main(["plan", str(saved(tmp_path, GOBIERTO)), "--plan", "mandate"]) == 0
    return made


@pytest.fixture
def ask(city, capsys, tmp_path: Path):
    """Gives stages by the rows of a file; the exit code and the JSON."""

    def asked(text: str) -> tuple[int, dict]:
        (tmp_path / "stages.csv").write_text("key,area,owner,commitment_type,stage,due\n" + text, encoding="utf-8")
        capsys.readouterr()
        code = main(["plan-assign", str(tmp_path / "stages.csv"), "--plan", "mandate", *WHY, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return asked


def steps(city: Home) -> list[tuple]:
    with opened.records(city).read() as connection:
        return [(row.stage, row.share, row.due) for row in connection.execute(milestone.select().order_by(milestone.c.position))]


def key(city: Home, *, leaf: bool = True) -> str:
    """Of the first action of the plan, or of what it is part of."""
    held = opened.records(city)
    nodes = tree(held, plans(held)[0].id, TODAY, live=True).nodes
    parents = set(nodes["parent"])
    return next(row["key"] for row in nodes.iter_rows(named=True) if (row["id"] not in parents) == leaf)


def test_an_imported_action_can_be_proved(ask, city: Home):
    assert ask(f"{key(city)},hall,Head of the hall,build,designed,2026-03-31\n") == (0, {"plan": "mandate", "actions": 1, "problems": []})
    assert steps(city)[0] == ("designed", 15.0, date(2026, 3, 31)) and sum(share for _, share, _ in steps(city)) == 100
    held = opened.records(city)
    plan = plans(held)[0]
    latest = versions(held, plan.id)[0]
    assert (latest.number, latest.why, [change["is"] for change in latest.changes]) == (2, WHY[1], ["hall", 1, "build"])
    editor = actor(held, add_person(held, PROGRAM, "Ada", roles=(Role("editor", "hall"),)), TODAY)
    rita = actor(held, add_person(held, PROGRAM, "Rita", roles=(Role("reviewer"),)), TODAY)
    judge(held, rita, bring_link(held, editor, 1, "Resolution", "https://aurora.example/1"), 1, "accepted")
    assert truth(tree(held, plan.id, TODAY, live=True)).nodes.filter(key=key(city))["proved"].item() == 15


@pytest.mark.parametrize(("told", "kept"), [((), "other"), (("--reason", "legal_impediment"), "legal_impediment")])
def test_the_decision_says_for_which_kind_of_reason(city: Home, tmp_path: Path, told: tuple[str, ...], kept: str):
    (tmp_path / "areas.csv").write_text(f"key,area\n{key(city)},hall\n", encoding="utf-8")
    assert main(["plan-assign", str(tmp_path / "areas.csv"), "--plan", "mandate", *WHY, *told]) == 0
    held = opened.records(city)
    assert [row["reason"] for row in ledger(held, plans(held)[0].id).decisions] == [kept]


def test_a_day_of_a_stage_is_changed_by_a_decision(ask, city: Home):
    ask(f"{key(city)},,,build,,\n")
    assert ask(f"{key(city)},,,,finished,31/12/2027\n")[1]["actions"] == 1
    assert ("finished", 30.0, date(2027, 12, 31)) in steps(city)
    held = opened.records(city)
    (change,) = versions(held, plans(held)[0].id)[0].changes
    assert (change["field"], change["stage"], change["was"], change["is"]) == ("stage_due", "finished", None, "2027-12-31")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("moon,,,build,,", "key", "moon is not in the plan"),
        ("KEY,moon,,,,", "area", "'moon' is not a known area"),
        ("KEY,,Nobody,,,", "owner", "there is no post 'Nobody'"),
        ("KEY,,,castle,,", "commitment_type", "castle is no commitment type"),
        ("KEY,,,build,designed,", "due", "go together"),
        ("KEY,,,build,designed,soon", "due", "'soon' is not a day"),
        ("KEY,,,build,roofed,2026-01-01", None, "has no stage roofed"),
        ("KEY,,,,designed,2026-01-01", None, "has no stage designed"),
        ("PARENT,,,build,,", None, "is a part of the plan"),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_nothing_is_kept(ask, city: Home, row: str, column: str | None, says: str):
    before = everything(opened.records(city))
    code, said = ask(row.replace("KEY", key(city)).replace("PARENT", key(city, leaf=False)) + "\n")
    (problem,) = said["problems"]
    assert (code, problem["line"], problem["column"]) == (1, 2, column)
    assert says in problem["message"] and problem["hint"]
    after = everything(opened.records(city))
    assert {name: rows for name, rows in after.items() if name not in ("person", "role", "audit")} == {
        name: rows for name, rows in before.items() if name not in ("person", "role", "audit")
    }


def test_a_type_that_came_with_the_plan_brings_its_stages_when_it_is_asked_for(ask, city: Home):
    held = opened.records(city)
    with held.write(actor(held, add_person(held, PROGRAM, "Ada", roles=(Role("office"),)), TODAY)) as write:
        write.doing("import_plan", Object("plan"))
        number = tree(held, plans(held)[0].id, TODAY, live=True).nodes.filter(key=key(city))["id"].item()
        write.update(node, number, write.row(node, number)["version"], ladder="build")
    assert ask(f"{key(city)},,,build,,\n")[1]["actions"] == 1
    assert len(steps(city)) == 5


def test_stages_are_not_given_twice(ask, city: Home):
    ask(f"{key(city)},,,build,,\n")
    code, said = ask(f"{key(city)},,,service,,\n")
    assert code == 1 and "has stages already" in said["problems"][0]["message"]
