"""What the meetings said of a goal or an action, on its own page."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboards.meetings import about
from dashboards.meetings.history import listing
from dashboards.meetings.items import Items
from data.meetings.concerns import Concern, answer, raise_concern
from data.meetings.follow_ups import FollowUp, ask
from data.meetings.history import history
from data.meetings.notes import write_note
from data.people import posts
from data.periods import Month
from tests.meeting_town import MEETING_DAY, Met, met
from tests.small_city import HOSTILE, LAST, session


@pytest.fixture
def town(tmp_path) -> Met:
    found = met(tmp_path)
    post = posts(found.records, MEETING_DAY)[0].id
    write_note(found.records, found.office, found.items["goal"], "decided", HOSTILE, None, None)
    told = FollowUp("aurora", "Bring the record", post, date(2026, 7, 20), meeting=found.meeting, node=found.town.nodes["1.1"])
    ask(found.records, found.office, told, MEETING_DAY)
    return found


def said(town: Met, month: Month = LAST, **of: Any) -> list[str]:
    told = about.block(session(town.town.home, month=month), **of)
    return ["".join(item.itertext()) for item in ElementTree.fromstring(f"<div>{told}</div>").iter("li")]


def test_a_goal_shows_what_was_decided_and_what_worries_the_newest_first(town):
    decided, worry = said(town, goal="robberies")
    assert decided.endswith(f"Decided: {HOSTILE}")
    assert worry.endswith("Concern: Night shifts <b> (waiting for an answer)")


def test_an_action_shows_what_was_asked_for_and_where_it_stands(town):
    (asked,) = said(town, node=town.town.nodes["1.1"])
    assert asked.endswith("Follow-up: Bring the record (due on 20 Jul 2026, still open)")


def test_nothing_is_said_of_what_no_meeting_spoke_of(town):
    assert said(town, goal="no_such_goal") == [] and said(town, node=town.town.nodes["1.2"]) == []


def test_an_older_month_shows_what_was_said_by_its_review(town):
    assert said(town, Month(2026, 5), goal="robberies") == []


def test_an_older_month_says_what_a_concern_waited_for_at_its_review(town):
    editor = town.town.people["editor"]
    number = raise_concern(town.records, editor, Concern("aurora", "Dark square", "No lamp", "police", "robberies"), date(2026, 6, 5))
    answer(town.records, editor, number, 1, "It comes", date(2026, 6, 25))
    (then,) = said(town, Month(2026, 5), goal="robberies")
    assert then.endswith("Dark square (waiting for an answer)")
    assert any(now.endswith("Dark square (answered, not decided)") for now in said(town, goal="robberies"))


def test_the_history_names_what_it_is_about_and_leads_to_it(town):
    asked = session(town.town.home)
    told = history(town.records, "aurora")
    drawn = ElementTree.fromstring(f"<div>{listing.block(asked, Items(asked), told)}</div>")
    rows = [["".join(cell.itertext()) for cell in row.iter() if cell.tag in ("th", "td")] for row in drawn.iter("tr")][1:]
    assert [row[1] for row in rows] == ["Decision", "Follow-up", "Concern"]
    assert rows[0][0] == HOSTILE and rows[0][2] == "Goal robberies"
    links = [link.get("href") or "" for link in drawn.iter("a")]
    assert any(f"meeting={town.meeting}" in link and f"item={town.items['goal']}" in link for link in links)
