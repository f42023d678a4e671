"""The commands that bring a plan in and out: what they say, what they refuse, and that a dry run changes nothing."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from data.__main__ import main
from data.home import Home
from data.plan_files.figures import Figures, figures
from data.plans.ledger import ledger
from data.plans.reading import plans, tree
from data.plans.versions import versions
from data.records import records as opened
from data.records.records import begun
from tests.conftest import ROOT
from tests.plan_sheets import DECIDIM_C, GOBIERTO, saved, tet
from tests.recorded_town import everything
from tests.tiny_facts import home

DAYS = (date(2026, 7, 1), date(2026, 7, 2))


@pytest.fixture
def city(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    (tmp_path / "home").mkdir()
    return home(tmp_path / "home")


@pytest.fixture
def asked(city, capsys):
    """Runs a command; its exit code and its JSON."""

    def ask(*told: object) -> tuple[int, dict]:
        code = main([*map(str, told), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def test_a_plan_is_imported_and_said(asked, tmp_path: Path):
    code, said = asked("plan", saved(tmp_path, GOBIERTO), "--plan", "mandate", "--name", "Plan de mandato")
    assert code == 0
    assert {name: said[name] for name in ("format", "plan", "nodes", "actions", "milestones", "levels", "added", "changed", "removed")} == {
        "format": "gobierto", "plan": "mandate", "nodes": 10, "actions": 4, "milestones": 0, "levels": 3, "added": 10, "changed": 0,
        "removed": 0,
    }  # fmt: skip
    assert said["progress"] == {"mean": (50 + 100 + 0 + 100) / 4, "weighted": None, "finished_only": 25.0}
    assert said["statuses"] == {"started": 1, "completed": 1, "not_started": 1, "none": 1}
    assert said["problems"] == []
    assert [warning["line"] for warning in said["warnings"]] == [7, 7]


def test_a_dry_run_says_all_and_makes_nothing(asked, city: Home, tmp_path: Path):
    code, said = asked("plan", saved(tmp_path, GOBIERTO), "--dry-run")
    assert (code, said["added"]) == (0, 10)
    assert not city.store.exists()


def test_a_dry_run_of_a_newer_file_says_what_was_and_is(asked, city: Home, tmp_path: Path, capsys):
    asked("plan", saved(tmp_path, GOBIERTO))
    before = everything(opened.records(city))
    newer = saved(tmp_path, GOBIERTO.replace("50,00%", "75,00%").replace('"010"', '"011"'))
    code, said = asked("plan", newer, "--dry-run")
    assert (code, said["added"], said["changed"], said["removed"]) == (0, 1, 1, 1)
    assert {"what": "changed", "key": "007", "name": "Limpiar el río", "field": "declared", "was": 50.0, "is": 75.0} in said["differences"]
    assert [each["key"] for each in said["differences"] if each["what"] == "removed"] == ["010"]
    assert main(["plan", str(newer), "--dry-run"]) == 0
    words = capsys.readouterr().out
    assert "changed 007 Limpiar el río: declared was 50.0, is 75.0" in words
    assert "1 no longer in the file (kept, and left out)" in words
    assert everything(opened.records(city)) == before


def test_a_newer_file_names_the_decision_that_it_carries_out(asked, city: Home, tmp_path: Path, capsys):
    asked("plan", saved(tmp_path, GOBIERTO))
    newer = saved(tmp_path, GOBIERTO.replace("31/12/2026", "30/06/2027").replace("En Marxa", "Finalitzat").replace("50,00%", "100,00%"))
    told = ("--why", "The council moved it", "--reason", "legal_impediment", "--decided", "Council, 2 July", "--day", "2026-07-02")
    before = everything(opened.records(city))
    code, said = asked("plan", newer, "--dry-run", *told)
    assert (code, said["decision"]) == (0, "Council, 2 July") and everything(opened.records(city)) == before
    code, said = asked("plan", newer, *told)
    assert (code, said["decision"], said["changed"]) == (0, "Council, 2 July", 1)
    held = opened.records(city)
    plan = plans(held)[0]
    latest = versions(held, plan.id)[0]
    assert (latest.number, latest.title, latest.why, str(latest.day)) == (2, "Council, 2 July", "The council moved it", "2026-07-02")
    kept = ledger(held, plan.id)
    assert [row["reason"] for row in kept.decisions] == ["legal_impediment"]
    assert "ends" in {change["field"] for change in kept.changes[kept.decisions[0]["id"]]}
    ends, status = ({str(on): tree(held, plan.id, on).nodes.filter(key="007")[name].item() for on in DAYS} for name in ("ends", "status"))
    assert list(map(str, ends.values())) == ["2026-12-31", "2027-06-30"], "what was promised holds from the decision's day"
    assert list(status.values()) == ["started", "started"], "and the status from the day on which the file was read"
    assert tree(held, plan.id, date.today()).nodes.filter(key="007")["status"].item() == "completed"
    assert asked("plan", newer, *told)[1]["decision"] is None
    assert len(ledger(held, plan.id).decisions) == 1
    assert main(["plan", str(newer), *told]) == 0
    assert "Nothing of the plan changes, so no decision is recorded." in capsys.readouterr().out


def test_a_newer_file_without_a_decision_makes_a_version_that_names_none(asked, city: Home, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO))
    assert asked("plan", saved(tmp_path, GOBIERTO.replace("31/12/2026", "30/06/2027")))[1]["decision"] is None
    held = opened.records(city)
    assert [(each.number, each.title) for each in versions(held, plans(held)[0].id)] == [(2, None), (1, None)]
    assert ledger(held, plans(held)[0].id).decisions == []


@pytest.mark.parametrize(
    ("first", "told", "says"),
    [
        (False, ("--why", "As agreed"), "this one is new"),
        (False, ("--why", "As agreed", "--dry-run"), "this one is new"),
        (True, ("--decided", "Council, 2 July"), "a decision has a reason"),
        (True, ("--reason", "legal_impediment"), "a decision has a reason"),
        (True, ("--why", "As agreed", "--format", "gobierto_indicators"), "change nothing of it"),
    ],
)
def test_a_decision_that_a_file_cannot_name_is_refused(asked, city: Home, tmp_path: Path, first: bool, told: tuple[str, ...], says: str):
    if first:
        asked("plan", saved(tmp_path, GOBIERTO))
    before = everything(opened.records(city)) if first else None
    code, said = asked("plan", saved(tmp_path, GOBIERTO.replace("50,00%", "75,00%")), *told)
    assert code == 1 and says in said["problems"][0]["message"] and said["problems"][0]["hint"]
    assert everything(opened.records(city)) == before if first else not begun(city) or plans(opened.records(city)) == []


def test_a_commitment_type_is_one_of_the_homes(asked, city: Home, tmp_path: Path):
    text = "row,key,parent,level,name,commitment_type\nnode,1,,0,Axis,\nnode,1.1,1,1,First,build\n"
    (problem,) = asked("plan", saved(tmp_path, text))[1]["problems"]
    assert (problem["line"], problem["column"], problem["message"]) == (3, "commitment_type", "build is no commitment type")
    city.ladders.write_text((ROOT / "data/ladders.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert asked("plan", saved(tmp_path, text))[0] == 0


def test_a_newer_file_under_another_name_is_not_taken_for_another_plan(asked, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO, "june.csv"))
    code, said = asked("plan", saved(tmp_path, GOBIERTO, "july.csv"))
    assert code == 1
    assert "--plan june" in said["problems"][0]["hint"]
    assert asked("plan", saved(tmp_path, GOBIERTO, "july.csv"), "--plan", "june")[1]["changed"] == 0


def test_every_problem_is_listed_and_nothing_is_imported(asked, city: Home, tmp_path: Path):
    code, said = asked("plan", saved(tmp_path, DECIDIM_C.replace("1,1,1,,e1", "1,1,1,99,e1").replace("2,,,1,e2", "1,,,,e2")))
    assert code == 1
    assert [(problem["line"], problem["key"]) for problem in said["problems"]] == [(2, "1"), (3, "1")]
    assert said["nodes"] == 0
    assert all(problem["hint"] for problem in said["problems"])
    assert all(rows == [] for name, rows in everything(opened.records(city)).items() if name not in ("head", "person", "role", "audit"))


def test_a_map_reads_any_other_table(asked, tmp_path: Path):
    told = saved(tmp_path, "plan: {key: board}\nkey: id\nname: name\nprogress: p\n", "map.yaml")
    code, said = asked("plan", saved(tmp_path, "id,name,p\n1,a,10\n2,b,30\n"), "--map", told)
    assert (code, said["format"], said["plan"], said["progress"]["mean"]) == (0, "map", "board", 20.0)


def test_a_place_that_the_city_does_not_have_is_refused(asked, tmp_path: Path):
    told = saved(tmp_path, "plan: {key: board, place: nowhere}\nname: name\n", "map.yaml")
    code, said = asked("plan", saved(tmp_path, "id,name\n1,a\n"), "--map", told)
    assert (code, said["problems"][0]["message"]) == (1, "'nowhere' is not a known place")


def test_a_map_that_is_not_there_is_said(asked, tmp_path: Path):
    code, said = asked("plan", saved(tmp_path, GOBIERTO), "--map", tmp_path / "no.yaml")
    assert (code, said["problems"][0]["message"]) == (1, "this file is missing")


@pytest.mark.parametrize("kind", ["gobierto", None])
def test_a_plan_goes_out_in_the_format_it_came_in(asked, tmp_path: Path, kind: str | None):
    path = saved(tmp_path, GOBIERTO)
    asked("plan", path)
    code, said = asked("plan-export", *(["--format", kind] if kind else []), "--out", tmp_path / "out.csv")
    assert (code, said["format"], said["rows"], said["changed"], said["new"]) == (0, "gobierto", 5, 0, 0)
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes()


def test_a_workbook_comes_in_and_goes_out_as_our_own_file_and_comes_back(asked, tmp_path: Path):
    asked("plan", tet(tmp_path / "plan.xlsx"), "--plan", "climate")
    assert asked("plan-export", "--format", "own", "--out", tmp_path / "own.csv")[0] == 0
    code, said = asked("plan", tmp_path / "own.csv")
    assert (code, said["plan"], said["added"], said["changed"], said["removed"]) == (0, "climate", 0, 0, 0)


def test_figures_come_in_beside_their_plan_and_go_out_again(asked, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO))
    figures = saved(tmp_path, "Node.Title,external_id,custom_field,col_1,col_2\nx,007,fish,3,2025-01\ny,009,jets,,\n", "figures.csv")
    code, said = asked("plan", figures)
    assert (code, said["format"], said["nodes"], said["rows"]) == (0, "gobierto_indicators", 2, 2)
    assert asked("plan-export", "--format", "gobierto_indicators", "--out", tmp_path / "out.csv")[1]["rows"] == 2
    assert (tmp_path / "out.csv").read_bytes() == figures.read_bytes()


FIGURES = (
    "Node.Title,external_id,custom_field,col_1,col_2,col_3,col_4,col_5\n"
    "x,007,indicators,Fish,45,23,2024,\n"
    'x,007,indicators,,45,"31,5",2025-06,\n'
    "x,007,surveys,60,40,2025-01-01,,\n"
    "x,007,surveys,50,50,55,2026-01-01,\n"
    "x,007,people,Ana,600000000,ana@example.org,1980-01-01,\n"
    "y,009,people,Luis,600000001,,1980-01-01,\n"
    "y,009,indicators,Jets,,,2025,\n"
)


NUMBERED = ("col_1", "col_2", "col_3")


def test_figures_are_read_for_the_page_and_lists_of_people_are_not(asked, city: Home, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO))
    assert figures(opened.records(city), 1) == {}
    asked("plan", saved(tmp_path, FIGURES.replace("y,009,indicators,Jets,,,2025,\n", ""), "figures.csv"))
    assert figures(opened.records(city), 1) == {
        "007": (
            Figures("indicators", NUMBERED, (("", "45", "31,5", "2025-06"), ("Fish", "45", "23", "2024")), indicators=True),
            Figures("surveys", NUMBERED, (("50", "50", "55", "2026-01-01"), ("60", "40", "", "2025-01-01")), indicators=False),
        )
    }
    asked("plan", saved(tmp_path, FIGURES, "figures.csv"))
    assert figures(opened.records(city), 1)["009"] == (Figures("indicators", NUMBERED, (("Jets", "", "", "2025"),), indicators=True),)
    assert asked("plan-export", "--format", "gobierto_indicators", "--out", tmp_path / "out.csv")[0] == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == FIGURES


def test_a_plan_is_no_file_of_figures(asked, tmp_path: Path):
    path = saved(tmp_path, GOBIERTO)
    asked("plan", path)
    code, said = asked("plan", path, "--format", "gobierto_indicators")
    assert (code, said["problems"][0]["message"]) == (1, "this is not a file of indicators")


def test_figures_about_a_node_that_is_not_in_the_plan_are_refused(asked, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO))
    code, said = asked("plan", saved(tmp_path, "external_id,custom_field,col_1\n007,a,1\n7,a,1\n", "figures.csv"))
    assert (code, [problem["line"] for problem in said["problems"]]) == (1, [3])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["--out", "out.csv"], "there is no plan yet"), (["--out", "out.pdf"], "there is no plan yet"),
    ],
)  # fmt: skip
def test_where_there_is_no_plan_none_goes_out(asked, told: list[str], said: str):
    code, answer = asked("plan-export", *told)
    assert (code, answer["problems"][0]["message"]) == (1, said)


def test_which_plan_goes_out_has_to_be_said_where_there_are_several(asked, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO, "a.csv"))
    asked("plan", saved(tmp_path, DECIDIM_C, "b.csv"))
    code, said = asked("plan-export", "--out", tmp_path / "out.csv")
    assert (code, said["problems"][0]["hint"]) == (1, "name one with --plan: a, b")
    assert asked("plan-export", "--plan", "c", "--out", tmp_path / "out.csv")[0] == 1
    assert asked("plan-export", "--plan", "b", "--out", tmp_path / "out.pdf")[0] == 1
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_that_is_not_there_is_said(asked, tmp_path: Path):
    asked("plan", saved(tmp_path, GOBIERTO, "a.csv"))
    code, said = asked("plan-export", "--out", tmp_path / "nowhere" / "out.csv")
    assert (code, said["problems"][0]["message"]) == (1, "there is no such folder")
    assert said["problems"][0]["path"] == str(tmp_path / "nowhere")


def test_five_thousand_actions_come_in_under_five_seconds_of_cpu(asked, tmp_path: Path):
    rows = "".join(f"Eje {n % 7},Línea {n % 40},{n},Acción {n},En marcha,01/02/2025,31/12/2026,{n % 101}%\n" for n in range(5000))
    header = "Level 0,Level 1,Node.external_id,Node.Title,Node.Status,Node.Start,Node.End,Node.Progress\n"
    path = saved(tmp_path, header + rows)
    begun = time.process_time()
    assert asked("plan", path)[1]["actions"] == 5000
    assert time.process_time() - begun < 5
