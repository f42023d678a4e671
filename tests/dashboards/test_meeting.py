"""The meeting page: one item at a time, what is written down of it, two texts of one part, follow-ups in place, begin and end."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.meetings.projected import follow_ups as asking
from dashboards.meetings.projected import saving, subject
from data.meetings.agenda import Item, add_item, drop_item, keep_item
from data.meetings.follow_ups import FollowUp, ask, follow_ups
from data.meetings.meetings import plan_meeting
from data.meetings.notes import notes, write_note
from data.people import posts
from data.problems import Refused
from tests.action_town import copied
from tests.conftest import ROOT
from tests.given import given
from tests.meeting_town import MEETING_DAY, Met, met
from tests.small_city import HOSTILE


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Met:
    return met(tmp_path_factory.mktemp("met") / "home")


@pytest.fixture
def held(made, tmp_path) -> Met:
    """For one test to change."""
    return replace(made, town=copied(made.town, tmp_path / "home"))


class Visitor:
    """Somebody on the page of an item, in English."""

    def __init__(self, held: Met, monkeypatch: pytest.MonkeyPatch, who: str | None = "office") -> None:
        monkeypatch.setenv("MANDATO_HOME", str(held.town.home.folder))
        monkeypatch.setattr("dashboards.acting.choose", lambda *_: held.town.people[who] if who else None)
        self.held, self.app = held, AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        self.app.run()

    def at(self, item: str = "goal", **asks: str) -> "Visitor":
        asked = {"meeting": str(self.held.meeting), "item": str(self.held.items.get(item, item)), "language": "en", **asks}
        for name, value in asked.items():
            self.app.query_params[name] = value
        self.app.switch_page("pages/meetings/meeting.py").run()
        assert not self.app.exception
        return self

    def press(self, label: str) -> str:
        """What the page says after a button."""
        next(button for button in self.app.button if button.label == label).click()
        self.app.run()
        assert not self.app.exception
        return " ".join(box.value.replace("\\", "") for box in [*self.app.success, *self.app.error])

    def given(self, key: str) -> Any:
        """What the component of that key was given: HTML, or what its script reads; None where it is not drawn."""
        found = [part for part in self.app.get("bidi_component") if part.proto.id.endswith(f"-{key}")]
        return given(found[0]) if found else None


@pytest.fixture
def visitor(held, monkeypatch):
    return partial(Visitor, held, monkeypatch)


def write(held: Met, text: str, who: str = "office", part: str = "decided", item: str = "goal") -> tuple[int, int]:
    return write_note(held.records, held.town.people[who], held.items[item], part, text, None, None)


def texts(held: Met) -> list[str]:
    return [row["text"] for row in notes(held.records, held.meeting)]


@pytest.mark.parametrize(
    ("item", "title", "key", "said"),
    [
        ("goal", "Goal robberies", "meeting_verdict", "Off track"),
        ("goal", "Goal robberies", "meeting_linked", "Police station"),
        ("action", "1\\.1 Police station", "meeting_verdict", 'class="truth-line"'),
        ("action", "1\\.1 Police station", "meeting_linked", "Design"),
        ("concern", "Night shifts \\<b\\>", "meeting_verdict", "Raised by Eva Editora on 20 Jun 2026"),
        ("other", "Summer fair", "meeting_why", "Somebody asked for it"),
    ],
)
def test_an_item_is_shown_with_what_it_is_about(visitor, item, title, key, said):
    page = visitor().at(item)
    assert page.app.title[0].value == title
    assert said in page.given(key)


def test_what_people_wrote_is_never_markup(visitor, held):
    write(held, "<b>Build</b>", item="concern")
    page = visitor(None).at("concern")
    drawn = "".join(filter(None, map(page.given, ("meeting_verdict", "meeting_read", "meeting_items"))))
    assert "&lt;b&gt;Build&lt;/b&gt;" in drawn
    assert HOSTILE.replace('\\"', '"') not in drawn


def test_the_steps_lead_through_what_is_kept_and_then_the_rest(visitor, held):
    drop_item(held.records, held.office, held.items["concern"], 1, "settled")
    keep_item(held.records, held.office, held.items["goal"], 1, kept=False)
    first = visitor().at("action").given("meeting_steps")
    assert (first["count"], first["back"]) == ("1 of 3", "")
    assert f"item={held.items['goal']}" in first["next"]
    last = visitor().at("other").given("meeting_steps")
    assert (last["count"], last["next"]) == ("3 of 3", "")


def test_the_list_says_what_is_decided(visitor, held):
    write(held, "Build", item="action")
    items = visitor().at().given("meeting_items").split("</li>")
    assert [("decided" in each, 'aria-current="true"' in each) for each in items[:3]] == [(False, True), (True, False), (False, False)]


def test_earlier_decisions_and_open_promises_about_the_same_are_shown(visitor, held):
    write(held, "Build")
    earlier = plan_meeting(held.records, held.office, held.row()["review"], date(2026, 6, 12))
    told = FollowUp("aurora", "Draw it", 1, date(2026, 7, 1), "The plan", earlier, goal="robberies")
    ask(held.records, held.office, told, date(2026, 6, 12))
    item = subject.agenda(held.records, held.meeting)[0]
    again = plan_meeting(held.records, held.office, held.row()["review"], date(2026, 8, 12))
    number = held_item(held, again, item)
    page = visitor().at(meeting=str(again), item=str(number))
    assert "Build" in page.given("meeting_before")
    assert "1 Jul 2026; overdue" in page.given("meeting_follow_ups")


def test_what_a_later_meeting_decided_was_not_decided_before(visitor, held):
    later = plan_meeting(held.records, held.office, held.row()["review"], date(2026, 8, 12))
    number = held_item(held, later, subject.agenda(held.records, held.meeting)[0])
    write_note(held.records, held.office, number, "decided", "Sell it", None, None)
    assert "Sell it" not in (visitor().at().given("meeting_before") or "")


def promise(held: Met, what: str = "Draw it <b>", due: date = date(2026, 7, 1)) -> int:
    """Asked for in June, of the head of Security."""
    return ask(held.records, held.office, FollowUp("aurora", what, 1, due, "The plan"), date(2026, 6, 12))


def test_a_meeting_opens_with_what_was_promised_and_goes_on_to_its_items(visitor, held):
    promise(held)
    page = visitor().at(item="")
    assert page.app.title[0].value == "What was promised"
    drawn, steps = page.given("meeting_promised"), page.given("meeting_steps")
    assert "1 promise is overdue." in drawn
    assert "Draw it &lt;b&gt;" in drawn
    assert "overdue for 11 days" in drawn  # on the day of the meeting
    assert (steps["count"], steps["back"]) == ("First of all", "")
    assert f"item={held.items['goal']}" in steps["next"]
    assert page.given("meeting_items").count('aria-current="true"') == 1
    first = page.at("goal").given("meeting_steps")
    assert (first["count"], "item=" in first["back"]) == ("1 of 4", False)
    assert f"meeting={held.meeting}" in first["back"]


def test_a_promise_is_settled_where_the_meeting_looks_back(visitor, held):
    number = promise(held)
    page = visitor().at(item="", follow_up=str(number))
    next(box for box in page.app.text_area if box.label == "What shows it").set_value("It is drawn")
    assert page.press("Say that it is done") == "It is done: Draw it <b>"
    assert follow_ups(held.records, "aurora")[0]["state"] == "done"


@pytest.mark.parametrize("asked", ["", "999", "x"])
def test_a_link_to_no_promise_shows_the_list_alone(visitor, held, asked):
    promise(held)
    page = visitor().at(item="", follow_up=asked)
    assert page.given("meeting_promised")
    assert page.given("follow_up_what") is None


def test_without_items_a_meeting_can_still_look_back(visitor, held):
    promise(held)
    empty = plan_meeting(held.records, held.office, held.row()["review"], date(2026, 8, 12))
    page = visitor().at(meeting=str(empty), item="")
    assert page.given("meeting_promised")
    assert page.given("meeting_steps")["next"] == ""


def held_item(held: Met, meeting: int, item: Any) -> int:
    return add_item(held.records, held.office, meeting, Item(item["kind"], ("added",), goal=item["goal"]))


def test_whoever_may_not_write_watches(visitor, held):
    write(held, "Build", "mayor")
    for who in (None, "editor"):
        page = visitor(who).at()
        assert page.given("meeting_notes") is None
        assert "Build" in page.given("meeting_read")
        assert "María Alcaldesa" in page.given("meeting_read")
        assert not page.app.button


def test_the_editor_holds_the_persons_own_text(visitor, held):
    write(held, "Build")
    write(held, "Wait", "mayor")
    decided = {who: visitor(who).at().given("meeting_notes")["parts"][1]["text"] for who in ("office", "mayor")}
    assert decided == {"office": "Build", "mayor": "Wait"}


@pytest.mark.parametrize(
    ("button", "left"), [("Keep mine", "Build"), ("Keep the text of María Alcaldesa", "Wait"), ("Make one text of both", "Build\n\nWait")]
)
def test_of_two_texts_the_reader_makes_one(visitor, held, button, left):
    write(held, "Build")
    write(held, "Wait", "mayor")
    page = visitor().at()
    assert "Wait" in page.given("meeting_beside_decided")
    assert page.press(button) == "There is one text again."
    assert texts(held) == [left]
    assert page.given("meeting_beside_decided") is None


def test_a_text_that_grew_meanwhile_is_not_lost_by_the_choice(visitor, held):
    write(held, "Build")
    theirs = write(held, "Wait", "mayor")
    page = visitor().at()
    write_note(held.records, held.town.people["mayor"], held.items["goal"], "decided", "Wait a year", *theirs)
    assert "Somebody else changed this meanwhile" in page.press("Keep mine")
    assert texts(held) == ["Build", "Wait a year"]


class Kept(dict[str, Any]):
    """A visit's state, as saving.py uses it."""

    def put(self, key: str, value: Any) -> None:
        self[key] = value


@pytest.fixture
def keep(held, monkeypatch, session):
    """Sends as the editor does, by a person; returns what the editor is told."""
    state = Kept()
    monkeypatch.setattr(saving.visit, "put", state.put)
    monkeypatch.setattr(saving.visit, "left", state.get)

    def send(stamp: str, who: str = "office", item: int | None = None, **texts: str) -> dict[str, Any] | None:
        reader = replace(session, home=held.town.home, actor=held.town.people[who])
        notes = {part: {"text": text, "note": None, "version": None, "sent": []} for part, text in texts.items()}
        saving.keep(reader, held.meeting, {"stamp": stamp, "item": item or held.items["goal"], "notes": notes})
        return saving.kept()

    return send


def test_what_is_sent_is_kept_once_and_answered_under_its_stamp(keep, held):
    told = keep("1", decided="Build", why="It leaks")
    assert told == {"stamp": "1", "notes": {"decided": (1, 1), "why": (2, 1)}, "fault": ""}
    keep("1", decided="Something else")
    assert texts(held) == ["Build", "It leaks"]


def test_what_is_not_kept_is_said_and_the_rest_is_kept(keep, held):
    told = keep("1", decided="Build\0", why="It leaks")
    assert told["notes"] == {"why": (1, 1)}
    assert told["fault"].startswith("Nothing was saved: note.text holds a character that cannot be kept")
    assert "it takes the role of" in keep("2", "editor", decided="Build")["fault"]
    assert texts(held) == ["It leaks"]


def test_neither_another_meetings_item_nor_an_unknown_part_is_written(keep, held):
    assert keep("1", item=999, decided="Build")["notes"] == {}
    assert keep("2", weather="Rain")["notes"] == {}
    assert texts(held) == []


def fill(page: Visitor, **values: object) -> None:
    widgets = [*page.app.text_input, *page.app.selectbox, *page.app.date_input]
    for name, value in values.items():
        next(each for each in widgets if "follow_up" in (each.key or "") and each.key.endswith(f"#{name}")).set_value(value)


def test_a_follow_up_is_asked_for_in_place(visitor, held):
    page = visitor().at("action")
    fill(page, what="Hire two officers", when="2026-07-26", evidence="The contracts")
    assert page.press("Write it down") == "The follow-up is written down."
    (row,) = follow_ups(held.records, "aurora")
    assert (row["what"], row["due"], row["made_on"], row["evidence"]) == (
        "Hire two officers",
        date(2026, 7, 26),
        MEETING_DAY,
        "The contracts",
    )
    assert (row["meeting"], row["item"], row["node"], row["owner"]) == (held.meeting, held.items["action"], held.town.nodes["1.1"], 1)
    assert "Hire two officers" in page.given("meeting_follow_ups")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"what": "Hire", "when": "other"}, "it does not say by when"),
        ({"what": "Hire", "when": "other", "due": date(2026, 7, 1)}, "before today"),
        ({"what": None}, "it does not say what is to be done"),
    ],
)
def test_a_follow_up_without_what_or_when_is_refused_in_words(visitor, held, values, said):
    page = visitor().at()
    fill(page, **values)
    assert said in page.press("Write it down")
    assert follow_ups(held.records, "aurora") == []


@pytest.mark.parametrize(("item", "area"), [("goal", "police"), ("concern", "police"), ("other", None)])
def test_who_is_asked_is_of_the_area_that_the_item_is_about_or_to_be_chosen(visitor, held, item, area):
    page = visitor().at(item)
    chosen = next(each for each in page.app.selectbox if (each.key or "").endswith("#owner")).value
    areas = {post.id: post.area for post in posts(held.records, MEETING_DAY)}
    assert areas.get(chosen) == area
    if area is None:
        fill(page, what="Hire", when="2026-07-26")
        assert "it does not say who does it" in page.press("Write it down")


def test_the_next_meeting_is_the_one_that_is_planned(visitor, held):
    def offered() -> list[str]:
        page = visitor().at()
        return next(each for each in page.app.selectbox if each.key.endswith("#when")).options

    assert offered() == ["Next meeting, 10 Aug 2026", "In two weeks, 26 Jul 2026", "End of the month, 31 Jul 2026", "Another day"]
    plan_meeting(held.records, held.office, held.row()["review"], date(2026, 8, 4))
    assert offered()[0] == "Next meeting, 4 Aug 2026"


def test_a_follow_up_of_nobody_is_refused():
    with pytest.raises(Refused, match="it does not say who does it"):
        asking._asked({"owner": None})


def test_a_meeting_is_begun_and_ended_on_its_page(tmp_path, monkeypatch):
    held = met(tmp_path / "home", begun=False)
    page = Visitor(held, monkeypatch).at()
    assert page.given("meeting_notes") is None
    assert page.press("Begin the meeting") == "The meeting is on."
    assert (held.row()["state"], held.row()["chair"]) == ("open", held.office.person)
    assert page.given("meeting_notes") is not None
    page.press("End it now")
    assert held.row()["state"] == "held"


@pytest.mark.parametrize("asked", ["", "999", "x", "1; drop table note"])
def test_a_link_to_no_meeting_says_so(visitor, asked):
    page = visitor().at(meeting=asked)
    assert "There is no such meeting here" in [header.value for header in page.app.header]


def test_a_meeting_without_items_says_what_would_be_here(visitor, held):
    empty = plan_meeting(held.records, held.office, held.row()["review"], date(2026, 8, 12))
    page = visitor().at(meeting=str(empty), item="")
    assert "Nothing is on the agenda" in [header.value for header in page.app.header]
