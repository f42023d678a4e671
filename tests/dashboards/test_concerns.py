"""The page Concerns: from whoever raises one to the same person closing it, and what everybody else is told."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.meetings.concerns import Concern, answer, close, concerns, raise_concern
from tests.action_town import PLAIN, Planned, copied, planned
from tests.visited import drawn, fill, press, visited

PAGE = "pages/meetings/concerns.py"
TODAY = date.today()


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    """One that waits for an answer, one that is answered, and one that is closed."""
    city = planned(tmp_path_factory.mktemp("worried") / "home")
    held, hall = city.records, city.people["hall"]
    for title, days in ((PLAIN, 41), ("Dark square", 12), ("Noise", 30)):
        told = Concern("aurora", title, "Nobody goes there", "police", "robberies", city.nodes["1.1"])
        raise_concern(held, hall, told, TODAY - timedelta(days=days))
    answer(held, city.people["editor"], 2, 1, "The lamps are ordered", TODAY - timedelta(days=6))
    close(held, hall, 3, 1, "The bar is shut", TODAY - timedelta(days=10))
    return city


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def visit(city, monkeypatch):
    """A visit to a page by its link, as somebody."""
    return lambda who="office", page=PAGE, **asked: visited(city.home, monkeypatch, page, city.people[who] if who else None, **asked)


def notes(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown).replace("\\", "")


def story(app: AppTest) -> list[str]:
    return [" ".join("".join(entry.itertext()).split()) for entry in drawn(app).iterfind(".//ul[@class='story']/li/div")]


def test_the_list_says_what_each_waits_for_and_how_old_it_is(visit):
    page = drawn(visit())
    assert page.findtext(".//p[@class='headline']") == "2 concerns are open; the oldest was raised 41 days ago."
    assert [cell.text for cell in page.iterfind(".//tr[@class='group']/th")] == ["Waiting for an answer", "Answered, not decided"]
    (opened, closed) = page.findall(".//table")
    ages = ["".join(cell.itertext()) for cell in opened.iterfind(".//td[@data-name='Open for']")]
    assert ages == ["41 days", "12 days"]
    assert ["".join(cell.itertext()) for cell in closed.iterfind(".//td[@data-name='Open for']")] == ["20 days"]  # as long as it was open


def test_anybody_with_a_role_raises_one_about_a_goal(visit, city):
    app = visit("reviewer", new="1", goal="robberies")
    assert press(app, "Raise it") == "Nothing was saved: the concern says nothing; write what worries you, and a title."
    fill(app, "concern/new", title="More thefts", said="Three in a week")
    assert press(app, "Raise it") == "It is raised, and stays open until you close it: More thefts"
    now = concerns(city.records, "aurora")[0]
    assert (now["title"], now["goal"], now["area"], now["raised_by"], now["raised_on"]) == (
        "More thefts", "robberies", "police", city.people["reviewer"].person, TODAY,
    )  # fmt: skip


def test_it_is_answered_decided_and_closed_and_the_conversation_stands_in_its_order(visit, city):
    app = visit("editor", id="1")
    fill(app, "concern/1/answer", text="We are on it")
    assert press(app, "Send the answer").startswith("It is written down")
    app = visit("mayor", id="1")
    fill(app, "concern/1/decision", text="Two more patrols")
    press(app, "Record the decision")
    assert "Only Hugo Alcaldía, who raised it, closes it." in notes(app)
    app = visit("hall", id="1")
    fill(app, "concern/1/settled", text="It is quiet now")
    press(app, "Close the concern")
    assert story(visit("hall", id="1")) == [
        "Hugo Alcaldía raised itNobody goes there", "Eva Editora answeredWe are on it", "María Alcaldesa decidedTwo more patrols",
        "Hugo Alcaldía closed itIt is quiet now",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "number", "offered"),
    [
        (None, "1", set()),
        ("hall", "1", {"Close the concern"}),
        ("editor", "1", {"Send the answer"}),
        ("office", "2", {"Send the answer", "Record the decision"}),
        ("hall", "3", set()),
    ],
)
def test_each_is_offered_the_steps_they_may_make(visit, who, number, offered):
    assert {button.label for button in visit(who, id=number).button} & {
        "Close the concern",
        "Send the answer",
        "Record the decision",
    } == offered


def test_whoever_only_reads_is_told_who_may(visit):
    assert "signed in may raise" in notes(visit(None))


def test_the_pages_of_what_it_may_be_about_lead_to_it(visit, city):
    for page, asked in (
        ("pages/goals/goal.py", {"kpi": "robberies"}), ("pages/plan/action.py", {"node": str(city.nodes["1.1"])}),
        ("pages/plan/area.py", {"area": "police"}),
    ):  # fmt: skip
        links = [link.proto for link in visit("hall", page, **asked).get("page_link")]
        assert any(link.label == "Raise a concern" and "new=1" in link.query_string for link in links), page
        assert not any(link.proto.label == "Raise a concern" for link in visit(None, page, **asked).get("page_link"))


def test_before_the_first_one_the_page_says_what_will_be_here(visit, monkeypatch):
    monkeypatch.setattr("dashboards.meetings.items.concerns", lambda *_: [])
    app = visit("hall")
    assert app.header[0].value == "No concern yet" and [link.proto.label for link in app.get("page_link")].count("Raise a concern") == 1
