"""What the page of an area says: every number of its headline counted again from the tables below it."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from dashboards.plan import actions_table, areas, delays, shown
from dashboards.plan.area import desk, duties, grid, known, listing, posts, saying, wording
from dashboards.plan.area.difference import Proposed
from dashboards.session import Session
from dashboards.words import translator
from data import drafts
from data.home import Home
from data.plans.checking import Found
from data.plans.comparing import Held, Values, compare
from data.plans.deciding import Decision, decide_and_change
from data.plans.evidence import bring_link
from data.plans.reported import as_it_was, held
from data.plans.reporting import Report, reach, report
from data.plans.vocabulary import REPORTED
from data.problems import Problem
from data.records.tables import milestone
from tests import area_town
from tests.area_town import NAMES, Town
from tests.conftest import ROOT
from tests.small_city import session as session_at


@pytest.fixture
def home(city, tmp_path) -> Home:
    """The small city with a plan, for one test to change."""
    shutil.copytree(city.folder, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def town(home) -> Town:
    return area_town.build(home)


@pytest.fixture
def session(home, town) -> Session:
    """An English reader in the newest month."""
    return session_at(home)


def plan_of(session: Session):
    found = shown.asked(session)
    assert found
    return found


def found_of(session: Session, area: str = "police") -> known.Known:
    return known.of_area(session, plan_of(session), area)


def drawn(html: str) -> ElementTree.Element:
    """Parsed: that it parses says that no text broke out of it."""
    return ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>")


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).replace("\xa0", " ").strip()


def rows(table: ElementTree.Element) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in table.iter("tr") if row.find("td") is not None]


def test_the_headline_says_what_is_proved_declared_late_and_owed(session):
    said = saying.sentence(session, found_of(session)).replace("\xa0", " ")
    assert said == "Its 4 actions are 10 % proved and 33.3 % declared. 2 are late. It owes 5 things."


def test_every_number_of_the_headline_can_be_counted_in_the_tables_below_it(session):
    found = found_of(session)
    numbers = re.findall(r"\d+(?:\.\d+)?", saying.sentence(session, found))
    table = rows(drawn(actions_table.block(session, found.actions, found.owners, "Actions")))
    proved = [float(row[2].split()[0]) for row in table]
    declared = [float(row[3].split()[0]) for row in table if row[3] != "–"]
    late = [row for row in table if row[1] == "Late"]
    assert [float(number) for number in numbers[:4]] == [len(table), sum(proved) / 4, round(sum(declared) / 3, 1), len(late)]
    counts = {text(head).split(":")[0]: int(text(head).split(":")[1]) for head in drawn(duties.block(session, found)).iter("h3")}
    owed = counts["Stages overdue"] + counts["Evidence sent back"] + counts["Not reported"]
    assert counts["Corrective measures"] == 1  # its day is over too
    assert int(numbers[4]) == owed + 1


def test_each_thing_owed_names_its_action_its_day_and_how_long(session):
    block = drawn(duties.block(session, found_of(session)))
    heads = [text(head) for head in block.iter("h3")]
    assert heads[:3] == ["Stages overdue: 1", "Evidence sent back: 1", "Corrective measures: 1"]
    assert heads[3:] == ["Not reported: 2", "Stages due soon: 1", "Evidence that waits: 1"]
    table = {row[0]: row[1:] for row in rows(block)}
    assert table["Renovate the market"] == ["Open", "31 Aug 2026", "in 52 days"]
    assert rows(list(block.iter("table"))[1])[0][1].startswith("Contract, for the stage “Designed”Rosa Revisora: The signature is missing")


def test_evidence_that_waits_too_long_is_said_with_who_judges_it_and_is_late(session, town):
    def waits() -> str:
        return rows(list(drawn(duties.block(session, found_of(session))).iter("table"))[-1])[0][1]

    assert waits() == "Photograph, for the stage “Open”"
    late = found_of(session).part.whole["late_stages"]
    long_ago = datetime(2026, 6, 9, 9, tzinfo=UTC)
    stage = found_of(session).owed.due["id"][0]
    bring_link(town.records, town.actor("editor"), stage, "Drawing", "https://example.org/drawing", long_ago)
    assert waits() == "Drawing, for the stage “Designed”To be judged by Rosa Revisora."
    assert "after 30 days it no longer keeps its stage from being late" in text(drawn(duties.block(session, found_of(session))))
    assert found_of(session).part.whole["late_stages"] == late


def test_what_is_owed_is_counted_from_the_review_day_and_not_from_today(session):
    assert session.review_day == date(2026, 7, 10)
    assert found_of(session).since == date(2026, 6, 10)


def test_names_that_try_to_be_markup_are_shown_as_they_are_written(session):
    found = found_of(session)
    html = actions_table.block(session, found.actions, found.owners, "Actions") + duties.block(session, found)
    assert NAMES["1.5"] in [text(link) for link in drawn(html).iter("a")]
    assert not list(drawn(html).iter("img"))


def test_an_area_that_owes_nothing_says_so(session, town):
    action = town.row("1.3")
    report(town.records, town.actor("reviewer"), Report(action["id"], action["version"], date(2026, 7, 1), 5.0, "started"))
    found = found_of(session, "hall")
    assert saying.sentence(session, found).endswith("None is late. It owes nothing.")
    assert "Nothing: everything is reported, no stage is due within 60 days" in duties.block(session, found)


def test_posts_say_who_holds_them_and_what_runs_under_each(session):
    table = rows(drawn(posts.block(session, found_of(session))))
    assert table == [["Head of Security", "Elena Editora", "2"], ["Security liaison", "nobody", "0"]]


def test_a_post_with_nobody_in_it_and_one_with_too_much_are_said(session):
    found = found_of(session)
    empty = replace(found, posts=tuple(replace(post, holder=None) for post in found.posts))
    assert posts.sentence(session, empty) == "Nobody holds the post Head of Security."
    crowded = replace(found, load=found.load + found.load + found.load + found.load + found.load + found.load)
    assert posts.sentence(session, crowded) == "Head of Security answers for 12 actions that run, more than 10."


def test_the_list_names_the_areas_that_owe_most_first(session):
    found = [known.of_area(session, plan_of(session), area) for area in known.in_plan(session, plan_of(session))]
    block = drawn(listing.block(session, plan_of(session), found))
    table = rows(block)
    assert [row[1:3] + row[-1:] for row in table] == [["4", "2", "5"], ["1", "0", "1"]]
    assert [row[0] for row in table] == ["Security", text(drawn(_hall(session)))]
    headline = text(next(block.iter("p")))
    assert headline == "Areas that owe something: 2 of 2. 6 things are owed in all."
    assert sum(int(row[-1]) for row in table) == 6


def _hall(session: Session) -> str:
    return session.say(session.definitions.area["hall"]).replace("&", "&amp;").replace("<", "&lt;")


def test_the_way_to_an_area_stays_in_the_plan(session):
    plan = plan_of(session)
    links = [areas.link(session, "police", plan.key), listing.block(session, plan, [found_of(session)])]
    found = [link.attrib["href"] for html in links for link in drawn(html).iter("a") if link.attrib["href"].startswith("area?")]
    assert len(found) == 2
    assert all(f"plan={plan.key}" in address.split("&") for address in found)


@pytest.mark.parametrize("asked", ["police", "nowhere", ""])
def test_the_page_shows_with_an_area_without_one_and_with_nonsense(home, town, monkeypatch, asked):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.run()
    if asked:
        app.query_params["area"] = asked
    app.switch_page("pages/plan/area.py").run()
    assert not app.exception
    assert app.title[0].value == ("Security" if asked == "police" else "Areas")
    assert [warning.value for warning in app.warning] == (
        ["The link names no area of the city. All areas are listed here."] if asked == "nowhere" else []
    )
    assert not app.get("file_uploader")  # nobody acts, so nobody reports


def test_an_area_without_actions_has_no_empty_table_and_a_plan_that_is_not_there_is_said(home, town, monkeypatch):
    city = home.folder / "data" / "city.yaml"
    city.write_text(city.read_text("utf-8").replace("areas:\n", "areas:\n  - {id: idle, name: Idle}\n"), "utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params.update({"language": "en", "area": "idle", "plan": "no_such"})
    app.run()
    app.switch_page("pages/plan/area.py").run()
    assert not app.exception
    drawn = "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))
    assert "The area has no action that counts in this plan." in drawn
    assert "Its actions" not in drawn
    assert "Its posts" in drawn
    said = " ".join(each.value for each in app.main.markdown).replace("\\", "")
    assert "The link asks for a plan that does not exist, no_such: another one is shown." in said


def test_what_the_records_say_of_an_older_version_is_found_again(town):
    node = town.nodes["1.1"]
    now = held(town.records, town.plan, "police")[node]
    assert (now.version, now.values) == (2, Values(60.0, "started"))
    assert as_it_was(town.records, {node: 1, 999: 1}) == {node: Values()}


WORDS = wording.of("en").statuses


def touched(session: Session, town: Town, **cells: str) -> desk.Desk:
    """The table of the area with other cells in the row of the market."""
    actions = held(town.records, town.plan, "police")
    node = town.nodes["1.1"]
    begun = desk.settled(session, "area/test", actions, WORDS)
    return desk.keep(session, "area/test", begun, {node: {**begun.rows[node].cells, **cells}})


@pytest.fixture
def editing(session, town, monkeypatch) -> Session:
    """The editor of the area, in a visit of its own."""
    state: dict[str, object] = {}
    monkeypatch.setattr(desk.visit, "left", state.get)
    monkeypatch.setattr(desk.visit, "put", state.__setitem__)
    monkeypatch.setattr(desk.visit, "state", state, raising=False)
    return replace(session, actor=town.actor("editor"))


def test_what_one_person_typed_is_not_what_the_next_finds_in_the_same_visit(home, town, monkeypatch):
    told = []
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    monkeypatch.setattr("dashboards.plan.area.grid.show", lambda _session, form, _actions: told.append(form))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["area"] = "police"
    for who in ("editor", "office"):
        monkeypatch.setattr("dashboards.acting.choose", lambda *_, who=who: town.actor(who))
        app.run()
        app.switch_page("pages/plan/area.py").run()
        assert not app.exception
    assert len(set(told)) == 2


def test_what_is_typed_is_a_draft_until_it_is_as_it_was_again(editing, town):
    touched(editing, town, declared="75")
    kept = drafts.kept(town.records, editing.actor, "area/test")
    assert kept and list(kept[0]["rows"]) == [str(town.nodes["1.1"])]
    touched(editing, town, declared="60")
    assert drafts.kept(town.records, editing.actor, "area/test") is None


def test_a_draft_is_found_in_another_visit_and_still_knows_what_it_began_with(editing, town, monkeypatch):
    touched(editing, town, declared="75", said="Roof on")
    report(town.records, town.actor("editor"), Report(town.nodes["1.1"], 2, date(2026, 7, 3), 65.0, "started"))
    state: dict[str, object] = {}
    monkeypatch.setattr(desk.visit, "left", state.get)
    monkeypatch.setattr(desk.visit, "put", state.__setitem__)
    now = held(town.records, town.plan, "police")
    again = desk.settled(editing, "area/test", now, WORDS)
    assert again.since and list(again.touched) == [town.nodes["1.1"]]
    said, faults = desk.values(again, wording.statuses("en"))
    (change,) = compare(said, {node: again.rows[node].base for node in said}, now)
    assert not faults and change.stale and change.theirs == ("declared",) and change.wanted.said == "Roof on"


def test_a_table_in_which_nothing_is_typed_follows_the_records(editing, town):
    begun = desk.settled(editing, "area/test", held(town.records, town.plan, "police"), WORDS)
    report(town.records, town.actor("editor"), Report(town.nodes["1.1"], 2, date(2026, 7, 3), 65.0, "started"))
    after = desk.settled(editing, "area/test", held(town.records, town.plan, "police"), WORDS)
    assert after.number == begun.number + 1
    assert after.rows[town.nodes["1.1"]].cells["declared"] == "65"


@pytest.mark.parametrize("locale", ["en_GB", "es_MX"])
def test_a_status_on_no_list_is_named_with_the_list_of_the_reader(editing, town, locale):
    typed = touched(editing, town, status="Finished, but late")
    ((node, found),) = desk.values(typed, wording.statuses(locale))[1]
    listed = ", ".join(wording.of(locale).statuses[status] for status in REPORTED)
    assert (node, found.problem.column) == (town.nodes["1.1"], "status")
    assert str(found.problem).endswith(f"Finished, but late is not a status; write one of: {listed}")


CHIPS = {
    "nobody touched it": ("Under way", ["Under way"], "Under way"),
    "chosen beside the one before": ("Under way", ["Under way", "Completed"], "Completed"),
    "pasted over it": ("Under way", ["Finished"], "Finished"),
    "pasted with a comma": ("Under way", ["Finished", " but late"], "Finished, but late"),
    "two chosen": ("", ["Completed", "Suspended"], "Completed, Suspended"),
    "emptied": ("Under way", [], ""),
    "never filled": ("", None, ""),
}


@pytest.mark.parametrize(("before", "chosen", "said"), CHIPS.values(), ids=CHIPS)
def test_a_cell_of_status_says_what_was_put_in_place_of_the_one_before(before, chosen, said):
    assert grid.status(before, chosen) == said


def test_the_column_of_status_takes_in_what_is_on_no_list(editing, town):
    opened = desk.settled(editing, "area/list", held(town.records, town.plan, "police"), WORDS)
    assert grid.columns(editing, opened)["status"]["type_config"]["accept_new_options"]


def test_only_what_was_left_is_typed_after_a_save(editing, town):
    both = touched(editing, town, declared="75")
    other = town.nodes["1.2"]
    both = desk.keep(editing, "area/test", both, {other: {**both.rows[other].cells, "declared": "half"}})
    assert [problem.problem.message for _node, problem in desk.values(both, WORDS)[1]] == ["{found!r} is not a percentage"]
    desk.leave_only(editing, "area/test", both, {other})
    again = desk.settled(editing, "area/test", held(town.records, town.plan, "police"), WORDS)
    assert list(again.touched) == [other] and again.number > both.number


def test_a_cell_that_nobody_touched_says_exactly_what_the_records_say(editing, town):
    report(town.records, town.actor("editor"), Report(town.nodes["1.1"], 2, date(2026, 7, 3), 33.3333333333333, "started"))
    said, _faults = desk.values(touched(editing, town, said="Roof on"), {word: status for status, word in WORDS.items()})
    assert said[town.nodes["1.1"]].declared == 33.3333333333333


def test_what_a_report_refuses_is_said_and_its_row_is_left_out(town):
    now = held(town.records, town.plan, "police")
    one, two, three = (town.nodes[key] for key in ("1.1", "1.2", "1.5"))
    typed = {one: Values(140.0, "started"), two: Values(30.0, "suspended"), three: Values(5.0, "started")}
    changes = compare(typed, {node: now[node].values for node in typed}, now)
    unread = (None, Found(Problem("the row of {key} is missing", "nothing", values={"key": "x"}), refuses=False))
    proposed = Proposed.of(now, changes, [unread], {one: 7})
    assert [change.held.node for change in proposed.changes] == [three]
    assert [(fault.line, fault.key, fault.column) for fault in proposed.faults] == [(7, "1.1", "declared"), (None, "1.2", "reason")]
    assert proposed.broken == {one, two} and len(proposed.remarks) == 1
    turned = Proposed.of(now, changes, [(two, Found(Problem("half a word", "mend it", line=9)))], {one: 7, two: 9})
    assert [fault.line for fault in turned.faults] == [7, 9, 9], "row by row, whoever found it"


def test_a_sheet_that_cannot_be_read_says_what_to_send_instead(home):
    """What was not taken, why, and the cure, whichever sheet it is."""

    def page(folder: str) -> None:
        from pathlib import Path

        from dashboards import unread
        from data.home import Home
        from data.problems import Problem, Refused
        from tests.small_city import session

        unread.say(session(Home(Path(folder))), Refused([Problem("the column {name} is missing", "", values={"name": "Id"})]))

    app = AppTest.from_function(page, args=(str(home.folder),)).run()
    assert [each.value for each in app.error] == [plain("Nothing was saved, and nothing can be read of this file.")]
    assert app.markdown[0].value == plain("The column Id is missing.")
    assert "it may come back as .xlsx, .xls or .ods" in app.markdown[1].value.replace("\\", "")


def test_an_action_that_would_be_cancelled_in_the_table_is_left_out_with_its_cure(town):
    now = held(town.records, town.plan, "police")
    one = town.nodes["1.1"]
    changes = compare({one: Values(60.0, "cancelled", None, "No money")}, {one: now[one].values}, now)
    proposed = Proposed.of(now, changes, [])
    assert proposed.changes == () and proposed.broken == {one}
    (fault,) = proposed.faults
    assert (fault.key, fault.column, fault.hint) == ("1.1", "status", "propose its removal, or have the decision recorded")


@pytest.mark.parametrize("typed", ["started", None])
def test_a_cancelled_action_that_would_be_taken_up_in_the_table_is_left_out_with_its_cure(town, typed):
    told = Decision(town.plan, date(2026, 7, 3), "No", "other", "No money", town.nodes["1.1"])
    decide_and_change(town.records, town.actor("office"), told, 2, status="cancelled", status_reason="No money")
    now = held(town.records, town.plan, "police")
    one = town.nodes["1.1"]
    proposed = Proposed.of(now, compare({one: Values(90.0, typed, None, None)}, {one: now[one].values}, now), [])
    assert proposed.changes == () and proposed.broken == {one}
    assert [fault.hint for fault in proposed.faults] == ["leave it cancelled, or have the decision recorded that takes it up again"]


def test_the_table_offers_what_an_area_may_report_and_what_an_action_is_already(editing, town):
    def offered() -> list[str]:
        opened = desk.settled(editing, "area/offers", held(town.records, town.plan, "police"), WORDS)
        return [each["value"] for each in grid.columns(editing, opened)["status"]["type_config"]["options"]]

    assert offered() == ["Not started", "Under way", "Completed", "Suspended", "Removal proposed"]
    told = Decision(town.plan, date(2026, 7, 3), "No", "other", "No money", town.nodes["1.2"])
    decide_and_change(town.records, town.actor("office"), told, 2, status="cancelled", status_reason="No money")
    assert offered()[-1] == "Cancelled"


def test_a_stage_that_is_only_said_to_be_reached_is_still_owed(session, town):
    with town.records.read() as connection:
        steps = select(milestone.c.id, milestone.c.version).where(milestone.c.node == town.nodes["1.1"], milestone.c.position == 1)
        step = connection.execute(steps).one()
    reach(town.records, town.actor("editor"), step.id, step.version, date(2026, 7, 3))
    table = {row[0]: row[1:] for row in rows(drawn(duties.block(session, found_of(session))))}
    assert table["Renovate the market"] == ["Opensaid to be reached on 3 Jul 2026; no evidence yet", "31 Aug 2026", "in 52 days"]


@pytest.mark.parametrize("locale", ["es_ES", "es_MX", "en_GB"])
def test_the_list_of_statuses_fits_into_a_cell_of_a_spreadsheet(locale):
    """A drop-down takes 255 letters, and parts its words by commas."""
    words = list(wording.of(locale).statuses.values())
    assert len(",".join(words)) <= 255 and not any("," in word for word in words)
    assert len(set(words)) == len(words) and len(wording.of(locale).title) <= 31


def test_every_title_of_the_sheet_differs_from_the_others():
    for locale in ("es", "en"):
        titles = list(wording.of(locale).titles.values())
        assert len(set(titles)) == len(titles)


def test_a_day_is_said_by_how_far_it_is():
    said = ["in 12 days", "in 1 day", "today", "1 day overdue", "30 days overdue"]
    assert [duties.until(days, "en") for days in (12, 1, 0, -1, -30)] == said
    assert saying.owes(1, translator("en")) == "It owes 1 thing."


def test_a_delay_is_said_in_the_same_words_everywhere():
    ends = date(2028, 1, 1)
    found = {days: delays.late({"delay_days": days, "forecast_end": ends}, "en") for days in (None, -3, 4, 5, 60, 91, 730)}
    assert list(found.values()) == ["", "", "", *(f"{time} late at this pace" for time in ("5 days", "60 days", "3 months", "2 years"))]
    assert delays.late({"delay_days": 1, "forecast_end": None}, "en") == "1 day overdue"


def test_what_would_change_is_held_against_what_holds_now(town):
    action = Held(1, 3, "1", '"A"', Values(10.0, "started"))
    assert compare({1: Values(10.0, "started")}, {1: Values(10.0, "started")}, {1: action}) == []
