"""The studies of a home: what is wrong with each, what they said of each version of the facts, and since when a verdict is another one."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from data.backup.definition_files import definition_files
from data.home import Home
from data.plans import reporting
from data.problems import Refused
from data.rollback import rollback
from kpis.__main__ import main
from kpis.impact import kept, stored, studies
from kpis.impact.answer import answered
from kpis.impact.began import began
from kpis.impact.kept import Judged, Moved, moved
from kpis.impact.reading import Written
from tests import recorded_town
from tests.impact_town import CITY, PEERS, STUDY, Known, again, asked, build, known
from tests.study_tables import line, write


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("town"))


@pytest.fixture
def home(town, tmp_path) -> Home:
    found = Home(Path(shutil.copytree(town.folder, tmp_path / "home")))
    found.studies.mkdir(parents=True)
    return found


def put(home: Home, text: str, name: str = "app") -> Written:
    (home.studies / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = studies.read(home, known(home)[3]).find(name)
    assert found
    return found


def renewed(home: Home, written: Written):
    return kept.renewed(home, written, *known(home)[1:])


def path_of(home: Home):
    return home.store / "studies" / "app.json"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STUDY.replace("on_time", "on_tim"), "app.yaml:2: indicator: 'on_tim' is not a known indicator; write on_time, or define it first"),
        (f"{STUDY}treated: [altar]\n", "app.yaml:5: treated.1: 'altar' is not a known place; write alta, or define it first"),
        (STUDY.replace("peers", "[peer_01, peer_99]"), "app.yaml:4: compare.2: 'peer_99' is not a known place"),
        (f"{STUDY}donors_out: [peer_99]\n", "app.yaml:5: donors_out.1: 'peer_99' is not a known place"),
        (STUDY.replace("peers", "districts"), "app.yaml:4: compare: only districts are compared with districts"),
        (f"{STUDY}treated: [north]\n", "app.yaml:4: compare: a district has no peers among cities"),
        (STUDY.replace("peers", "[north, peer_01]"), "app.yaml:4: compare.1: north is under the policy, lies in it or around it"),
        (STUDY.replace("peers", "[alta, peer_01]"), "app.yaml:4: compare.1: alta is under the policy, lies in it or around it"),
        (f"{STUDY}donors_out: [{', '.join(PEERS)}]\n", "app.yaml:4: compare: nobody is left to compare with"),
    ],
)
def test_what_the_home_does_not_know_is_said_with_its_line(home, text, said):
    _, _, catalogue, definitions = known(home)
    found = [str(problem) for problem in studies.problems(asked(text), definitions, catalogue)]
    assert len(found) == 1 and found[0].startswith(said)


def test_a_broken_file_is_named_and_hides_no_other(home):
    put(home, STUDY)
    (home.studies / "broken.yaml").write_text("study: broken\nindicator: [\n", encoding="utf-8")
    (home.studies / "twin.yaml").write_text(STUDY, encoding="utf-8")
    found = studies.read(home, known(home)[3])
    assert [study.study for study in found.studies] == ["app"]
    assert {problem.path for problem in found.problems} == {"kpis/studies/broken.yaml", "kpis/studies/twin.yaml"}
    assert any("the study 'app' stands in kpis/studies/app.yaml too" in str(problem) for problem in found.problems)


def test_check_reads_the_studies_of_the_home(home, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    (home.studies / "app.yaml").write_text(STUDY.replace("on_time", "on_tim"), encoding="utf-8")
    assert main(["check", "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["path"], problem["line"]) == ("kpis/studies/app.yaml", 2)
    assert main(["check", str(home.studies / "app.yaml"), "--json"]) == 1
    capsys.readouterr()
    (home.studies / "app.yaml").write_text(STUDY, encoding="utf-8")
    assert main(["check", str(home.studies), "--json"]) == 0


def test_a_backup_takes_a_study_and_its_table(home):
    write(home.studies)
    assert {"kpis/studies/study.yaml", "kpis/studies/table.csv"} <= set(definition_files(home))


TEXTS = [
    STUDY,
    STUDY.replace("2025-01", "2025-11"),
    STUDY.replace("2025-01", "2030-01"),
    "study: app\nindicator: on_time\nstart: 2025-01\nmethod: its\nseason: {period: 12}\nname: {es: Una, en: One}\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_kept_is_read_back_as_it_was_found(home, text):
    written = put(home, text)
    told = known(home)
    assert kept.latest(home, written, *told[1:]) is None
    found = renewed(home, written)
    assert found == answered(written, *told)
    assert kept.latest(home, written, *told[1:]) == found
    assert stored.answer(json.loads(json.dumps(stored.told(found)))) == found


def test_nothing_is_estimated_twice(home, monkeypatch):
    written = put(home, STUDY)
    found = renewed(home, written)
    monkeypatch.setattr(kept, "answered", lambda *_: pytest.fail("it was kept"))
    assert renewed(home, written) == found


def test_a_damaged_file_counts_for_nothing_and_is_made_anew(home):
    written = put(home, STUDY)
    found = renewed(home, written)
    for content in (b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe", b"null", b'{"key": "", "answer": {}, "history": []}'):
        path_of(home).write_bytes(content)
        assert kept.latest(home, written, *known(home)[1:]) is None and kept.history(home, "app") == (), content
    assert renewed(home, written) == found and len(kept.history(home, "app")) == 1


def test_an_answer_of_an_older_form_is_made_anew_and_its_history_stays(home):
    written = put(home, STUDY)
    renewed(home, written)
    told = json.loads(path_of(home).read_text(encoding="utf-8"))
    path_of(home).write_text(json.dumps({**told, "answer": {"study": 1}}), encoding="utf-8")
    assert kept.latest(home, written, *known(home)[1:]) is None and len(kept.history(home, "app")) == 1


def changed_study(home: Home) -> Written:
    return put(home, f"{STUDY}smallest: 3\n")


def changed_facts(home: Home) -> Written:
    again(home, 5.0, date(2026, 2, 5))
    return put(home, STUDY)


def changed_indicator(home: Home) -> Written:
    home.indicators.write_text(home.indicators.read_text(encoding="utf-8").replace("unit: '%'", "unit: per cent"), encoding="utf-8")
    return put(home, STUDY)


def changed_places(home: Home) -> Written:
    home.places.write_text(home.places.read_text(encoding="utf-8") + "- {id: peer_13, name: One more}\n", encoding="utf-8")
    return put(home, STUDY)


def changed_goal(home: Home) -> Written:
    home.definitions.mkdir(parents=True)
    goal = "kpis:\n  - {id: goal, name: Goal, indicator: on_time, polarity: lower, owner: city_hall}\n"
    (home.definitions / "goals.yaml").write_text(goal, encoding="utf-8")
    return put(home, STUDY)


@pytest.mark.parametrize("change", [changed_study, changed_facts, changed_indicator, changed_places, changed_goal])
def test_it_is_asked_again_when_what_it_leans_on_changes(home, change):
    renewed(home, put(home, STUDY))
    written = change(home)
    assert kept.latest(home, written, *known(home)[1:]) is None
    renewed(home, written)
    assert kept.latest(home, written, *known(home)[1:]) is not None


def test_another_name_is_not_another_question(home):
    renewed(home, put(home, STUDY))
    renewed(home, put(home, f"{STUDY}name: The app\nquestion: Did it work?\n"))
    assert len(kept.history(home, "app")) == 1


def test_a_study_of_a_table_is_asked_again_when_the_table_changes(home):
    write(home.studies)
    told: Known = known(home)
    written = studies.read(home, told[3]).find("trees")
    assert written
    renewed(home, written)
    assert kept.latest(home, written, *told[1:])
    table = home.studies / "table.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Elm,2013,", "Elm,2013,1"), encoding="utf-8")
    assert kept.latest(home, written, *told[1:]) is None


def test_a_verdict_that_facts_moved_is_told_with_the_day_of_the_facts(home):
    written = put(home, STUDY)
    renewed(home, written)
    assert moved(kept.history(home, "app")) is None
    again(home, 0.0, date(2026, 2, 5))
    renewed(home, written)
    history = kept.history(home, "app")
    assert [(one.version, one.day) for one in history] == [(1, date(2026, 1, 5)), (2, date(2026, 2, 5))]
    found = moved(history)
    assert found and (found.day, found.before, found.now) == (date(2026, 2, 5), history[0].kind, history[1].kind)
    assert history[0].estimate and history[1].estimate and history[0].estimate > history[1].estimate + 7


def said(*kinds: str, asked: str = "a") -> list[Judged]:
    return [Judged(number, date(2026, number, 5), kind, None, None, None, "sdid", asked) for number, kind in enumerate(kinds, start=1)]


@pytest.mark.parametrize(
    ("history", "found"),
    [
        ([], None),
        (said("likely_effect"), None),
        (said("likely_effect", "likely_effect"), None),
        (said("likely_effect", "clear_effect", "clear_effect"), Moved(date(2026, 2, 5), "likely_effect", "clear_effect")),
        (said("refused", "likely_effect", "clear_effect"), Moved(date(2026, 3, 5), "likely_effect", "clear_effect")),
        ([*said("clear_effect", asked="b"), said("cannot_tell", "likely_effect")[1]], None),
    ],
)
def test_a_verdict_moved_only_where_facts_moved_it(history, found):
    assert moved(history) == found


def test_without_a_plan_nobody_says_when_an_action_began(home):
    text = f"study: app\nindicator: on_time\naction: '3.1'\ntreated: [{CITY}]\n"
    with pytest.raises(Refused, match=r"no plan is kept here that could say when '3.1' began"):
        began(asked(text), home)
    assert "write `start:`" in str(answered(asked(text), *known(home)).refused[0])


def test_a_policy_that_the_register_does_not_know_is_warned_of(home, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    put(home, f"{STUDY}policy: the_app\n")

    def warned() -> list[str]:
        assert main(["check", "--json"]) == 0
        return [warning["message"] for warning in json.loads(capsys.readouterr().out)["warnings"] if warning["key"] == "policy"]

    assert warned() == []  # nobody keeps a register here
    with recorded_town.records_of(home.folder) as records:
        recorded_town.town(records)
        assert warned() == ["the register has no policy 'the_app'"]


def test_a_study_begins_when_its_action_really_did(home):
    of_pipes = asked("study: app\nindicator: on_time\naction: pipes\ncompare: peers\n")
    with recorded_town.records_of(home.folder) as records:
        town = recorded_town.town(records)
        assert began(of_pipes, home) == "2026-01-01"  # as planned, while nobody says that anything was done
        water, step = town.who["water"], town.steps[0]
        reporting.reach(records, water, step, 1, date(2025, 3, 20))
        assert began(of_pipes, home) == "2025-03-20"
        reporting.report(records, water, reporting.Report(town.nodes["pipes"], 1, declared=5.0, status="started", day=date(2025, 1, 31)))
        assert began(of_pipes, home) == "2025-01-31"
        assert answered(of_pipes, *known(home)).start == "2025-01"
        assert began(asked(f"{STUDY}action: pipes\n"), home) == "2025-01"  # what the study says itself comes first
        with pytest.raises(Refused, match=r"app.yaml:3: action: the plan has no action 'pipe'; write pipes, the key"):
            began(asked("study: app\nindicator: on_time\naction: pipe\n"), home)
        with pytest.raises(Refused, match="nobody says when the action 'trees' began"):
            began(asked("study: app\nindicator: on_time\naction: trees\n"), home)


def test_what_was_said_of_a_load_that_was_taken_back_is_forgotten(home):
    written = put(home, STUDY)
    renewed(home, written)
    again(home, 0.0, date(2026, 2, 5))
    renewed(home, written)
    rollback(home)
    renewed(home, written)
    assert [one.version for one in kept.history(home, "app")] == [1]
    assert moved(kept.history(home, "app")) is None


def test_a_study_of_the_home_reads_no_file_from_elsewhere(home):
    path = write(home.studies)
    (home.folder / "secret.csv").write_text("town,year,count\nAsh,2011,secret\n", encoding="utf-8")
    for elsewhere in ("../../secret.csv", str(home.folder / "secret.csv")):
        path.write_text(path.read_text(encoding="utf-8").replace("table.csv", elsewhere), encoding="utf-8")
        found = studies.read(home, known(home)[3])
        assert found.written == () and "does not lie beside the study" in str(found.problems[0])
        write(home.studies)


def test_faults_of_a_table_are_told_by_its_place_in_the_home(home):
    write(home.studies)
    table = home.studies / "table.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Elm,2013,", "Elm,2013,x"), encoding="utf-8")
    told = known(home)
    written = studies.read(home, told[3]).find("trees")
    assert written
    assert str(answered(written, *told).refused[0]).startswith(f"kpis/studies/table.csv:{line('Elm', 2013)}: count: ")


def test_a_broken_goal_hides_no_study_from_whoever_has_the_goals_in_force(home):
    put(home, STUDY)
    _, _, catalogue, definitions = known(home)
    home.definitions.mkdir(parents=True)
    (home.definitions / "goals.yaml").write_text("kpis: [\n", encoding="utf-8")
    assert [study.study for study in studies.read(home, definitions, catalogue).studies] == ["app"]
    with pytest.raises(Refused):
        studies.read(home, definitions)
