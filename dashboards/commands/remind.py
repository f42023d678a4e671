"""reminds everybody who owes a follow-up, by e-mail with a calendar file; without --send it only prints the letters

example: python -m dashboards remind --place aurora --month 2026-06 --language es
"""

import argparse
import logging
from dataclasses import dataclass, replace
from typing import Any

from data import definitions as definition_files
from data.city import Mail
from data.command_line import Answer, counted, month
from data.home import Home
from data.posting import Letter, is_address, send
from data.problems import Problem, Refused
from data.records.records import begun
from data.versions import finish_stopped

EMPTY = {"letters": [], "sent": 0}


@dataclass(frozen=True)
class Reminder:
    """A letter to whoever holds a post, about those follow-ups; `problem` is why it was not or cannot be sent."""

    owner: str
    letter: Letter
    follow_ups: tuple[int, ...]
    problem: str | None = None
    sent: bool = False

    @property
    def json(self) -> dict[str, Any]:
        told = {"owner": self.owner, "to": self.letter.to or None, "subject": self.letter.subject, "text": self.letter.text}
        return {**told, "follow_ups": list(self.follow_ups), "sent": self.sent, "problem": self.problem}

    @property
    def words(self) -> str:
        to = self.letter.to or "-"
        note = f" ({self.problem})" if self.problem else ""
        return f"{self.owner}\n{to}{note}\n{self.letter.subject}\n\n{self.letter.text}"


def add(parser: argparse.ArgumentParser) -> None:
    """Of which place and month, in which language, and whether letters go out."""
    parser.add_argument("--place", required=True, help="the city, by its id in the places' file")
    parser.add_argument("--month", required=True, type=month, help="the month under review, such as 2026-06")
    parser.add_argument("--language", default="es", choices=("es", "en"), help="the language of the letters (es)")
    parser.add_argument("--send", action="store_true", help="send them through the server that `mail` in data/city.yaml names")


def run(told: argparse.Namespace) -> Answer:
    """A letter for each post that owes something; those whose holder has no address are listed and never sent."""
    home = Home.here()
    finish_stopped(home)
    city = definition_files.load(home)
    if told.place not in city.place:
        problem = Problem("no place has the id {place}", "the places' file lists them", key="--place", values={"place": told.place})
        raise Refused([problem])
    if told.send and city.city.mail is None:
        problem = Problem("the city names no mail server", "write `mail:` with host and from into data/city.yaml", key="--send")
        raise Refused([problem])
    found = _reminders(home, told) if begun(home) else []
    if told.send and city.city.mail is not None:
        found = _sent(city.city.mail, found)
    return _answer(found, sending=told.send)


def _reminders(home: Home, told: argparse.Namespace) -> list[Reminder]:
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it warns that no browser looks on
    from dashboards.meetings.follow_ups import calendar, letter
    from dashboards.meetings.follow_ups.known import Known
    from dashboards.reports.reader import reader

    today = reader(home, told.place, told.month, told.language).live  # what is owed goes on after the month was closed
    known, name = Known(today), f"{told.place}-follow-ups.ics"
    return [
        Reminder(
            known.items.post(each.owner),
            Letter(each.to or "", each.subject, each.text, (name, calendar.MEDIA, calendar.calendar(known, each.rows))),
            tuple(row["id"] for row in each.rows),
            None if is_address(each.to) else "no address is known",
        )
        for each in letter.letters(known, known.rows)
    ]


def _sent(mail: Mail, found: list[Reminder]) -> list[Reminder]:
    """Raises NotPossibleNow where the server cannot be asked."""
    ready = [each for each in found if each.problem is None]
    said = dict(zip(map(id, ready), send(mail, [each.letter for each in ready]), strict=True)) if ready else {}
    return [replace(each, problem=said[id(each)], sent=said[id(each)] is None) if id(each) in said else each for each in found]


def _answer(found: list[Reminder], *, sending: bool) -> Answer:
    sent = sum(each.sent for each in found)
    refused = [each for each in found if sending and each.letter.to and each.problem]
    problems = tuple(
        Problem(
            "the letter to {to} was not sent: {why}",
            "mend the address, or ask again later",
            values={"to": each.letter.to, "why": each.problem},
        )
        for each in refused
    )
    last = f"{counted(sent, 'letter')} sent" if sending else f"{counted(len(found), 'letter')}, none sent: --send sends them"
    words = "\n\n".join([*(each.words for each in found), last])
    return Answer({"letters": [each.json for each in found], "sent": sent}, words, problems, refused=bool(refused))
