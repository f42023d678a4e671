"""The workshop without its page: parts of files, problems at the lines in view, the last year, saving with a reason, and the way back."""

import json
import shutil
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from data import definition_edits, definition_lock, definition_swap
from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from data.home import REPOSITORY, Home
from data.problems import NotPossibleNow, Refused
from data.versions import finish_stopped, writing
from kpis import catalogue
from kpis.checking import check
from kpis.commands import evaluate
from kpis.record import Change
from kpis.score import Score
from kpis.smart import LETTERS
from kpis.workshop import parts
from kpis.workshop.draft import Draft, begun, opened, tried, whole_file
from kpis.workshop.gate import gated
from kpis.workshop.preview import Pair, last_year
from kpis.workshop.saving import before, save
from tests.small_city import LAST, build

DAY = date(2026, 7, 10)
OWN = """# What Aurora wants
targets:
  # agreed in May
  lights: {target: {value: 98, date: 2028-12-31}}  # all of them

  trips:
    target: {value: 61, date: 2028-12-31}
"""
NEW = """- id: shops
  name: Shops
  indicator: trips
  polarity: higher
  owner: police
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    home = build(tmp_path_factory.mktemp("built"))
    home.targets.mkdir()
    (home.targets / "aurora.yaml").write_text(OWN, encoding="utf-8")
    return home


@pytest.fixture
def home(built, tmp_path) -> Home:
    shutil.copytree(built.folder, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def definitions(home) -> Definitions:
    return definition_files.load(home)


@pytest.fixture
def facts(home) -> Facts:
    found = current(home)
    assert found is not None
    return found


def changed(draft: Draft, old: str, new: str, number: int = 0) -> Draft:
    assert old in draft.texts[number]
    return draft.with_text(number, draft.texts[number].replace(old, new, 1))


def all_files(home: Home) -> dict[str, str]:
    return {str(path.relative_to(home.folder)): path.read_text(encoding="utf-8") for path in sorted((home.folder / "kpis").rglob("*.yaml"))}


def kpis(home: Home) -> catalogue.Catalogue:
    return catalogue.load(home, definition_files.load(home))


# Parts


def test_every_goal_of_the_demo_city_is_found_and_written_back_as_it_was():
    home = Home(REPOSITORY)
    found = parts.goals(home)
    assert len(found) == 26
    for name, place in found.items():
        for part in filter(None, (parts.of_goal(place), parts.of_place(home, "villa_quimera", name))):
            assert part.in_file(part.shown) == part.opened
            assert part.shown.startswith((f"- id: {name}\n", f"{name}:"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_before_the_text_stay(home, line_end, mark):
    path = home.definitions / "all.yaml"
    path.write_bytes((mark + path.read_text(encoding="utf-8").replace("\n", line_end)).encode())
    draft = changed(opened(home, "trips", "bruma"), "value: 44", "value: 45")
    assert "\r" not in draft.texts[0]
    written = draft.files[path]
    assert written == path.read_bytes().decode().replace("value: 44", "value: 45")


def test_comments_around_a_goal_are_not_part_of_it(home):
    draft = opened(home, "lights", "aurora")
    assert draft.texts[1] == "lights: {target: {value: 98, date: 2028-12-31}}  # all of them\n"
    assert opened(home, "trips", "aurora").texts[1] == "trips:\n  target: {value: 61, date: 2028-12-31}\n"


def test_a_goal_on_one_line_is_shown_on_one_line(home):
    assert opened(home, "aimless", "aurora").texts == (
        "- {id: aimless, name: Aimless, indicator: lights, polarity: higher, owner: police}\n",
    )


def test_a_file_that_is_no_yaml_is_mended_whole(home):
    path = home.definitions / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("polarity: lower", "polarity: [lower", 1), encoding="utf-8")
    assert parts.unreadable(home) == [path]
    assert "robberies" not in parts.goals(home)
    assert whole_file(path).texts == (path.read_text(encoding="utf-8"),)


# Problems


def test_a_problem_is_said_at_its_line_of_the_text_in_view(home, definitions):
    draft = changed(opened(home, "answered", "aurora"), "target: {value: 85", "targte: {value: 85")
    (said,) = tried(home, definitions, draft, None).problems
    line = draft.texts[0].split("\n").index(next(line for line in draft.texts[0].split("\n") if "targte" in line)) + 1
    assert (said.part, said.problem.line, said.problem.key) == (0, line, "targte")
    assert "remove it, or correct it to one of" in said.problem.hint


def test_broken_yaml_is_said_at_its_line(home, definitions):
    trial = tried(home, definitions, changed(opened(home, "answered", "aurora"), "polarity: higher", "polarity: 'higher"), None)
    assert trial.catalogue is None
    assert [(said.part, said.problem.message[:8]) for said in trial.problems] == [(0, "not YAML")]
    assert 4 <= (trial.problems[0].problem.line or 0) <= len(opened(home, "answered", "aurora").texts[0].split("\n"))


def test_a_place_s_own_target_has_its_lines_too(home, definitions):
    draft = changed(opened(home, "trips", "aurora"), "value: 61", "value: 1", number=1)
    (said,) = tried(home, definitions, draft, None).problems
    assert (said.part, said.problem.line, said.problem.key) == (1, 2, "target.value")
    assert "is worse than the baseline" in said.problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("polarity: higher", "polarity: up"),
        ("owner: police", "owner: nobody"),
        ("value: 60, date", "value: 3, date"),
        ("axis: open", "axes: open"),
    ],
)
def test_the_problems_are_those_of_kpis_check(home, definitions, facts, old, new):
    draft = changed(opened(home, "trips", "bruma"), old, new)
    said = [said.problem for said in tried(home, definitions, draft, facts).problems]
    (path,) = draft.files
    path.write_text(draft.files[path], encoding="utf-8")
    found = check(home).problems
    assert found
    assert [(problem.as_json()["message"], problem.as_json()["hint"]) for problem in found] == [
        (problem.as_json()["message"], problem.as_json()["hint"]) for problem in said
    ]
    assert [draft.parts[0].line(problem.line, draft.texts[0]) for problem in found] == [problem.line for problem in said]


def test_the_smart_rule_says_its_lines(home, definitions, facts):
    draft = opened(home, "robberies", "bruma")
    found = gated(home, draft, tried(home, definitions, draft, facts), facts, LAST.last, {})
    assert found is not None
    lines = {one.check.name: said.problem.line for one, said in found.open}
    target = next(n for n, line in enumerate(draft.texts[0].split("\n"), 1) if "target:" in line)
    assert lines["is_not_due_with_all_the_others"] == target
    assert [found.assessment.score(letter)[1] for letter in LETTERS] == [9, 9, 5, 4, 5]


# The last year


def test_the_last_year_is_what_kpis_evaluate_says_of_each_month(home, definitions, facts, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    draft = changed(opened(home, "trips", "bruma"), "value: 60", "value: 90")
    trial = tried(home, definitions, draft, facts)
    assert trial.catalogue is not None
    pairs = last_year(facts, kpis(home), trial.catalogue, definitions, "bruma", ("trips", "trips"), LAST)
    saved = _evaluated(pairs)
    assert [_told(pair.saved) for pair in pairs] == saved
    save(home, definitions, draft, "Ana", "A try", DAY, facts)
    drafted = _evaluated(pairs)
    assert [_told(pair.drafted) for pair in pairs] == drafted
    assert [pair.moved for pair in pairs] == [one[0] != other[0] for one, other in zip(saved, drafted, strict=True)]
    assert any(pair.moved for pair in pairs)


def _told(score: Score | None) -> tuple:
    """What is due to twelve digits: the last one may differ where twelve months are computed at once."""
    assert score is not None
    return score.status, score.value, pytest.approx(score.due, rel=1e-12)


def _evaluated(pairs: Sequence[Pair]) -> list[tuple]:
    found = []
    for pair in pairs:
        answer = evaluate.run(Namespace(place="bruma", month=str(pair.month), kpi="trips", as_known=None))
        (one,) = json.loads(json.dumps(answer.json, default=str))["kpis"]
        found.append((one["status"], one["value"], one["due"]))
    return found


def test_a_new_goal_has_a_last_year_and_nothing_to_hold_it_against(home, definitions, facts):
    draft = begun(home, NEW, "aurora")
    trial = tried(home, definitions, draft, facts)
    assert trial.catalogue is not None and not trial.problems
    pairs = last_year(facts, kpis(home), trial.catalogue, definitions, "aurora", ("", "shops"), LAST)
    assert {(pair.saved, pair.drafted.status) for pair in pairs} == {(None, "untracked")}
    assert [str(pair.month) for pair in (pairs[0], pairs[-1])] == ["2025-07", "2026-06"]


# Saving


def test_saving_changes_the_value_and_adds_its_entry_and_nothing_else(home, definitions):
    old = all_files(home)
    draft = changed(changed(opened(home, "lights", "aurora"), "98", "99", number=1), "polarity: higher", "polarity: higher  # of course")
    written = save(home, definitions, draft, " Ana Ruiz ", "The council: yes", DAY, None)
    assert written == ["kpis/definitions/all.yaml", "kpis/targets/aurora.yaml"]
    new = all_files(home)
    assert new["kpis/targets/aurora.yaml"] == old["kpis/targets/aurora.yaml"].replace("98", "99")
    assert new["kpis/definitions/all.yaml"].split("\n") != old["kpis/definitions/all.yaml"].split("\n")
    added = [line for line in new["kpis/definitions/all.yaml"].split("\n") if line not in old["kpis/definitions/all.yaml"].split("\n")]
    assert added == [
        "    polarity: higher  # of course",
        "    changes:",
        '      - {date: 2026-07-10, by: Ana Ruiz, reason: "The council: yes", '
        "fields: [{key: target.value, place: aurora, from: 98, to: 99}]}",
    ]
    (entry,) = kpis(home).kpi["lights"].changes
    assert isinstance(entry, Change)
    assert (entry.by, entry.reason, entry.date) == ("Ana Ruiz", "The council: yes", DAY)
    assert [(field.key, field.place, field.before, field.after) for field in entry.fields] == [("target.value", "aurora", 98, 99)]


def test_a_key_that_comes_or_goes_is_recorded_as_such(home, definitions):
    draft = changed(opened(home, "trips", "bruma"), "    axis: open\n".strip() + "\n", "weight: 2\n")
    save(home, definitions, draft, "Ana", "Simpler", DAY, None)
    (entry,) = kpis(home).kpi["trips"].changes
    assert {(field.key, field.before, field.after) for field in entry.fields} == {("axis", "open", None), ("weight", None, 2)}


@pytest.mark.parametrize(("by", "reason", "keys"), [("", "x", ["by"]), ("x", " ", ["reason"]), ("", "", ["reason", "by"])])
def test_nothing_is_saved_without_who_and_why(home, definitions, by, reason, keys):
    old = all_files(home)
    with pytest.raises(Refused) as refused:
        save(home, definitions, changed(opened(home, "trips", "bruma"), "60", "62"), by, reason, DAY, None)
    assert [problem.key for problem in refused.value.problems] == keys
    assert all_files(home) == old


def test_a_draft_with_a_problem_is_not_saved(home, definitions):
    old = all_files(home)
    with pytest.raises(Refused, match="not a known key"):
        save(home, definitions, changed(opened(home, "trips", "bruma"), "owner:", "owners:"), "Ana", "x", DAY, None)
    assert all_files(home) == old


@pytest.mark.parametrize("text", ["", "# nothing\n", "id: aimless\nname: Aimless\n", "-\n"])
def test_a_text_without_its_goal_is_a_problem_and_is_not_saved(home, definitions, text):
    """There would be no place left for who and why."""
    files, draft = all_files(home), opened(home, "aimless", "aurora").with_text(0, text)
    trial = tried(home, definitions, draft, None)
    assert "no goal stands here any more" in [said.problem.message for said in trial.own]
    assert trial.catalogue is None
    with pytest.raises(Refused, match="no goal stands here any more"):
        save(home, definitions, draft, "Ana", "Given up", DAY, None)
    assert all_files(home) == files


def test_a_draft_that_breaks_something_elsewhere_is_not_saved(home, definitions):
    old = all_files(home)
    with pytest.raises(Refused, match="is not a known KPI"):
        save(home, definitions, changed(opened(home, "trips", "bruma"), "id: trips", "id: journeys"), "Ana", "x", DAY, None)
    assert all_files(home) == old


def test_a_file_that_was_changed_since_it_was_opened_is_not_written_over(home, definitions):
    draft = changed(opened(home, "trips", "aurora"), "61", "62", number=1)
    path = home.definitions / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# somebody else\n", encoding="utf-8")
    old = all_files(home)
    with pytest.raises(NotPossibleNow, match="somebody has just changed"):
        save(home, definitions, draft, "Ana", "x", DAY, None)
    assert all_files(home) == old
    assert list(draft.moved()) == [path]


def test_while_somebody_else_writes_nothing_is_saved(home, definitions, monkeypatch):
    monkeypatch.setattr(definition_lock, "PATIENCE", 0)
    old = all_files(home)
    with FileLock(home.store / "definitions.lock"), pytest.raises(NotPossibleNow, match="somebody else is writing"):
        save(home, definitions, changed(opened(home, "trips", "bruma"), "60", "62"), "Ana", "x", DAY, None)
    assert all_files(home) == old


def test_where_the_second_file_cannot_be_written_the_first_is_as_it_was(home, definitions, monkeypatch):
    draft, old = changed(opened(home, "trips", "aurora"), "61", "62", number=1), all_files(home)
    write = definition_edits._replace

    def failing(path: Path, text: str) -> None:
        if path.parent == home.targets and "62" in text:
            raise OSError(28, "No space left on device")
        write(path, text)

    monkeypatch.setattr(definition_edits, "_replace", failing)
    with pytest.raises(NotPossibleNow, match="definitions cannot be written: No space left"):
        save(home, definitions, draft, "Ana", "x", DAY, None)
    assert all_files(home) == old


def test_power_that_fails_between_two_files_leaves_both_as_they_were_for_the_next_who_writes(home, definitions, monkeypatch):
    draft, old = changed(opened(home, "trips", "aurora"), "61", "62", number=1), all_files(home)
    write = definition_edits._replace

    def failing(path: Path, text: str) -> None:
        if path.parent == home.targets:
            raise KeyboardInterrupt
        write(path, text)

    with monkeypatch.context() as patch:
        patch.setattr(definition_edits, "_replace", failing)
        patch.setattr(definition_edits, "_put_back", lambda *_: None)
        patch.setattr(definition_swap, "drop", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            save(home, definitions, draft, "Ana", "x", DAY, None)
    assert all_files(home) != old
    finish_stopped(home)
    assert all_files(home) == old


def test_what_was_saved_in_two_files_stays_for_the_next_who_writes(home, definitions):
    save(home, definitions, changed(opened(home, "trips", "aurora"), "61", "62", number=1), "Ana", "x", DAY, None)
    new = all_files(home)
    with writing(home):
        pass
    assert all_files(home) == new
    assert "value: 62" in new["kpis/targets/aurora.yaml"]


def test_two_files_are_not_saved_while_facts_are_written_and_one_is(home, definitions):
    old = all_files(home)
    with writing(home):
        with pytest.raises(NotPossibleNow, match="nothing was changed"):
            save(home, definitions, changed(opened(home, "trips", "aurora"), "61", "62", number=1), "Ana", "x", DAY, None)
        assert all_files(home) == old
        assert save(home, definitions, changed(opened(home, "trips", "bruma"), "60", "62"), "Ana", "x", DAY, None)


def test_a_new_goal_stands_after_the_last_one_with_its_reason(home, definitions):
    draft = begun(home, NEW, "aurora")
    save(home, definitions, draft, "Ana", "Shops close", DAY, None)
    path = home.definitions / "all.yaml"
    assert path.read_text(encoding="utf-8").rstrip().endswith("changes:\n      - {date: 2026-07-10, by: Ana, reason: Shops close}")
    assert list(kpis(home).kpi)[-1] == "shops"


def test_the_first_goal_of_a_home_begins_its_file(home, definitions):
    shutil.rmtree(home.definitions)
    shutil.rmtree(home.targets)
    save(home, definitions, begun(home, NEW, "aurora"), "Ana", "The first", DAY, None)
    assert (home.definitions / "goals.yaml").read_text(encoding="utf-8").startswith("kpis:\n  - id: shops\n")
    assert list(kpis(home).kpi) == ["shops"]


def test_a_new_goal_never_takes_the_place_of_a_file_without_room(home, definitions):
    shutil.rmtree(home.targets)
    (home.definitions / "all.yaml").unlink()
    old = home.definitions / "goals.yaml"
    old.write_text("kpis: [{id: kept, name: Kept, indicator: trips, polarity: higher, owner: police}]\n", encoding="utf-8")
    save(home, definitions, begun(home, NEW, "aurora"), "Ana", "x", DAY, None)
    assert list(kpis(home).kpi) == ["kept", "shops"]


@pytest.mark.parametrize("text", ["", "[]", "words", "- ", "- id: trips\n  changes: 5\n"])
def test_a_text_that_is_no_goal_is_refused_and_nothing_is_written(home, definitions, text):
    old = all_files(home)
    with pytest.raises(Refused):
        save(home, definitions, opened(home, "trips", "aurora").with_text(0, text), "Ana", "x", DAY, None)
    assert all_files(home) == old


def test_an_id_that_is_a_list_in_a_broken_file_is_refused_as_any_other(home, definitions):
    path = home.definitions / "all.yaml"
    draft = changed(whole_file(path), "- id: trips", "- id: [trips]")
    with pytest.raises(Refused):
        save(home, definitions, draft, "Ana", "x", DAY, None)


def test_a_broken_file_is_mended_whole_with_an_entry_in_the_goal_that_was_mended(home, definitions):
    path = home.definitions / "all.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("polarity: lower", "polarity: [lower", 1), encoding="utf-8")
    draft = changed(whole_file(path), "[lower", "lower")
    save(home, definitions, draft, "Ana", "A slip", DAY, None)
    assert {name: len(kpi.changes) for name, kpi in kpis(home).kpi.items() if kpi.changes} == {"robberies": 1}
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line not in good.split("\n")] == [
        "    changes:",
        "      - {date: 2026-07-10, by: Ana, reason: A slip}",
    ]


def test_one_of_two_broken_goals_can_be_mended_alone(home):
    path = home.definitions / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("owner: police", "owner: nobody", 2), encoding="utf-8")
    definitions = definition_files.load(home)
    draft = changed(opened(home, "robberies", "bruma"), "owner: nobody", "owner: police")
    trial = tried(home, definitions, draft, None)
    assert (len(trial.own), len(trial.elsewhere)) == (0, 1)
    save(home, definitions, draft, "Ana", "One by one", DAY, None)
    assert len(check(home).problems) == 1


# The way back


def test_undo_brings_back_what_the_file_said_before_and_keeps_the_record(home, definitions):
    first = opened(home, "lights", "aurora")
    assert before(home, first) is None
    save(home, definitions, changed(first, "98", "99", number=1), "Ana", "More", DAY, None)
    older = before(home, opened(home, "lights", "aurora"))
    assert older is not None
    assert older.texts[1] == first.texts[1]
    save(home, definitions, older, "Ana", "Too many", DAY, None)
    assert (home.targets / "aurora.yaml").read_text(encoding="utf-8") == OWN
    record = [(entry.reason, entry.fields[0].before, entry.fields[0].after) for entry in kpis(home).kpi["lights"].changes]
    assert record == [("More", 98, 99), ("Too many", 99, 98)]


def test_undo_brings_back_a_target_of_a_place_that_was_taken_out(home, definitions):
    path = home.targets / "aurora.yaml"
    save(home, definitions, opened(home, "lights", "aurora").with_text(1, ""), "Ana", "Not of ours", DAY, None)
    gone = opened(home, "lights", "aurora")
    assert len(gone.parts) == 1
    assert "lights" not in path.read_text(encoding="utf-8")

    older = before(home, gone)
    assert older is not None
    assert older.texts[1] == "lights: {target: {value: 98, date: 2028-12-31}}  # all of them\n"
    assert tried(home, definitions, older, None).problems == ()
    save(home, definitions, older, "Ana", "It was", DAY, None)
    assert opened(home, "lights", "aurora").texts[1] == older.texts[1]


def test_undo_of_a_goal_alone_has_no_lines_of_the_place(home, definitions):
    heavier = changed(opened(home, "robberies", "aurora"), "owner: police", "owner: police\n  weight: 2")
    save(home, definitions, heavier, "Ana", "So it is", DAY, None)
    older = before(home, opened(home, "robberies", "aurora"))
    assert older is not None
    assert len(older.parts) == 1


def test_undo_is_of_this_goal_also_where_another_of_its_file_was_changed_since(home, definitions):
    first = opened(home, "trips", "bruma")
    save(home, definitions, changed(first, "value: 60", "value: 62"), "Ana", "More", DAY, None)
    save(home, definitions, changed(opened(home, "answered", "bruma"), "value: 85", "value: 86"), "Ana", "More", DAY, None)
    older = before(home, opened(home, "trips", "bruma"))
    assert older is not None
    assert older.texts[0].startswith(first.texts[0])


def test_a_file_kept_aside_is_parsed_only_where_it_said_something_else_of_the_goal(home, definitions, monkeypatch):
    save(home, definitions, changed(opened(home, "lights", "bruma"), "97", "98"), "Ana", "x", DAY, None)
    draft, asked = opened(home, "trips", "aurora"), []
    monkeypatch.setattr(parts, "goals", lambda where: asked.append(where) or {})
    assert before(home, draft) is None
    assert asked == []


def test_undo_brings_back_a_last_line_that_was_taken_out(home, definitions):
    add = opened(home, "trips", "bruma")
    save(home, definitions, add.with_text(0, f"{add.texts[0].rstrip()}\n  weight: 2\n"), "Ana", "x", DAY, None)
    longer = opened(home, "trips", "bruma")
    save(home, definitions, longer.with_text(0, longer.texts[0].replace("  weight: 2\n", "")), "Ana", "y", DAY, None)
    found = before(home, opened(home, "trips", "bruma"))
    assert found is not None
    assert "weight: 2" in found.texts[0]


def test_lines_with_more_below_them_do_not_say_the_same(home):
    part = opened(home, "trips", "bruma").parts[0]
    assert parts.says_the_same(part, part.base)
    assert not parts.says_the_same(part, part.base.replace(part.standing, f"{part.standing}\n    weight: 2"))
