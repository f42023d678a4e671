"""Follow-ups as an iCalendar file (RFC 5545) that phones and mail programs take in.

Each is an event of a whole day with an alarm the day before, and no VTODO: the calendars of phones read events and pass over tasks. The
identifier of each stays the same and its sequence grows, so that a file taken in again moves what was moved and makes nothing double.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

from dashboards.meetings.follow_ups.known import Known, Row
from kpis.meetings.promises import WAITING

MEDIA = "text/calendar"
EARLY = timedelta(hours=-15)
"""The alarm rings at nine in the morning of the day before."""


def calendar(known: Known, rows: Iterable[Row], at: datetime | None = None) -> bytes:
    """What is still to be done of these, as made at a moment."""
    book = Calendar()
    book.add("prodid", "-//Mandato//Follow-ups//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    for row in rows:
        if known.state(row) in WAITING:
            book.add_component(_event(known, row, at or datetime.now(UTC)))
    return book.to_ical()


def _event(known: Known, row: Row, at: datetime) -> Event:
    _ = known.words
    event = Event()
    event.add("uid", f"follow-up-{row['id']}@{row['place']}.mandato")
    event.add("dtstamp", at)
    event.add("sequence", row["version"])
    event.add("dtstart", row["due"])
    event.add("dtend", row["due"] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy all day with it
    event.add("summary", row["what"])
    evidence = _("What shall show it: {evidence}", evidence=row["evidence"]) if row["evidence"] else ""
    event.add("description", "\n".join(filter(None, [known.owner(row), evidence])))
    event.add_component(_alarm(row))
    return event


def _alarm(row: Row) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", row["what"])
    alarm.add("trigger", vDuration(EARLY))
    return alarm
