"""The page Accountability: how much was carried out, what was decided and why, what failed, what was learnt, and what came of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.plan import shown
from dashboards.plan.accountability import choice, compliance, page, results
from dashboards.plan.entries import Entries, Row
from dashboards.session import Session
from data import people
from data.access import Actor, Role
from data.home import Home
from data.people import posts
from data.periods import Month
from data.plans.deciding import Decision, add, change, decide
from data.plans.document import NodeEntry
from data.plans.ledger import Ledger, ledger
from data.plans.outcomes import Outcome, Result, close_outcome, record_outcome, record_result
from data.plans.reading import plans
from data.records.records import Records, records
from tests.conftest import ROOT
from tests.planned_city import node_id, planned
from tests.small_city import HOSTILE, session

if TYPE_CHECKING:
    from kpis.plans.truth import Truth

PAGE = "pages/plan/accountability.py"
OFFICE = Actor(1, "Ofelia", frozenset({Role("office")}))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    home = planned(tmp_path_factory.mktemp("told") / "home")
    _conclude(records(home))
    return home


def _conclude(held: Records) -> None:
    """Two failures, one of them overdue and one mended, a success, and a result of one kind."""
    plan, owner = plans(held)[0].id, posts(held, date(2026, 7, 1))[0].id
    for title, done in (("Roof fell in", None), (HOSTILE, date(2026, 6, 1))):
        told = Outcome(plan, date(2026, 4, 1), False, title, "technical_impediment", "It rained", "Look up first", node_id(held, "1.1.3"),
                       "Build it again", owner, date(2026, 6, 15))  # fmt: skip
        number = record_outcome(held, OFFICE, told)
        if done:
            close_outcome(held, OFFICE, number, 1, done)
    record_outcome(held, OFFICE, Outcome(plan, date(2025, 5, 2), True, "Shade", "citizens_request", "Trees grew", "Plant early"))
    record_result(held, OFFICE, Result(node_id(held, "1.1.1"), "scope", "Pupils", 450, 500, "pupils", "2026", "Register"))


@pytest.fixture
def found(home) -> Ledger:
    return ledger(records(home), plans(records(home))[0].id)


@pytest.fixture
def entries(home) -> Entries:
    asked = session(home)
    return Entries(asked, {post.id: post for post in posts(asked.records, asked.review_day)})


@pytest.fixture
def visited(home, monkeypatch):
    """A visit to the page by its link: the HTML that it draws."""

    def visit(**asked: str) -> ElementTree.Element:
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        for key, value in {"language": "en", **asked}.items():
            app.query_params[key] = value
        app.switch_page(PAGE).run()
        assert not app.exception
        drawn = "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))
        return ElementTree.fromstring(f"<div>{drawn}</div>")

    return visit


def words(element: ElementTree.Element | None) -> str:
    assert element is not None
    return " ".join(" ".join(element.itertext()).split())


def test_the_headline_counts_what_the_table_below_it_counts(visited):
    drawn = visited()
    rows = [[words(cell) for cell in row] for row in drawn.findall(".//table")[0].findall("tbody/tr")]
    numbers = {state: int(number) for state, number, _share in rows}
    counted = sum(numbers.values()) - numbers["Cancelled"]
    finished = numbers["Implemented"] + numbers["Completed, not proved"]
    said = f"Finished: {finished} of {counted} actions, {100 * finished / counted:g} %."
    said = f"{said} {numbers['Not started']} {'is' if numbers['Not started'] == 1 else 'are'} not started."
    said = (
        f"{said} {numbers['Late']} {'is' if numbers['Late'] == 1 else 'are'} late. {numbers['Cancelled']} was cancelled and does not count."
    )
    assert words(drawn.find(".//p[@class='headline']")) == said
    assert sum(float(share.split()[0]) for _state, _number, share in rows if share != "–") == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize(
    ("actions", "finished", "late", "locale", "said"),
    [
        (1, 0, 0, "en", "Finished: 0 of 1 action, 0 %. 1 is not started."),
        (123, 1, 1, "en", "Finished: 1 of 123 actions, 0.8 %. 1 is not started. 1 is late."),
        (1, 0, 0, "es", "Terminadas: 0 de 1 acción, el 0 %. 1 está sin iniciar."),
        (123, 1, 2, "es", "Terminadas: 1 de 123 acciones, el 0,8 %. 1 está sin iniciar. 2 están atrasadas."),
    ],
)
def test_the_headline_reads_well_of_one_and_of_many(actions, finished, late, locale, said):
    counts = {"not_started": 1, "late": late, "cancelled": 0}
    found = SimpleNamespace(whole={"actions": actions}, counts=counts, finished=finished, finished_share=100 * finished / actions)
    assert compliance.sentence(cast("Truth", found), locale).replace("\xa0", " ") == said


def test_a_failure_stands_beside_a_success_in_the_same_parts(visited):
    halves = visited().find(".//div[@class='halves']")
    assert halves is not None
    titles = [words(section.find("h3")) for section in halves]
    assert titles == ["Failures · 2", "Successes · 1"]
    assert [item[0].tag for item in halves.iter("li")] == ["h4"] * 3  # one level below the column's
    parts = [[words(term) for term in item.findall(".//dt")] for item in halves.iter("li")]
    assert parts[0][:3] == parts[2][:3] == ["What happened", "Kind of reason", "What was learnt"]
    assert parts[0][3:] == ["What is done about it", "Who owes it", "Until"]


def test_a_measure_that_is_due_and_not_taken_is_overdue_and_one_that_was_taken_is_not(found, entries):
    until = {entries.say(row["title"]): entries.until(row) for row in found.outcomes if not row["succeeded"]}
    assert until == {"Roof fell in": "15 Jun 2026; overdue", HOSTILE: "15 Jun 2026; done on 1 Jun 2026"}
    assert page.learnt(entries, found.outcomes) == "2 failures are written down and 1 success. 1 corrective measure is done, 1 is overdue."


def test_a_decision_says_what_it_changed(found, entries):
    later = next(row for row in found.decisions if row["title"] == "Later")
    said = words(ElementTree.fromstring(entries.decision(later, found.changes[later["id"]])))
    assert "Ends: 31 Dec 2028 → 30 Jun 2028" in said
    assert "Legal impediment" in said
    assert HOSTILE in said


def test_a_decision_names_what_it_changed_and_not_again_what_it_is_about(found, home, entries):
    own, other = node_id(records(home), "2.1.3"), node_id(records(home), "1.1.1")
    changes: list[Row] = [{"node": node, "field": "weight", "was": 1.0, "is": 2.0} for node in (own, other)]
    changes.append({"node": None, "field": "weights", "was": "equal", "is": "budget"})
    asked, plan = session(home), plans(records(home))[0]
    named = replace(entries, nodes=shown.changed(asked, plan, Ledger([], [], [], {1: changes})))
    row = {**next(row for row in found.decisions if row["title"] == "Later"), "node": own, "node_key": "2.1.3", "node_name": "Kiosk"}
    drawn = ElementTree.fromstring(named.decision(row, changes))
    name = asked.say(named.nodes[other])
    assert ["".join(item.itertext()) for item in drawn.findall(".//dd/ul/li")] == [
        "Weight: 1 → 2", f"{name}: Weight: 1 → 2", "How its parts count: every action the same → by budget",
    ]  # fmt: skip
    assert [link.attrib["href"].endswith(f"node={other}") for link in drawn.findall(".//dd/ul/li/a")] == [True]


@pytest.fixture
def late(tmp_path) -> Home:
    """A decision of the first of June that adds an action, another one about it, both typed in September."""
    home = planned(tmp_path / "late")
    held, typed = records(home), datetime(2026, 9, 15, 9, tzinfo=UTC)
    plan = plans(held)[0].id
    made = Decision(plan, date(2026, 6, 1), "One more", "other", "Asked for")
    entry = NodeEntry(key="2.1.9", name="Fountain", level=2, parent="2.1", fields={"area": "police"})
    number = add(held, OFFICE, plan, decide(held, OFFICE, made, typed), entry, typed)
    change(held, OFFICE, number, 1, decide(held, OFFICE, replace(made, title="Sooner", node=number), typed), typed, ends=date(2027, 1, 1))
    return home


def test_what_was_decided_in_a_month_and_typed_later_says_that_its_new_action_came_later(late):
    """The plan of May's review has no such action: whoever looks at it finds the decisions, and no way to a page that is not there."""
    then, now = session(late, month=Month(2026, 5)), session(late)
    assert [shown.until(each) for each in (then, now)] == [date(2026, 6, 10), None]
    then, now = (_told(each) for each in (then, now))
    gone = "an action that came into the plan after this month"
    assert [(about, changed) for _title, about, changed, _links in then] == [
        (gone, ["Ends: nothing → 1 Jan 2027"]), ("", [f"{gone.capitalize()}: New in the plan"]),
    ]  # fmt: skip
    assert [(about, changed) for _title, about, changed, _links in now] == [
        ("2.1.9 Fountain", ["Ends: nothing → 1 Jan 2027"]), ("", ["Fountain: New in the plan"]),
    ]  # fmt: skip
    assert [links for *_, links in then] == [0, 0] and [links for *_, links in now] == [1, 1]


def _told(asked: Session) -> list[tuple[str, str, list[str], int]]:
    """Of each decision of the first of June its title, what it is about, what it changed, and how many links it has."""
    plan = plans(asked.records)[0]
    found = shown.ledger_of(asked, plan)
    entries, drawn = Entries(asked, {}, nodes=shown.changed(asked, plan, found)), []
    for row in found.decisions:
        if row["day"] == date(2026, 6, 1):
            item = ElementTree.fromstring(entries.decision(row, found.changes[row["id"]]))
            changed = ["".join(each.itertext()) for each in item.findall(".//dd/ul/li")]
            drawn.append((row["title"], entries.about(row), changed, len(item.findall(".//a"))))
    return drawn


def test_the_ledger_is_narrowed_by_what_its_entries_have(found, home):
    offered = choice.offered(session(home), found)
    assert set(offered["reason"]) == {"legal_impediment", "technical_impediment", "citizens_request"}
    assert list(offered["year"]) == ["2026", "2025"]
    assert len(choice.narrowed(found.outcomes, {"area": "", "reason": "citizens_request", "year": ""})) == 1
    assert choice.narrowed(found.outcomes, {"area": "police", "reason": "", "year": "2025"}) == []


def test_the_sentence_counts_what_the_columns_below_it_count(visited):
    drawn = visited(reason="citizens_request")
    assert [words(section.find("h3")) for section in drawn.find(".//div[@class='halves']") or ()] == ["Failures · 0", "Successes · 1"]
    assert "0 failures are written down and 1 success." in words(drawn)


def test_an_area_narrows_its_results_too(found):
    kept = choice.left(found, {"area": "hall", "reason": "", "year": ""})
    assert kept.results == [row for row in found.results if row["node_area"] == "hall"]
    assert len(choice.left(found, {"area": "", "reason": "other", "year": ""}).results) == len(found.results) > len(kept.results)


def test_a_month_that_is_past_does_not_know_what_came_later(found, home):
    asked = session(home)
    before = asked.at(asked.month.plus(-4))
    plan = plans(records(home))[0]
    assert [row["title"] for row in shown.ledger_of(before, plan).outcomes] == ["Shade"]
    assert shown.ledger_of(asked, plan).outcomes == found.outcomes


def test_each_criterion_stands_there_also_without_a_result(found, entries):
    drawn = ElementTree.fromstring(results.block(entries, found.results))
    groups = [words(body) for body in drawn.findall("tbody")]
    assert [group.split()[0] for group in groups] == ["Effectiveness", "Efficiency", "Scope", "Equality"]
    assert "450 pupils" in groups[2]
    assert "500 pupils" in groups[2]
    assert all("Nobody has written down" in groups[number] for number in (0, 1, 3))


def test_what_is_taken_away_holds_every_entry(found, entries):
    frame = page.frame(entries, found.decisions, found.outcomes)
    assert frame["Kind"].to_list() == ["Decision", "Decision", "Failure", "Failure", "Success"]
    assert frame.filter(frame["Kind"] == "Failure")["What is done about it"].to_list() == ["Build it again"] * 2


def test_whoever_only_reads_is_offered_no_form(home, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    app.switch_page(PAGE).run()
    assert not app.main.expander


def test_the_office_records_a_decision_about_the_whole_plan(tmp_path, monkeypatch):
    home = planned(tmp_path / "home")
    held = records(home)
    number = next(row["id"] for row in people.people(held) if row["name"] == "Ofelia")
    office = people.actor(held, number, date(2026, 7, 1))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: office)
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.run()
    app.switch_page(PAGE).run()
    form = next(each for each in app.main.expander if "decision" in each.label)
    form.text_input[0].set_value("Three works less").run()
    form = next(each for each in app.main.expander if "decision" in each.label)
    form.selectbox[0].set_value("citizens_request").run()
    form = next(each for each in app.main.expander if "decision" in each.label)
    form.text_area[0].set_value("They asked for it").run()
    form = next(each for each in app.main.expander if "decision" in each.label)
    next(button for button in form.button if button.label == "Record it").click().run()
    assert not app.exception
    assert ledger(held, plans(held)[0].id).decisions[0]["title"] == "Three works less"
