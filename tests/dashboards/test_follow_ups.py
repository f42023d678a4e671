"""The page Follow-ups: what it says of promises, and every form by which they are asked for and settled."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from data.meetings.follow_ups import FollowUp, ask, done, drop, follow_ups, postpone
from data.meetings.meetings import plan_meeting
from data.people import actor
from data.periods import Month
from data.reviews.reviews import open_review
from tests.action_town import PLAIN, Planned, copied, planned
from tests.visited import drawn, fill, press, visited

PAGE = "pages/meetings/follow_ups.py"
TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    """Five promises of the one post: overdue, due soon and postponed, kept, late, dropped."""
    city = planned(tmp_path_factory.mktemp("promised") / "home")
    office, held = city.people["office"], city.records
    asked = {
        "Cut the hedge": 10, PLAIN: 3, "Mend the lamp": 20, "Count the cameras": 30, "Paint the door": 5,
    }  # fmt: skip
    city.people["editor"] = actor(held, city.people["editor"].person, TODAY)  # who holds the post by now
    (owner,) = city.people["editor"].posts
    for what, days in asked.items():
        ask(held, office, FollowUp("aurora", what, owner, ago(days), "A photograph", node=city.nodes["1.1"], goal="robberies"), ago(40))
    postpone(held, office, 2, 1, TODAY + timedelta(days=2))
    done(held, office, 3, 1, ago(20), "It shines", "https://aurora.example/lamp")
    done(held, office, 4, 1, ago(25), "There are 12")
    drop(held, office, 5, 1, "There is no door")
    return city


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def visit(city, monkeypatch):
    """A visit to the page by its link, as somebody."""
    return lambda who="office", **asked: visited(city.home, monkeypatch, PAGE, city.people[who] if who else None, **asked)


def text(app: AppTest) -> str:
    return " ".join("".join(drawn(app).itertext()).replace("\xa0", " ").split())


def row(city: Planned, number: int) -> dict:
    return next(dict(each) for each in follow_ups(city.records, "aurora") if each["id"] == number)


def test_the_page_says_how_many_are_open_overdue_and_kept(visit):
    app = visit()
    said = text(app)
    assert "2 follow-ups are open, 1 of them overdue. 1 of 4 that fell due were kept (25 %)." in said
    assert "overdue for 10 days" in said and "in 2 days" in said and f"first promised by {ago(3).day}" in said
    groups = [cell.text for cell in drawn(app).iterfind(".//tr[@class='group']/th")]
    assert groups == ["Overdue", "Due within 7 days"]
    rates = next(table for table in drawn(app).iter("table") if "by owner" in (table.findtext("caption") or ""))
    assert ["".join(cell.itertext()).replace("\xa0", " ") for cell in rates.iterfind("tbody/tr/td")] == ["1 of 4", "25 %", "1", "1"]


def test_it_is_said_in_spanish_too(visit):
    said = text(visit(language="es"))
    assert "2 seguimientos están abiertos, 1 de ellos vencido. Cumplidos: 1 de 4 que vencieron (25 %)." in said


@pytest.mark.parametrize(
    ("asked", "who", "left"),
    [({"show": "overdue"}, "office", 1), ({"show": "mine"}, "editor", 5), ({"show": "mine"}, "office", 0), ({"area": "police"}, None, 5)],
)
def test_the_list_is_narrowed(visit, asked, who, left):
    links = [link for link in drawn(visit(who, **asked)).iter("a") if "followups" in link.get("href", "")]
    assert len(links) == left


def test_a_promise_is_written_down_with_what_who_and_a_chip(visit, city):
    review = open_review(city.records, city.people["office"], "aurora", Month(2026, 6))
    plan_meeting(city.records, city.people["office"], review, TODAY + timedelta(days=9))
    app = visit(new="1", goal="robberies", node=str(city.nodes["1.1"]))
    assert press(app, "Save") == (
        "Nothing was saved: it does not say what is to be done; write it in one sentence. "
        "Nothing was saved: nobody owes it yet; choose who. Nothing was saved: it has no day yet; choose until when."
    )
    owner = next(iter(city.people["editor"].posts))
    (chips,) = app.pills
    assert [name.split(",")[0] for name in chips.options] == ["tomorrow", "in a week", "next meeting", "in two weeks"]
    fill(app, "new", what="Light the square", owner=owner, due=(TODAY + timedelta(days=9)).isoformat())
    assert "Written down: Light the square" in press(app, "Save")
    now = row(city, 6)
    assert (now["what"], now["owner"], now["due"], now["made_on"], now["goal"], now["node"]) == (
        "Light the square", owner, TODAY + timedelta(days=9), TODAY, "robberies", city.nodes["1.1"],
    )  # fmt: skip


def test_who_promises_something_themselves_is_chosen_already_and_another_day_goes_before_a_chip(visit, city):
    app = visit("editor", new="1")
    assert not app.pills and "asked for by the data office" in " ".join(each.value for each in app.markdown)  # editors do not ask
    app = visit(new="1")
    fill(app, "new", what="Later", owner=next(iter(city.people["editor"].posts)), due=(TODAY + timedelta(days=1)).isoformat())
    fill(app, "new", other=TODAY + timedelta(days=60))
    press(app, "Save")
    assert row(city, 6)["due"] == TODAY + timedelta(days=60)


def test_whoever_owes_it_says_that_it_is_done_and_what_shows_it(visit, city):
    app = visit("editor", id="1")
    assert "what was done" in press(app, "Say that it is done")
    fill(app, "follow_up/1/done", shown="It is cut", link="https://aurora.example/hedge")
    assert press(app, "Say that it is done") == "It is done: Cut the hedge"
    assert row(city, 1) | {"state": "done", "done_on": TODAY, "link": "https://aurora.example/hedge"} == row(city, 1)
    assert press(app, "Open it again") == "It is open again: Cut the hedge"
    assert row(city, 1)["state"] == "open"
    story = " ".join("".join(drawn(app).find(".//ul[@class='story']").itertext()).split())  # type: ignore[union-attr]
    assert "asked for it by" in story and "It is cut" in story and "opened it again" in story


def test_its_day_is_moved_and_the_first_one_stays(visit, city):
    app = visit("mayor", id="1")
    fill(app, "follow_up/1/postpone", due=TODAY + timedelta(days=30))
    assert "It is due on" in press(app, "Move the day")
    assert (row(city, 1)["due"], row(city, 1)["first_due"]) == (TODAY + timedelta(days=30), ago(10))


def test_it_is_dropped_with_a_reason(visit, city):
    app = visit("mayor", id="1")
    assert "dropped with a reason" in press(app, "Drop it")
    fill(app, "follow_up/1/drop", why="The hedge is gone")
    assert press(app, "Drop it") == "It is dropped: Cut the hedge"
    assert row(city, 1)["dropped"] == "The hedge is gone"


@pytest.mark.parametrize(("who", "offered"), [(None, 0), ("hall", 0), ("editor", 1), ("mayor", 3)])
def test_each_is_offered_what_they_may(visit, who, offered):
    labels = {"Say that it is done", "Move the day", "Drop it"}
    assert sum(button.label in labels for button in visit(who, id="1").button) == offered


def test_a_link_to_one_that_is_not_there_says_so(visit):
    assert any("not there" in each.value for each in visit(id="99").markdown)


def test_the_reminder_and_the_calendar_hold_what_is_open(visit):
    app = visit()
    next(box for box in app.selectbox if box.key == "reminded").set_value(1)
    app.run()
    letter = app.code[0].value
    assert "Aurora: 2 follow-ups are open, 1 overdue" in letter and "- Cut the hedge. By" in letter and "Mend the lamp" not in letter
    (link,) = [each for each in drawn(app).iter("a") if each.get("href", "").startswith("mailto:")]
    assert "Cut%20the%20hedge" in link.get("href", "")


def test_before_the_first_one_the_page_says_what_will_be_here(city, visit, monkeypatch):
    monkeypatch.setattr("dashboards.meetings.items.follow_ups", lambda *_: [])
    for who, said in ((None, "signed in"), ("office", "Write down a promise")):
        app = visit(who)
        shown = [each.value for each in app.markdown] + [each.proto.label for each in app.get("page_link")]
        assert app.header[0].value == "No follow\\-up yet" and any(said in plain(each) or said in each for each in shown)
