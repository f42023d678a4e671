"""My work: what each person is told that they owe, by date, where they do it, and what the data office sees of all."""

import shutil
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from dashboards.plan import unjudged
from dashboards.session import Session
from dashboards.words import translator
from dashboards.work import known, listing, matrix, page, reminders, strip
from data.access import Actor
from data.drafts import keep
from data.home import Home
from data.meetings.concerns import Concern, raise_concern
from data.meetings.follow_ups import FollowUp, ask
from data.people import actor, change_person, people, take_post
from data.periods import Month
from data.plans.action import action
from data.plans.evidence import bring_link
from data.plans.owing import owing
from data.records.tables import review
from data.reviews.reviews import open_review, review_of
from data.reviews.stand_ins import stand_ins
from kpis.reviews.cycle import phases
from kpis.reviews.owed import Duty, mine
from tests import area_town
from tests.area_town import NAMES, Town
from tests.conftest import ROOT
from tests.recorded_town import past_the_verbs
from tests.small_city import LAST
from tests.small_city import session as session_at

TODAY = date(2026, 7, 10)


@pytest.fixture
def home(city, tmp_path) -> Home:
    shutil.copytree(city.folder, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def town(home) -> Town:
    """With a promise of the area and a concern about it."""
    made = area_town.build(home)
    told = FollowUp("aurora", "Meet the neighbours", 1, date(2026, 7, 12), "A photograph")
    ask(made.records, made.actor("mayor"), told, date(2026, 6, 20))
    raise_concern(made.records, made.actor("mayor"), Concern("aurora", "Noise", "Every night", "police"), date(2026, 6, 20))
    return made


@pytest.fixture
def session(home, town, monkeypatch) -> Session:
    """An English reader in the newest month, on the tenth of July."""
    on(monkeypatch, TODAY)
    return session_at(home)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("dashboards.meetings.clock.today", lambda _session: day)


def text(html: str) -> str:
    """Parsed: that it parses says that no text broke out of it."""
    return " ".join(part.strip() for part in ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>").itertext() if part.strip())


def rows(html: str) -> list[list[str]]:
    found = ElementTree.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.iter("tr") if row.find("td") is not None]


def test_the_phases_say_which_is_today_and_how_long_it_lasts(session):
    found = known.known(session)
    assert strip.sentence(session, found) == "Review of June 2026: Analyse, which ends today."
    assert strip.block(session, found).count('aria-current="step"') == 1
    assert '<li aria-current="step"><b>Analyse</b><span>6–10 Jul 2026</span>' in strip.block(session, found)


@pytest.mark.parametrize(("day", "said"), [
    (date(2026, 6, 30), "The review of June 2026 begins on 1 Jul 2026."),
    (date(2026, 7, 1), "Review of June 2026: Collect, 4 days left."),
    (date(2026, 7, 14), "Review of June 2026: Weigh risks, 1 day left."),
    (date(2026, 7, 31), "Review of June 2026: Meet and close, which ends today."),
    (date(2026, 12, 1), "The review of June 2026 is over since 31 Jul 2026."),
])  # fmt: skip
def test_a_review_begins_runs_and_is_over(session, day, said):
    found = known.Known(LAST, day, phases(LAST, session.definitions.city.cycle), None, [])
    assert strip.sentence(session, found) == said


@pytest.mark.parametrize(("day", "month"), [
    (date(2026, 7, 10), Month(2026, 6)),
    (date(2026, 8, 2), Month(2026, 7)),  # July's figures are being collected, so nobody can look at July yet
    (date(2026, 6, 20), Month(2026, 5)),  # June has only begun
    (date(2027, 3, 1), Month(2026, 6)),
])  # fmt: skip
def test_the_newest_month_leads_to_the_review_that_runs(session, day, month):
    assert known.reviewed(session, day) == month
    assert known.reviewed(session.at(Month(2026, 4)), day) == Month(2026, 4)


def test_an_older_month_owes_nothing(session):
    assert known.known(session.at(Month(2026, 3))).duties == []


def test_values_are_owed_once_the_review_has_begun_and_no_longer_when_it_is_closed(session, town):
    assert not [duty for duty in known.known(session).duties if duty.kind == "value"]
    number = open_review(town.records, town.actor("office"), "aurora", LAST)
    asked = [duty for duty in known.known(session_at(session.home)).duties if duty.kind == "value"]
    assert asked and all(duty.due == date(2026, 7, 5) and duty.state == "owed" for duty in asked)
    with past_the_verbs(town.records) as connection:
        connection.execute(review.update().where(review.c.id == number).values(state="closed"))
    assert not [duty for duty in known.known(session_at(session.home)).duties if duty.kind == "value"]


def test_the_editor_owes_what_the_area_and_the_post_owe_by_date(session, town):
    found = known.known(session)
    own = mine(found.duties, town.actor("editor"))
    names = [(name, [duty.kind for duty in each]) for name, each in listing.groups(own, TODAY, translator("en"))]
    assert names == [
        ("Sent back", ["evidence"]), ("Overdue", ["measure", "report", "report"]), ("Within a week", ["follow_up", "concern"]),
        ("Later", []), ("Without a day", []),
    ]  # fmt: skip
    said = page.sentence(own, found, town.actor("editor"), translator("en"))
    assert said == "You owe 6 things by this review; 4 of them are overdue."


def test_each_row_says_what_is_asked_by_when_and_leads_to_where_it_is_done(session, town):
    table = {row[0]: row[1:] for row in rows(listing.block(session, known.known(session).duties, TODAY))}
    assert table["DesignedLight the park"] == [
        "Evidence: sent back, to be brought againRosa Revisora: The signature is missing", "5 Jul 2026", "5 days overdue",
    ]  # fmt: skip
    assert table["Meet the neighbours"] == ["Follow-up: promisedA photograph", "12 Jul 2026", "in 2 days"]
    assert table[NAMES["1.5"]][0] == "Report: never reported"  # nobody acts, so there is no way to a form
    by_kind = {duty.kind: listing.address(session, duty) for duty in known.known(session).duties}
    assert by_kind["follow_up"].startswith("followups?") and by_kind["follow_up"].endswith("id=1")
    assert by_kind["concern"].endswith("&id=1") and "node=" in by_kind["report"]


def test_whoever_holds_nothing_and_whoever_owes_nothing_is_told_so(session, town):
    found, _ = known.known(session), translator("en")
    assert page.sentence([], found, town.actor("mayor"), _) == (
        "You answer for no area and hold no post: no value, report or evidence is asked of you."
    )
    assert page.sentence([], found, town.actor("editor"), _) == "You owe nothing by this review."


def test_who_owes_what_is_counted_by_area_and_kind(session):
    html = matrix.block(session, known.known(session))
    assert text(html).startswith("7 things are owed by this review; 5 are overdue.")
    hall = session.say(session.definitions.area["hall"])
    assert rows(html) == [
        ["Security", "6 4 overdue", "2 2 overdue", "1 1 overdue", "1", "1", "1 1 overdue"],
        [hall, "1 1 overdue", "1 1 overdue", "", "", "", ""],
    ]  # fmt: skip


def test_a_reminder_names_everything_an_owner_owes_in_the_owners_language(session, town, monkeypatch):
    monkeypatch.setattr("streamlit.context", type("Context", (), {"url": "http://panel.example/work"})())
    row = next(row for row in people(town.records) if row["name"] == "Elena Editora")
    change_person(town.records, town.actor("office"), row["id"], row["version"], email="elena@example.org")
    found = known.known(session)
    own = [duty for duty in found.duties if duty.area == "police"]
    post, area = reminders.owners(session, own, "police")
    assert (len(post.duties) + len(area.duties), post.emails, area.who) == (len(own), ("elena@example.org",), ("Elena Editora",))
    told = reminders.text(session, found, post, "es_ES")
    assert told.startswith("Hola, Elena Editora:\n\nJefatura de Seguridad") and "Alumbrar el parque" in told
    assert "http://panel.example/work?place=aurora" in told
    link = reminders.mail(post, "Asunto & más", told)
    assert link.startswith("mailto:elena@example.org?subject=Asunto%20%26%20m%C3%A1s&body=Hola") or len(link) == 0
    short = reminders.mail(post, "Asunto & más", "uno\ndos")
    assert short == "mailto:elena@example.org?subject=Asunto%20%26%20m%C3%A1s&body=uno%0Ados"
    assert reminders.mail(post, "a", "x" * 2000) == ""


def opened(home: Home, monkeypatch: pytest.MonkeyPatch, who: Actor | None, **asked: str) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: who)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.run()
    for name, value in asked.items():
        app.query_params[name] = value
    app.switch_page("pages/home/work.py").run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> str:
    next(button for button in app.button if button.label in (label, plain(label))).click()
    app.run()
    assert not app.exception
    return " ".join(box.value.replace("\\", "") for box in [*app.success, *app.error])


def fill(app: AppTest, **values: object) -> None:
    widgets = [*app.text_input, *app.text_area, *app.number_input, *app.selectbox, *app.date_input]
    for name, value in values.items():
        next(each for each in widgets if (each.key or "").endswith(f"#{name}")).set_value(value)


def test_an_action_is_reported_by_a_link_and_a_button(session, home, town, monkeypatch):
    node = town.nodes["1.2"]
    app = opened(home, monkeypatch, town.actor("editor"), report=str(node))
    fill(app, declared=45.0, said="Lamps arrived")
    assert press(app, "Send the report") == "The report is saved."
    now = action(town.records, node)
    assert now and now.node["declared"] == 45.0
    assert not [button for button in app.button if button.label == "Send the report"]  # it is owed no longer


def test_nobody_reports_for_another_area_by_writing_an_address(session, home, town, monkeypatch):
    app = opened(home, monkeypatch, town.actor("editor"), report=str(town.nodes["1.3"]))
    assert not [button for button in app.button if button.label == "Send the report"]


def test_the_office_opens_the_review(session, home, town, monkeypatch):
    app = opened(home, monkeypatch, town.actor("office"))
    assert press(app, "Begin the review of June 2026") == "The review of June 2026 has begun."
    found = review_of(town.records, "aurora", LAST)
    assert found and found["state"] == "open"
    assert not [button for button in app.button if button.label.startswith("Begin the review")]


def test_an_editor_opens_no_review_and_names_a_stand_in_for_the_own_post(session, home, town, monkeypatch):
    open_review(town.records, town.actor("office"), "aurora", LAST)
    app = opened(home, monkeypatch, town.actor("editor"))
    assert not [button for button in app.button if button.label.startswith("Begin the review")]
    first, last = date.today(), date.today()
    assert press(app, "Name them").startswith("Nothing was saved: it does not say who stands in")
    fill(app, person=town.people["mayor"], starts=first, ends=last)
    assert press(app, "Name them").startswith("Marta Alcaldesa stands in for Head of Security")
    assert actor(town.records, town.people["mayor"], first).areas == {"police"}
    label = "Marta Alcaldesa is done standing in for Head of Security"
    assert press(app, label) == "Marta Alcaldesa no longer stands in after today."
    assert [row["ends"] for row in stand_ins(town.records, first)] == [last]


def test_who_only_reads_sees_who_owes_what_and_no_form(session, home, town, monkeypatch):
    app = opened(home, monkeypatch, None, of="police")
    said = " ".join(markdown.value for markdown in app.markdown)
    assert "Here stands what you owe once the panel knows who you are" in said
    assert [box.label for box in app.selectbox if box.label == "What an area owes"]
    assert not app.code and not [button for button in app.button if button.label == "Name them"]


def test_the_office_reminds_an_area(session, home, town, monkeypatch):
    app = opened(home, monkeypatch, town.actor("office"), of="police")
    (told,) = [code.value for code in app.code]
    assert told.startswith("Dear Elena Editora:")


def test_evidence_that_waits_too_long_is_said_to_whoever_judges_it_and_to_all(session, home, town, monkeypatch):
    sentence = "1 piece of evidence has waited for more than 30 days to be judged. Who may judge them: Rosa Revisora (1)."
    assert unjudged.everywhere(session) == ""
    assert plain("1 piece of evidence waits for you.") in links(opened(home, monkeypatch, town.actor("reviewer")))
    stage = owing(town.records, town.plan, "police", TODAY).stages["id"][0]
    bring_link(town.records, town.actor("editor"), stage, "Drawing", "https://example.org/drawing", datetime(2026, 6, 9, 9, tzinfo=UTC))
    assert unjudged.everywhere(session) == sentence
    app = opened(home, monkeypatch, town.actor("reviewer"))
    late = "1 has waited for more than 30 days, and no longer keeps its stage from being late."
    assert plain("2 pieces of evidence wait for you.") in links(app)
    assert any(plain(late) in text.value for text in app.markdown)
    assert plain(sentence) in [text.value for text in app.markdown]


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_a_group_counts_the_values_that_one_row_stands_for(session, town):
    values = Duty("value", 1, "Leaks", "water", date(2026, 7, 5), state="owed", count=15)
    said = text(listing.block(session, [values, Duty("report", 2, "Pumps", "water", TODAY, state="old")], TODAY))
    assert "Overdue: 15" in said and "Within a week: 1" in said


def test_a_duty_without_a_day_stands_last():
    duty = Duty("measure", 1, "a", "police", None)
    assert [name for name, each in listing.groups([duty], TODAY, translator("en")) if each] == ["Without a day"]


def test_a_closed_review_is_opened_again_with_a_reason(session, home, town, monkeypatch):
    number = open_review(town.records, town.actor("office"), "aurora", LAST)
    told = []
    with past_the_verbs(town.records) as connection:
        connection.execute(review.update().where(review.c.id == number).values(state="closed"))
    monkeypatch.setattr("dashboards.work.office.reopen", lambda *given: told.append(given[2:]))
    app = opened(home, monkeypatch, town.actor("office"))
    fill(app, why="A figure was wrong")
    assert press(app, "Open it again").startswith("The review of June 2026 is open again.")
    assert told == [("aurora", LAST, "A figure was wrong")]


def test_a_successor_finds_what_the_predecessor_typed(session, home, town, monkeypatch):
    content = {"version": 2, "base": {"declared": 30.0, "said": None}, "typed": {"declared": 30.0, "said": "Lamps <b>ordered</b>"}}
    keep(town.records, town.actor("editor"), f"action/{town.nodes['1.2']}/report", content)
    take_post(town.records, town.actor("office"), 1, town.people["mayor"], date(2026, 7, 1))
    drawn = []
    monkeypatch.setattr("dashboards.work.predecessor.panel.show", lambda html, key: drawn.append((key, html)))
    opened(home, monkeypatch, actor(town.records, town.people["mayor"], date.today()))
    (html,) = [html for key, html in drawn if key == "left_behind"]
    ((name, who, said),) = rows(html)
    assert (name, said) == ("Light the park", "Lamps <b>ordered</b>") and who.startswith("Elena Editora, ")
