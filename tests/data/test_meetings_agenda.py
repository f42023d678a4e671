"""A meeting and its agenda, on both databases: planned, made, added to, ordered, left out with a reason, begun and ended."""

from datetime import date

import pytest
from sqlalchemy import select

from data.access import NotAllowed
from data.meetings.agenda import Item, add_item, agenda, as_item, drop_item, keep_item, make_agenda, move_item
from data.meetings.meetings import change_meeting, end_meeting, meetings, plan_meeting, start_meeting
from data.meetings.notes import take_note, write_note
from data.periods import Month
from data.plans.evidence import bring_link, judge
from data.plans.lagging import lagging
from data.plans.reading import tree
from data.plans.reporting import Report, report
from data.problems import Refused
from data.records.tables import audit, review
from data.records.writing import Gone, Stale
from data.reviews.reviews import REVIEW, is_closed, open_review, review_of
from tests.recorded_town import DAY, Town, refused

GOALS = [Item("goal", ("worsened", "unlikely"), goal=name, kept=name == "a") for name in ("a", "b", "c")]


@pytest.fixture
def meeting(place: Town) -> int:
    review = open_review(place.records, place.who["office"], "aurora", Month(2026, 5))
    return plan_meeting(place.records, place.who["mayor"], review, date(2026, 6, 12), "Hall", chair=place.who["mayor"].person)


@pytest.fixture
def made(place: Town, meeting: int) -> list[int]:
    """The ids of three items, in their order."""
    assert make_agenda(place.records, place.who["office"], meeting, GOALS) == 3
    return [row["id"] for row in agenda(place.records, meeting)]


def order(place: Town, meeting: int) -> list[str]:
    return [row["goal"] or row["title"] for row in agenda(place.records, meeting)]


def test_a_meeting_is_planned_changed_held_and_ended(place, meeting):
    row = meetings(place.records, "aurora")[0]
    assert (row["month"], row["room"], row["state"], row["present"], row["chair"]) == (
        "2026-05", "Hall", "planned", [], place.who["mayor"].person,
    )  # fmt: skip
    refused(place, Refused, end_meeting, place.who["office"], meeting, row["version"])
    version = change_meeting(place.records, place.who["office"], meeting, row["version"], room="Library")
    refused(place, Stale, change_meeting, place.who["office"], meeting, row["version"], room="Garden")
    present = [place.who["mayor"].person, place.who["water"].person]
    version = start_meeting(place.records, place.who["office"], meeting, version, present, present[0])
    end_meeting(place.records, place.who["office"], meeting, version)
    row = meetings(place.records, "aurora")[0]
    assert (row["state"], row["room"], row["present"]) == ("held", "Library", present)
    assert row["opened_at"] <= row["ended_at"]
    assert meetings(place.records, "elsewhere") == []


def test_only_those_who_lead_it_prepare_it(place, meeting, made):
    for verb, given in (
        (plan_meeting, (meeting, DAY)), (make_agenda, (meeting, GOALS)), (add_item, (meeting, Item("other", ("added",), title="Budget"))),
        (move_item, (made[0], 1, 1)), (drop_item, (made[0], 1, "No")), (start_meeting, (meeting, 1, [], None)),
    ):  # fmt: skip
        refused(place, NotAllowed, verb, place.who["water"], *given)
    refused(place, NotAllowed, keep_item, place.who["water"], made[0], 1, kept=False)


def test_an_agenda_that_is_made_again_keeps_what_is_there(place, meeting, made):
    drop_item(place.records, place.who["office"], made[1], 1, "Settled by telephone")
    before = agenda(place.records, meeting)
    again = [Item("goal", ("stale",), goal="b"), Item("goal", ("stale",), goal="d"), Item("other", ("added",), title="Budget")]
    assert make_agenda(place.records, place.who["office"], meeting, again) == 2
    rows = agenda(place.records, meeting)
    assert rows[:3] == before
    assert [as_item(row) for row in rows[3:]] == again[1:]
    assert [row["position"] for row in rows] == [0, 1, 2, 3, 4]
    assert rows[3]["added_by"] is None


def test_what_somebody_asks_for_comes_last_once_and_says_who(place, meeting, made):
    added = add_item(place.records, place.who["mayor"], meeting, Item("other", ("added",), title="Budget"))
    rows = agenda(place.records, meeting)
    assert (rows[-1]["id"], rows[-1]["added_by"], rows[-1]["kept"]) == (added, place.who["mayor"].person, False)
    for told in (Item("other", ("added",), title="Budget"), Item("goal", ("added",), goal="a"), Item("other", ("added",))):
        refused(place, Refused, add_item, place.who["office"], meeting, told)


def test_a_goal_and_an_action_of_the_same_name_are_two_things(place, meeting, made):
    add_item(place.records, place.who["office"], meeting, Item("other", ("added",), title="a"))
    assert order(place, meeting) == ["a", "b", "c", "a"]


@pytest.mark.parametrize(
    ("which", "places", "after"), [(2, -1, "acb"), (2, -2, "cab"), (0, 1, "bac"), (0, 9, "bca"), (1, -9, "bac"), (1, 0, "abc")]
)
def test_an_item_moves_and_the_others_close_up(place, meeting, made, which, places, after):
    move_item(place.records, place.who["office"], made[which], 1, places)
    assert "".join(order(place, meeting)) == after
    assert [row["position"] for row in agenda(place.records, meeting)] == [0, 1, 2]


def test_of_two_who_move_one_item_the_second_sees_the_first(place, meeting, made):
    move_item(place.records, place.who["office"], made[2], 1, -1)
    refused(place, Stale, move_item, place.who["mayor"], made[2], 1, -1)
    refused(place, Gone, move_item, place.who["mayor"], 999, 1, -1)
    assert order(place, meeting) == ["a", "c", "b"]


def test_an_item_is_left_out_with_a_reason_and_taken_back(place, meeting, made):
    refused(place, Refused, drop_item, place.who["office"], made[0], 1, "  ")
    version = drop_item(place.records, place.who["office"], made[0], 1, "Settled")
    assert agenda(place.records, meeting)[0]["dropped"] == "Settled"
    refused(place, Stale, drop_item, place.who["office"], made[0], 1, "Again")
    drop_item(place.records, place.who["office"], made[0], version, None)
    assert agenda(place.records, meeting)[0]["dropped"] is None


def test_an_item_is_kept_or_waits_and_the_log_holds_each_step(place, meeting, made):
    version = keep_item(place.records, place.who["office"], made[1], 1, kept=True)
    refused(place, Stale, keep_item, place.who["office"], made[1], 1, kept=False)
    keep_item(place.records, place.who["office"], made[1], version, kept=False)
    assert [row["kept"] for row in agenda(place.records, meeting)] == [True, False, False]
    with place.records.read() as connection:
        trail = connection.execute(select(audit.c.seq).where(audit.c.object == "item", audit.c.row == made[1])).all()
    assert len(trail) == 3


def test_what_lags_is_what_the_truth_line_counts_as_late(place):
    """Of two stages the first is due in March, the second has no day; evidence that waits or is accepted ends the lag."""

    def late() -> tuple[int, int]:
        proofs = tree(place.records, place.plan, DAY).proofs
        return lagging(place.records, place.plan, DAY).stages.height, int(proofs["late"].sum())

    assert late() == (1, 1)
    piece = bring_link(place.records, place.who["water"], place.steps[0], "Photograph", "https://aurora.example/1")
    now = lagging(place.records, place.plan, DAY, live=True)
    assert (late(), now.stages.height) == ((1, 1), 0)  # brought after the day
    judge(place.records, place.who["reviewer"], piece, 1, "returned", "Blurred")
    now = lagging(place.records, place.plan, DAY, live=True)
    assert now.stages.rows() == [(place.nodes["pipes"], '"Designed"', date(2026, 3, 1))]


def test_the_last_report_of_a_day_to_come_is_not_known_yet(place):
    for version, day in ((1, date(2026, 4, 1)), (2, date(2026, 7, 1))):
        report(place.records, place.who["water"], Report(place.nodes["pipes"], version, day, 10.0 * version, "started"))
    assert lagging(place.records, place.plan, DAY).reports.rows() == [(place.nodes["pipes"], date(2026, 4, 1))]
    assert lagging(place.records, place.plan, DAY, live=True).reports["day"].to_list() == [date(2026, 7, 1)]


def closed(place: Town) -> None:
    """May 2026 is closed, whatever it holds."""
    with place.records.write(place.who["office"]) as write:
        write.doing("keep_review", REVIEW)
        row = review_of(place.records, "aurora", Month(2026, 5))
        assert row
        write.update(review, row["id"], row["version"], state="closed")


def test_of_a_closed_month_nothing_is_prepared_or_written_any_more(place, meeting, made):
    office, item = place.who["office"], made[0]
    note = write_note(place.records, office, item, "decided", "Build", None, None)
    closed(place)
    assert is_closed(place.records, "aurora", Month(2026, 5))
    for verb, given in (
        (plan_meeting, (1, DAY)), (change_meeting, (meeting, 1)), (start_meeting, (meeting, 1, [], None)),
        (make_agenda, (meeting, [Item("goal", ("worsened",), goal="d")])), (add_item, (meeting, Item("other", ("added",), title="Fair"))),
        (drop_item, (item, 1, "No")), (move_item, (item, 1, 1)), (write_note, (item, "decided", "Wait", *note)),
        (take_note, (note[0], {note[0]: note[1]}, "Wait")),
    ):  # fmt: skip
        assert "the review of 2026-05 is closed" in str(refused(place, Refused, verb, office, *given))
    refused(place, Refused, keep_item, office, item, 1, kept=False)


def test_whoever_begins_a_meeting_that_nobody_is_to_lead_leads_it(place):
    """Whichever page it is begun on: the minutes say who was in the chair."""
    office = place.who["office"]
    plain = plan_meeting(place.records, office, open_review(place.records, office, "aurora", Month(2026, 6)), DAY)
    start_meeting(place.records, office, plain, 1, [], None)
    assert next(row["chair"] for row in meetings(place.records, "aurora") if row["id"] == plain) == office.person


def test_a_meeting_whose_month_was_closed_meanwhile_still_ends(place, meeting):
    office = place.who["office"]
    version = start_meeting(place.records, office, meeting, 1, [], None)
    closed(place)
    end_meeting(place.records, office, meeting, version)
    assert meetings(place.records, "aurora")[0]["state"] == "held"
