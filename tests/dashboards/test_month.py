"""The page This month: how a review begins, its meeting and agenda are made, ordered and held, and what each reader may do."""

import shutil
from dataclasses import replace
from datetime import date
from html import escape
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboards import formats
from dashboards.meetings import found
from dashboards.meetings.month import known, listing, making, ordering
from data.access import Actor, Role
from data.home import Home
from data.meetings.agenda import Item, add_item, agenda, drop_item
from data.meetings.concerns import Concern, raise_concern
from data.meetings.follow_ups import FollowUp, ask
from data.meetings.meetings import end_meeting, meetings, plan_meeting, start_meeting
from data.meetings.notes import write_note
from data.people import PROGRAM, actor, add_person, people, posts
from data.records.records import records
from data.records.tables import meeting as meeting_table
from data.records.tables import review
from data.reviews.reviews import open_review
from kpis.headline import MOST_DECISIONS
from tests.conftest import ROOT
from tests.given import given
from tests.planned_city import LATE, STARTS, planned
from tests.small_city import HOSTILE, LAST, build, session

PAGE = "pages/meetings/month.py"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Home:
    return planned(tmp_path_factory.mktemp("month") / "home")


@pytest.fixture
def home(template, tmp_path) -> Home:
    """A copy that a test may write in."""
    shutil.copytree(template.folder, tmp_path / "home")
    return Home(tmp_path / "home")


def office(home: Home) -> Actor:
    held = records(home)
    return actor(held, next(row["id"] for row in people(held) if row["name"] == "Ofelia"), STARTS)


def reviewer(home: Home) -> Actor:
    held = records(home)
    return actor(held, next(row["id"] for row in people(held) if row["name"] == "Rita"), STARTS)


@pytest.fixture
def meeting(home) -> int:
    """A meeting planned for the review day of June."""
    number = open_review(records(home), office(home), "aurora", LAST)
    return plan_meeting(records(home), office(home), number, session(home).review_day)


@pytest.fixture
def visited(home, monkeypatch):
    """A visit to the page by somebody."""

    def visit(who: Actor | None = None, home: Home = home, language: str = "en") -> AppTest:
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))
        monkeypatch.setattr("dashboards.acting.choose", lambda *_: who)
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.run()
        app.query_params["language"] = language
        app.switch_page(PAGE).run()
        assert not app.exception
        return app

    return visit


def said(app: AppTest) -> str:
    """Everything that the page says, as text and HTML."""
    drawn = [given(part) for part in app.main.get("bidi_component")]
    html = [each if isinstance(each, str) else each.get("html", "") for each in drawn]
    return " ".join([*(each.value for each in [*app.markdown, *app.header, *app.success, *app.error]), *html]).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def about(home: Home, who: Actor | None) -> known.Known:
    """What the page knows, without a browser."""
    made = known.of(replace(session(home), actor=who))
    assert made is not None
    return made


def order(made: known.Known, act: str, number: int, steps: int = 1) -> None:
    """What the list asks for when a button of the item at that place is pressed."""
    row = made.talked_about[number]
    told = {"item": row["id"], "version": row["version"], "act": act, "steps": steps}
    ordering.obey(made, told)


@pytest.fixture
def asking(monkeypatch) -> None:
    """Outside a browser there is no run to begin anew, nor a visit to remember anything."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(ordering, "visit", SimpleNamespace(put=kept.__setitem__, left=kept.get, show_again=lambda: None))


def test_the_month_goes_from_nothing_to_a_meeting_with_an_agenda(home, visited):
    app = visited(office(home))
    assert "The review of June 2026 has not begun" in said(app)
    press(app, "Begin the review of June 2026")
    assert "No meeting is planned yet." in said(app)
    assert formats.days(date(2026, 7, 1), date(2026, 7, 5), "en_GB") in said(app)  # the first phase
    press(app, "Plan the meeting")
    assert "The meeting is planned for 10 Jul 2026." in said(app)
    assert "3 other things need a decision" in said(app)
    press(app, "Make the agenda")
    assert "8 items were put on the agenda." in said(app)
    held = meetings(records(home), "aurora")[0]
    rows = agenda(records(home), held["id"])
    assert [row["kept"] for row in rows] == [True] * MOST_DECISIONS + [False] * 3
    assert "95\N{NO-BREAK SPACE}% of the budget is paid, and 25\N{NO-BREAK SPACE}% of the work is proved." in said(app)
    press(app, "Look for what is new")
    assert "Nothing new needs a decision." in said(app)
    press(app, "Begin the meeting")
    assert meetings(records(home), "aurora")[0]["state"] == "open"


def test_the_page_speaks_spanish(home, visited):
    app = visited(office(home), language="es")
    assert "La revisión de junio de 2026 no ha empezado" in said(app)


def test_whoever_may_not_begin_it_reads_who_may(home, visited):
    app = visited(reviewer(home))
    assert "The data office begins it." in said(app)
    assert not [button for button in app.button if "review" in button.label]
    assert "Choose yourself where place and language are chosen." in said(visited(None))


def test_whoever_may_not_lead_it_only_reads(home, meeting, visited):
    add_item(records(home), office(home), meeting, Item("goal", ("added",), goal="robberies"))
    app = visited(reviewer(home))
    assert "You only read here" in said(app)
    assert "Goal robberies" in said(app)
    assert "data-act" not in said(app)
    assert not {"Make the agenda", "Begin the meeting", "Add it", "Save"} & {button.label for button in app.button}


def test_looking_makes_no_records(tmp_path, visited):
    bare = build(tmp_path / "bare")
    app = visited(None, home=bare)
    assert "The review of June 2026 has not begun" in said(app)
    assert not list(bare.store.glob("records*"))


def test_without_a_plan_the_page_says_so(tmp_path):
    bare = build(tmp_path / "bare")
    held = records(bare)
    who = actor(held, add_person(held, PROGRAM, "Ofelia", roles=(Role("office"),)), STARTS)
    plan_meeting(held, who, open_review(held, who, "aurora", LAST), session(bare).review_day)
    made = about(bare, who)
    assert all(item.kind == "goal" for item in making.to_be_put(made))
    assert "No plan is in the records yet" in listing._nothing(made)


@pytest.mark.usefixtures("asking")
def test_the_closed_month_is_only_read(home, meeting, visited):
    add_item(records(home), office(home), meeting, Item("goal", ("added",), goal="robberies"))
    with records(home).write(office(home)) as write:
        write.doing("keep_review", known.MEETING)
        row = write.connection.execute(select(review)).mappings().one()
        write.update(review, row["id"], row["version"], state="closed")
    made = about(home, office(home))
    assert (made.closed, made.may, made.changes) == (True, False, False)
    order(made, "leave", 0)
    app = visited(office(home))
    assert "The month is closed: what was written stays as it is." in said(app)
    assert "shown as it is today" not in said(app)  # its figures are those of the closed month
    assert "data-act" not in said(app)


@pytest.mark.usefixtures("asking")
def test_an_item_passes_those_of_its_own_group(home, meeting):
    held, who = records(home), office(home)
    made = about(home, who)
    making._make(made)
    made = about(home, who)
    names = [row["id"] for row in made.talked_about]
    order(made, "move", 2, -2)
    assert [row["id"] for row in about(home, who).talked_about] == [names[2], names[0], names[1], *names[3:]]
    made = about(home, who)
    order(made, "move", MOST_DECISIONS, -3)  # the first of the rest goes no higher than the rest
    assert [row["id"] for row in about(home, who).talked_about][MOST_DECISIONS] == names[MOST_DECISIONS]
    order(about(home, who), "keep", MOST_DECISIONS + 1)
    assert sum(row["kept"] for row in agenda(held, meeting)) == MOST_DECISIONS + 1
    order(about(home, who), "later", 0)
    assert sum(row["kept"] for row in agenda(held, meeting)) == MOST_DECISIONS


@pytest.mark.usefixtures("asking")
def test_a_left_out_item_is_passed_over_and_can_be_taken_back(home, meeting):
    held, who = records(home), office(home)
    for name in ("robberies", "hostile", "gone"):
        add_item(held, who, meeting, Item("goal", ("added",), goal=name))
    rows = agenda(held, meeting)
    drop_item(held, who, rows[1]["id"], 1, "Settled by telephone")
    made = about(home, who)
    assert "Settled by telephone" in listing.block(made)
    order(made, "move", 0, 1)
    made = about(home, who)
    assert [row["goal"] for row in made.talked_about] == ["gone", "robberies"]
    out = next(row for row in made.rows if row["dropped"])
    ordering.obey(made, {"item": out["id"], "version": out["version"], "act": "back", "steps": 1})
    assert len(about(home, who).talked_about) == 3


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize("asked", [None, "move", {}, {"item": 1}, {"item": 999, "version": 1, "act": "move", "steps": 1},
                                   {"item": 1, "version": 1, "act": "delete", "steps": 1},
                                   {"item": 1, "version": "1", "act": "move", "steps": 1}])  # fmt: skip
def test_what_no_button_asks_for_is_passed_over(home, meeting, asked):
    held, who = records(home), office(home)
    add_item(held, who, meeting, Item("goal", ("added",), goal="robberies"))
    before = agenda(held, meeting)
    ordering.obey(about(home, who), asked)
    assert agenda(held, meeting) == before


def test_names_of_people_and_files_are_escaped(home, meeting):
    held, who = records(home), office(home)
    add_item(held, who, meeting, Item("other", ("added",), title=HOSTILE))
    add_item(held, who, meeting, Item("goal", ("added",), goal="hostile"))
    drawn = listing.block(about(home, who))
    assert "<img" not in drawn
    assert "&lt;img" in drawn


def test_what_came_before_stands_beside_an_item(home, meeting):
    held, who = records(home), office(home)
    owner = posts(held, STARTS)[0].id
    told = FollowUp("aurora", "Bring the tender", owner, session(home).review_day, goal="robberies")
    ask(held, who, told, LATE)
    add_item(held, who, meeting, Item("goal", ("added",), goal="robberies"))
    assert "1 open follow-up: Bring the tender (due 10 Jul 2026)" in listing.block(about(home, who))


def test_after_the_meeting_the_agenda_says_what_was_decided(home, meeting):
    held, who = records(home), office(home)
    goal = add_item(held, who, meeting, Item("goal", ("added",), goal="robberies", kept=True))
    other = add_item(held, who, meeting, Item("other", ("added",), title="Summer fair", kept=True))
    worry = raise_concern(held, who, Concern("aurora", "Dark square", "Nobody goes there", area="police"), STARTS)
    add_item(held, who, meeting, Item("concern", ("concern",), concern=worry, kept=True))
    assert "To be talked about" in listing.block(about(home, who))
    start_meeting(held, who, meeting, 1, [], who.person)
    write_note(held, who, goal, "decided", HOSTILE, None, None)
    ask(held, who, FollowUp("aurora", "Rent the tents", posts(held, STARTS)[0].id, date(2026, 8, 1), meeting=meeting, item=other), STARTS)
    end_meeting(held, who, meeting, 2)
    drawn = listing.block(about(home, who))
    assert "Talked about" in drawn and "To be talked about" not in drawn
    assert f'<p class="decided">{escape("Decided: " + HOSTILE)}</p>' in drawn
    assert drawn.count('class="decided"') == 1
    assert "1 open follow-up: Rent the tents" in drawn
    assert f"concerns?place=aurora&amp;month=2026-06&amp;language=en&amp;id={worry}" in drawn


@pytest.mark.parametrize(("day", "led"), [(date(2026, 8, 5), True), (date(2026, 7, 5), False)])
def test_while_the_next_month_has_no_figure_its_review_is_found_from_here(home, visited, monkeypatch, day, led):
    monkeypatch.setattr("dashboards.meetings.clock.today", lambda _session: day)
    assert ("The values of July 2026 are being collected: that is on My work." in said(visited(office(home)))) == led


def test_what_was_promised_before_stands_above_the_agenda(home, meeting, visited):
    held, who = records(home), office(home)
    assert "What was promised" not in [each.value for each in visited(who).header]
    owner = posts(held, STARTS)[0].id
    number = ask(held, who, FollowUp("aurora", HOSTILE, owner, date(2026, 7, 9)), date(2026, 7, 1))
    ask(held, who, FollowUp("aurora", "Bring the tender", owner, date(2026, 8, 1), meeting=meeting), date(2026, 7, 1))
    app = visited(who)
    headers = [each.value for each in app.header]
    assert headers.index("What was promised") + 1 == headers.index("Agenda")
    assert "1 promise is overdue." in said(app)
    assert "more</a>" not in said(app)
    assert f"followups?place=aurora&amp;month=2026-06&amp;language=en&amp;id={number}" in said(app)
    assert "<img" not in said(app)


def test_of_many_promises_the_most_pressing_stand_above_the_agenda(home, meeting, visited):
    held, who = records(home), office(home)
    owner = posts(held, STARTS)[0].id
    for number in range(1, 11):
        ask(held, who, FollowUp("aurora", f"Promise {number}.", owner, date(2026, 8, number)), date(2026, 7, 1))
    app = visited(who)
    assert [f"Promise {number}." in said(app) for number in range(1, 11)] == [True] * 8 + [False] * 2
    assert 'language=en">and 2 more</a>' in said(app)


def test_an_agenda_tells_its_reasons_with_the_figures_of_now_and_those_that_hold_no_more_by_their_word(home, meeting):
    held, who = records(home), office(home)
    add_item(held, who, meeting, Item("goal", ("worsened", "added"), goal="robberies"))
    row = agenda(held, meeting)[0]
    assert found.whys(session(home), row) == [
        "It is off track, and its chance is low: a chance of less than 1 % to reach the target by 31 Dec 2028.",
        "It got worse, and that is a signal.", "Somebody asked for it.",
    ]  # fmt: skip


def test_a_concern_raised_after_the_review_counts_in_the_newest_month_alone(home):
    who = office(home)
    raise_concern(records(home), who, Concern("aurora", "Noise", "At night"), session(home).review_day.replace(day=28))
    assert [each.item.kind for each in found.found(session(home))][-1] == "concern"
    assert "concern" not in [each.item.kind for each in found.found(session(home, month=LAST.plus(-1)))]


def test_the_month_is_closed_with_a_reason_for_what_is_missing_and_opened_again_for_another(home, meeting, visited):
    who = office(home)
    with records(home).write(who) as write:
        write.doing("keep_meeting", known.MEETING)
        write.update(meeting_table, meeting, 1, state="held")
    app = visited(who)
    assert "values that are owed are missing" in said(app)
    press(app, "Close the month")
    assert about(home, who).review["state"] == "open"
    assert "Nothing was saved: it does not say why the month is closed without the values that are missing" in said(app)
    assert "<span>owed</span></td>" in said(app)
    next(area for area in app.text_area if area.label == "Why the month is closed without them").set_value("The survey failed").run()
    press(app, "Close the month")
    assert "Ofelia closed the month on" in said(app)
    assert "values were missing: The survey failed" in said(app)
    assert "data-act" not in said(app)
    next(line for line in app.text_input if line.label == "Why the month is opened again").set_value("A figure was wrong").run()
    press(app, "Open it again")
    assert about(home, who).review["state"] == "open"
