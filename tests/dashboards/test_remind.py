"""`python -m dashboards remind`: the letters and calendar files of who owes what, printed, and sent only when that is asked for."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from dashboards.__main__ import main
from dashboards.meetings.follow_ups import calendar
from dashboards.meetings.follow_ups.known import Known
from dashboards.work import reminders
from dashboards.work.reminders import owners
from data.meetings.follow_ups import FollowUp, ask, done, postpone
from data.people import PROGRAM, add_person, add_post, posts, take_post
from data.posting import PASSWORD
from data.reviews.stand_ins import name_stand_in
from data.snapshots.freezing import freeze
from kpis.reviews.owed import Duty
from tests.action_town import Planned, copied, planned
from tests.dashboards.conftest import session_of
from tests.data.test_posting import Box, served
from tests.small_city import LAST

TODAY = date.today()
COMMAND = ["remind", "--place", "aurora", "--month", "2026-06", "--language", "en"]
WHAT = "Señal, en la plaza; «vieja», " * 6


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Planned:
    """Two posts, one of whose holders has an address; three follow-ups, of which one is done."""
    made = planned(tmp_path_factory.mktemp("reminded") / "home")
    held, office = made.records, made.people["office"]
    lamps = add_post(held, PROGRAM, "Lamps", "hall")
    take_post(held, PROGRAM, lamps, add_person(held, PROGRAM, "Luz", "luz@aurora.example"), date(2025, 1, 1))
    for owner, what, days in ((lamps, WHAT, 9), (lamps, "Count them", 20), (1, "Cut the hedge", -3)):
        ask(held, office, FollowUp("aurora", what, owner, TODAY + timedelta(days=days), "A photograph"), TODAY - timedelta(days=9))
    done(held, office, 2, 1, TODAY, "There are 12")
    return made


@pytest.fixture
def reminded(city, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(city.home.folder))
    monkeypatch.delenv(PASSWORD, raising=False)

    def run(*more: str) -> tuple[int, str, str]:
        code = main([*COMMAND, *more])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def posted(city):
    """The city names a mail server on this machine while the test runs."""
    before = city.home.city.read_text(encoding="utf-8")
    with served() as (box, port):
        told = f"mail: {{host: 127.0.0.1, port: {port}, from: panel@aurora.example, tls: none}}\n"
        city.home.city.write_text(before + told, encoding="utf-8")
        yield box
    city.home.city.write_text(before, encoding="utf-8")


def test_without_send_the_letters_are_only_printed(reminded, posted):
    code, out, _ = reminded("--json")
    told = json.loads(out)
    assert (code, told["sent"], posted.letters) == (0, 0, [])
    first, second = told["letters"]
    assert (first["to"], first["problem"], first["follow_ups"]) == (None, "no address is known", [3])
    assert (second["to"], second["follow_ups"], second["subject"]) == ("luz@aurora.example", [1], "Aurora: 1 follow-up is open")
    assert "overdue for 3 days" in first["text"] and "What shall show it: A photograph" in second["text"]
    assert "2 letters, none sent: --send sends them" in reminded()[1]


def test_who_stands_in_is_reminded_in_the_holder_s_place(tmp_path, monkeypatch, capsys):
    made = planned(tmp_path / "home")
    held, office = made.records, made.people["office"]
    lamps = add_post(held, PROGRAM, "Lamps", "hall")
    take_post(held, PROGRAM, lamps, add_person(held, PROGRAM, "Luz", "luz@aurora.example"), date(2025, 1, 1))
    name_stand_in(held, office, lamps, add_person(held, PROGRAM, "Sol", "sol@aurora.example"), TODAY, TODAY + timedelta(days=1))
    ask(held, office, FollowUp("aurora", "Count them", lamps, TODAY + timedelta(days=9)), TODAY)
    monkeypatch.setenv("MANDATO_HOME", str(made.home.folder))
    assert main([*COMMAND, "--json"]) == 0
    (letter,) = json.loads(capsys.readouterr().out)["letters"]
    assert (letter["to"], letter["text"].splitlines()[0]) == ("sol@aurora.example", "Good day, Sol.")
    session = session_of(made.home, "aurora", LAST, "en_GB")
    (owner,) = reminders.owners(session, [Duty("follow_up", 1, "Count them", "hall", None, owner=lamps)], "hall")
    assert (owner.who, owner.emails) == (("Sol",), ("sol@aurora.example",))


def test_with_send_those_who_have_an_address_get_theirs_with_the_calendar(reminded, posted):
    code, out, _ = reminded("--send", "--json")
    told = json.loads(out)
    assert (code, told["sent"], [each["sent"] for each in told["letters"]]) == (0, 1, [False, True])
    ((to, message, _login),) = posted.letters
    _text, file = message.iter_parts()
    assert to == ["luz@aurora.example"] and file.get_content_type() == "text/calendar"
    assert len(Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")) == 1


def test_one_that_the_server_refuses_is_a_problem(reminded, posted, monkeypatch):
    async def refuse(*_: object) -> str:
        return "550 no such person"

    monkeypatch.setattr(Box, "handle_RCPT", refuse)
    code, _, said = reminded("--send")
    assert code == 1 and "the letter to luz@aurora.example was not sent: 550 no such person" in said


def test_a_city_that_names_no_server_sends_nothing(reminded):
    code, _, said = reminded("--send")
    assert code == 1 and "the city names no mail server" in said


def test_an_unknown_place_is_refused(reminded, capsys):
    assert main(["remind", "--place", "atlantis", "--month", "2026-06"]) == 1
    assert "no place has the id atlantis" in capsys.readouterr().err


@pytest.mark.parametrize("mail", ["{host: a, from: nobody}", "{host: a, from: a@b.example, tls: maybe}", "{from: a@b.example}"])
def test_a_mail_server_that_cannot_be_is_refused_with_its_line(reminded, city, mail):
    before = city.home.city.read_text(encoding="utf-8")
    city.home.city.write_text(f"{before}mail: {mail}\n", encoding="utf-8")
    code, _, said = reminded()
    city.home.city.write_text(before, encoding="utf-8")
    assert code == 1 and f"city.yaml:{len(before.splitlines()) + 1}:" in said


# The calendar ---------------------------------------------------------------------------------------------------------------------
def made_of(city: Planned) -> bytes:
    known = Known(session_of(city.home, "aurora", LAST, "en_GB"))
    return calendar.calendar(known, known.rows, datetime(2026, 11, 1, 9, tzinfo=UTC))


def test_whoever_holds_the_post_today_is_written_to(city, reminded, monkeypatch, tmp_path):
    """Not whoever held it on the review day."""
    later = copied(city, tmp_path / "later")
    lamps = next(post.id for post in posts(later.records, TODAY) if post.name == "Lamps")
    take_post(later.records, PROGRAM, lamps, add_person(later.records, PROGRAM, "Nils", "nils@aurora.example"), TODAY)
    monkeypatch.setenv("MANDATO_HOME", str(later.home.folder))
    second = json.loads(reminded("--json")[1])["letters"][1]
    assert (second["to"], "Good day, Nils." in second["text"]) == ("nils@aurora.example", True)


def test_what_an_area_owes_is_asked_of_whoever_holds_the_post_today_too(city, tmp_path):
    """On the page My work."""
    later = copied(city, tmp_path / "later")
    lamps = next(post.id for post in posts(later.records, TODAY) if post.name == "Lamps")
    take_post(later.records, PROGRAM, lamps, add_person(later.records, PROGRAM, "Nils", "nils@aurora.example"), TODAY)
    duty = Duty("report", 1, "Count the lamps", "hall", TODAY, owner=lamps)
    found = owners(session_of(later.home, "aurora", LAST, "en_GB"), [duty], "hall")
    assert [owner.emails for owner in found] == [("nils@aurora.example",)]


def test_a_promise_that_was_kept_after_its_month_was_closed_is_not_asked_for_again(city, reminded, monkeypatch, tmp_path):
    later = copied(city, tmp_path / "closed")
    freeze(later.home, later.records, later.people["office"], "aurora", LAST, accepted="Satisfaction is asked once a year")
    done(later.records, later.people["office"], 1, 1, TODAY, "It shows")
    monkeypatch.setenv("MANDATO_HOME", str(later.home.folder))
    assert [each["follow_ups"] for each in json.loads(reminded("--json")[1])["letters"]] == [[3]]


def test_the_calendar_is_folded_and_escaped_and_reads_back_the_same(city):
    content = made_of(city)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n") and all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert rb"Se\xc3\xb1al" not in content and "Señal\\, en la plaza\\; «vieja»\\,".encode() in content.replace(b"\r\n ", b"")
    events = {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
    assert set(events) == {"follow-up-1@aurora.mandato", "follow-up-3@aurora.mandato"}  # what is done is not among them
    event = events["follow-up-1@aurora.mandato"]
    assert str(event["summary"]) == WHAT.strip()
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (TODAY + timedelta(days=9), TODAY + timedelta(days=10))
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=-15)


def test_one_that_was_moved_keeps_its_identifier_and_counts_on(city):
    def event() -> tuple[str, int, date]:
        found = next(each for each in Calendar.from_ical(made_of(city)).walk("VEVENT") if "follow-up-3@" in str(each["uid"]))
        return str(found["uid"]), int(str(found["sequence"])), found.decoded("dtstart")

    before = event()
    postpone(city.records, city.people["mayor"], 3, before[1], TODAY + timedelta(days=30))
    assert event() == (before[0], before[1] + 1, TODAY + timedelta(days=30))
