"""The page Administration: people, roles, posts, the table, the log and the seal, as the data office and as others see it."""

import sqlite3
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import downloads
from dashboards.administration import table, wording
from data import definitions, people_file
from data.access import ALLOWED, Actor, Role
from data.meetings.follow_ups import FollowUp, ask, done
from data.meetings.vocabulary import CONCERN_STATES, FOLLOW_UP_STATES, MEETING_STATES
from data.people import PROGRAM, add_person, add_post, change_person, holdings, people, posts, roles
from data.records.database import NAME
from data.records.log import Asked, read
from data.records.tables import AUDITED, UNTOLD
from data.reviews.vocabulary import REVIEW_STATES, VALUE_STATES
from tests.action_town import Planned, copied, planned
from tests.conftest import ROOT
from tests.dashboards.conftest import session_of
from tests.small_city import LAST, build
from tests.test_pages import drawn, text

TODAY = date.today()


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def page(city, monkeypatch) -> AppTest:
    """The page as the data office sees it."""
    return opened(city, monkeypatch, city.people["office"])


def opened(city: Planned, monkeypatch: pytest.MonkeyPatch, who: Actor | None, **asked: str) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(city.home.folder))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: who)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    return at(app, **asked)


def at(app: AppTest, **asked: str) -> AppTest:
    """The page with what its address asks for."""
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    app.switch_page("pages/office/administration.py").run()
    assert not app.exception
    return app


def fill(page: AppTest, form: str, **values: object) -> None:
    """Put values into fields of a form, by the form's name and the fields'."""
    widgets: dict[str, Any] = {
        each.key.rpartition("#")[2]: each
        for each in (*page.text_input, *page.selectbox, *page.date_input)
        if each.key and f" {form}#" in each.key
    }
    for name, value in values.items():
        widgets[name].set_value(value)


def press(page: AppTest, label: str) -> str:
    """What the page says after a button."""
    next(button for button in page.button if button.label.replace("\\", "") == label).click().run()
    assert not page.exception
    return " ".join(box.value.replace("\\", "") for box in [*page.success, *page.error])


def seen(page: AppTest) -> str:
    return " ".join([*(text(panel) for panel in drawn(page)), *(each.value.replace("\\", "") for each in page.markdown)])


def number(city: Planned, name: str) -> int:
    return next(row["id"] for row in people(city.records) if row["name"] == name)


def test_everybody_is_listed_with_roles_by_area_and_posts(page):
    said = seen(page)
    assert "people are known here." in said
    (row,) = [row for panel in drawn(page) for row in panel.iter("tr") if "Eva Editora" in text(row)]
    assert "editor of an area (" in text(row) and "Head of Security" in text(row)


@pytest.mark.parametrize(("who", "language", "said"), [
    ("editor", "en", "This page is not shown: Eva Editora may not do this: it takes the role of data office."),
    ("reviewer", "es", "Rita Revisora"),
])  # fmt: skip
def test_whoever_is_not_of_the_office_is_told_whose_page_it_is_and_sees_none_of_it(city, monkeypatch, who, language, said):
    app = opened(city, monkeypatch, city.people[who], language=language)
    assert said in app.error[0].value.replace("\\", "")
    assert not drawn(app) and not app.get("download_button")


def test_a_reader_who_acts_as_nobody_is_told_how_to_say_who_they_are(city, monkeypatch):
    app = opened(city, monkeypatch, None)
    assert app.header[0].value == "Say first who you are"
    assert not drawn(app)


def test_a_person_is_added_with_a_role(page, city):
    fill(page, "person/new", name="Ada Alta", email="ada@aurora.example", role="reviewer")
    assert press(page, "Add") == "Ada Alta is added."
    added = number(city, "Ada Alta")
    assert roles(city.records)[added] == [Role("reviewer")]
    assert "Ada Alta" in seen(page)


def test_a_person_without_a_name_is_refused_and_what_was_typed_stays(page, city):
    before = len(people(city.records))
    fill(page, "person/new", email="ada@aurora.example")
    assert "the name is empty" in press(page, "Add")
    assert len(people(city.records)) == before
    assert "ada@aurora.example" in [each.value for each in page.text_input]


def test_a_name_is_changed_and_a_stale_one_shows_both_versions(page, city):
    eva = number(city, "Eva Editora")
    at(page, person=str(eva))
    fill(page, f"person/{eva}", name="Eva Nueva")
    page.run()
    change_person(city.records, city.people["office"], eva, 1, name="Eva Otra", email=None)
    page.run()
    assert "Somebody else has saved a change" in page.error[0].value
    assert press(page, "Keep mine: send it on top of theirs") == "Eva Nueva is saved."
    assert next(row["name"] for row in people(city.records) if row["id"] == eva) == "Eva Nueva"


def test_a_role_is_given_and_taken_away(page, city):
    rita = number(city, "Rita Revisora")
    at(page, person=str(rita))
    fill(page, f"person/{rita}/role", role="editor", area="hall")
    assert "Rita Revisora is now: editor of an area (" in press(page, "Give this role")
    assert set(roles(city.records)[rita]) == {Role("reviewer"), Role("editor", "hall")}
    assert press(page, "Take away: reviewer") == "Rita Revisora is no longer: reviewer."
    assert roles(city.records)[rita] == [Role("editor", "hall")]


def test_a_role_is_not_given_twice(page, city):
    rita = number(city, "Rita Revisora")
    at(page, person=str(rita))
    fill(page, f"person/{rita}/role", role="reviewer")
    assert "this person has the role already" in press(page, "Give this role")


def test_the_last_of_the_office_cannot_lose_the_role(page, city):
    olga = number(city, "Olga Oficina")
    assert [who for who, held in roles(city.records).items() if Role("office") in held] == [olga]
    at(page, person=str(olga))
    assert "nobody would be of the data office any more" in press(page, "Take away: data office")
    assert Role("office") in roles(city.records)[olga]


def test_a_post_nobody_holds_is_marked_and_is_handed_over_from_a_day(page, city):
    at(page, part="posts")
    assert "Somebody holds each of them." in seen(page)
    post = posts(city.records, TODAY)[0].id
    at(page, part="posts", post=str(post))
    hugo = number(city, "Hugo Alcaldía")
    fill(page, f"post/{post}/handed", person=hugo, starts=TODAY)
    assert "Hugo Alcaldía holds Head of Security from" in press(page, "Hand it over")
    now, before = holdings(city.records)
    assert (now["name"], now["starts"], now["ends"]) == ("Hugo Alcaldía", TODAY, None)
    assert (before["name"], before["ends"]) == ("Eva Editora", TODAY - timedelta(days=1))
    fill(page, f"holding/{now['id']}", ends=TODAY + timedelta(days=3))
    assert "The last day of Hugo Alcaldía is" in press(page, "Save the last day")
    fill(page, "post/new", name="Head of Parks", area="hall")
    assert press(page, "Make it") == "The post Head of Parks is made; nobody holds it yet."
    assert "Nobody holds 1 of them today." in seen(page)
    (row,) = [row for panel in drawn(page) for row in panel.iter("tr") if "Head of Parks" in text(row)]
    assert text(row.find("td")) == "nobody"


def test_a_post_is_handed_to_somebody(page, city):
    post = posts(city.records, TODAY)[0].id
    at(page, part="posts", post=str(post))
    assert "choose who takes it" in press(page, "Hand it over")
    assert len(holdings(city.records)) == 1


def sent(page: AppTest, content: str) -> AppTest:
    return page.file_uploader(key="people_file").set_value(("people.csv", content.encode(), "text/csv")).run()


def test_a_table_shows_what_it_would_change_and_saves_it_only_then(page, city):
    at(page, part="table")
    before = city.records.stamp
    sent(
        page,
        "person,email,role,area,post,starts\nAda Alta,ada@aurora.example,reviewer,,,\nEva Editora,,editor,hall,Head of Parks,2026-01-01\n",
    )
    assert not page.exception
    assert "not saved yet" in page.header[0].value
    said = seen(page)
    assert "New: person: Ada Alta" in said and "New: post: Head of Parks" in said
    assert "Removed: role: " in said and "editor of an area" in said
    assert city.records.stamp == before
    assert press(page, "Save these changes").startswith("Saved. New people: 1; changed: 2; new posts: 1")
    assert roles(city.records)[number(city, "Ada Alta")] == [Role("reviewer")]
    assert "nothing would change" in page.success[-1].value


def test_a_table_that_is_wrong_says_line_column_and_cure(page, city):
    at(page, part="table")
    before = city.records.stamp
    sent(page, "person,role\nAda,king\n,editor\n")
    said = seen(page)
    assert "line 2, role" in said and "there is no role king" in said
    assert "line 3, person" in said
    assert city.records.stamp == before
    assert "Save these changes" not in [button.label for button in page.button]


def test_the_table_that_goes_out_comes_back_without_a_change(city, tmp_path):
    add_post(city.records, PROGRAM, "Head of Parks", "hall")
    add_person(city.records, PROGRAM, "Ada Alta", "ada@aurora.example", (Role("reviewer"), Role("editor", "hall")))
    found = table.frame(session_of(city.home, "aurora", LAST, "en_GB"))
    assert found.filter(person="Ada Alta").select("role", "area").rows() == [("reviewer", None), ("editor", "hall")]
    assert found.filter(post="Head of Parks")["person"].to_list() == [""]
    file = tmp_path / "people.xlsx"
    file.write_bytes(downloads.xlsx(found, {"City": "Aurora"}))
    entries = people_file.read(file, file.name, tuple(definitions.load(city.home).city.areas))
    assert len(entries) == found.height
    assert people_file.rehearse(city.records, city.people["office"], entries, file.name, TODAY).entries == []


def test_the_log_says_who_changed_what_newest_first(page, city):
    add_post(city.records, city.people["office"], "Head of Parks", "hall")
    at(page, part="log")
    (panel,) = [panel for panel in drawn(page) if panel.find(".//ul[@class='story']") is not None]
    first = text(panel.find(".//ul[@class='story']/li"))
    assert "Olga Oficina" in first and "kept the people" in first and "New: post: Head of Parks" in first


def test_every_action_and_every_kind_of_row_has_words():
    assert {action for action in ALLOWED if action != "keep_draft"} - wording.ACTIONS.keys() == set()
    assert {table.name for table in AUDITED} - UNTOLD - wording.OBJECTS.keys() == set()
    states = {*FOLLOW_UP_STATES, *CONCERN_STATES, *MEETING_STATES, *REVIEW_STATES, *VALUE_STATES}
    assert states - wording.WORDS["state"].keys() == set()


def test_the_log_says_what_was_promised_and_what_became_of_it(page, city):
    told = FollowUp("aurora", "Mend the pump", 1, TODAY)
    number = ask(city.records, city.people["office"], told, TODAY)
    done(city.records, city.people["editor"], number, 1, TODAY, "Mended")
    at(page, part="log")
    settled, asked = entries(page)[:2]
    assert "asked for a follow-up" in asked and "what is asked for Mend the pump" in asked
    assert "settled a follow-up" in settled and "State from still open to done" in settled
    assert "What was done from nothing to Mended" in settled


def test_the_log_is_narrowed_by_person_kind_and_days(page, city):
    at(page, part="log")
    page.selectbox(key="kind").set_value("holding").run()
    assert not page.exception
    lines = entries(page)
    assert len(lines) == read(city.records, Asked(kind="holding")).total == 1
    assert "who holds a post" in lines[0] and "Eva Editora" in lines[0] and "Head of Security" in lines[0]
    page.selectbox(key="who").set_value("Olga Oficina").run()
    assert not entries(page)
    assert "No change fits what is asked for." in seen(page)
    page.selectbox(key="kind").set_value("").run()
    assert len(entries(page)) == min(50, read(city.records, Asked(actor="Olga Oficina")).total)
    page.date_input(key="log_since").set_value(TODAY + timedelta(days=2)).run()
    assert not entries(page)


def test_the_log_goes_page_by_page_and_begins_again_when_narrowed(page, city):
    for n in range(60):
        add_person(city.records, city.people["office"], f"Person {n}")
    total = read(city.records, Asked()).total
    at(page, part="log")
    assert len(entries(page)) == 50
    at(page, part="log", sheet="2")
    assert f"Changes 51 to {min(100, total)} of {total}" in seen(page)
    page.selectbox(key="kind").set_value("holding").run()
    assert len(entries(page)) == 1


def entries(page: AppTest) -> list[str]:
    return [text(item) for panel in drawn(page) for item in panel.findall(".//ul[@class='story']/li")]


def test_the_seal_holds_and_is_broken_by_whoever_goes_past_the_verbs(page, city):
    at(page, part="log")
    assert press(page, "Check the seal").startswith(f"The seal holds: all {read(city.records, Asked()).total} changes")
    with sqlite3.connect(city.home.store / NAME) as database:
        database.execute("update person set name = 'Mallory' where id = 1")
    said = press(page, "Check the seal")
    assert "The seal is broken" in said
    assert "person 1 is not as its last link" in seen(page)


def test_the_finding_of_the_seal_is_said_in_spanish(page, city):
    with sqlite3.connect(city.home.store / NAME) as database:
        database.execute("update person set name = 'Mallory' where id = 1")
    at(page, part="log", language="es")
    assert "El sello está roto" in press(page, "Comprobar el sello")
    assert "se cambió sin pasar por el programa" in seen(page)


def test_a_city_without_people_says_how_the_first_ones_come(tmp_path, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(build(tmp_path / "empty").folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    at(app.run())
    assert app.header[0].value == "Nobody is known yet"
    assert app.code[0].value == "python -m data people people.csv"
    assert not (tmp_path / "empty" / "data" / "store" / NAME).exists()
