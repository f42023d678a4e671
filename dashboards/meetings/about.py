"""What the meetings said of a goal or an action: what they decided, what they asked for, and what worries somebody. For its own page."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from dashboards import formats, panel
from dashboards.meetings.concerns.known import STATES as OF_CONCERNS
from dashboards.meetings.items import Row
from dashboards.meetings.promised import STATES as OF_FOLLOW_UPS
from dashboards.plan import shown
from dashboards.session import Session
from dashboards.words import translator
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.meetings.notes import decisions
from data.records.records import begun
from kpis.meetings import promises, waiting

Entry = tuple[date, str]
"""A day, and what was said on it, as HTML."""


def show(session: Session, goal: str | None = None, node: int | None = None) -> None:
    """The section of the page, the newest first; nothing where no meeting spoke of it, or the city holds none here."""
    if "meetings" not in session.definitions.city.modules or not begun(session.home):
        return
    if told := block(session, goal, node):
        panel.show(told, key="in_the_meetings")


def block(session: Session, goal: str | None = None, node: int | None = None) -> str:
    """The section as HTML; "" where there is nothing to tell. In an older month, what was said by its review."""
    until = shown.until(session)
    parts = [*_decided(session, goal, node), *_asked(session, goal, node), *_worried(session, goal, node)]
    told = sorted((entry for entry in parts if until is None or entry[0] <= until), key=lambda entry: entry[0], reverse=True)
    if not told:
        return ""
    _ = translator(session.locale)
    title = _("In the meetings")
    items = "".join(f"<li><time>{escape(formats.day(day, session.locale))}</time><p>{said}</p></li>" for day, said in told)
    return f'<h2>{escape(title)}</h2><ul class="story">{items}</ul>'


def _decided(session: Session, goal: str | None, node: int | None) -> Iterator[Entry]:
    _ = translator(session.locale)
    for row in _about(decisions(session.records, session.place), goal, node):
        address = session.address("meeting", meeting=str(row["meeting"]), item=str(row["item"]))
        yield row["day"], _said(address, _("Decided"), row["text"])


def _asked(session: Session, goal: str | None, node: int | None) -> Iterator[Entry]:
    """What was asked for, on the day on which it was, with where it stands on the review day."""
    _ = translator(session.locale)
    for row in _about(follow_ups(session.records, session.place), goal, node):
        address, state = session.address("followups", id=str(row["id"])), _(OF_FOLLOW_UPS[promises.state(row, session.review_day)])
        due = _("due on {day}, {state}", day=formats.day(row["due"], session.locale), state=state)
        yield row["made_on"], _said(address, _("Follow-up"), f"{row['what']} ({due})")


def _worried(session: Session, goal: str | None, node: int | None) -> Iterator[Entry]:
    """What worries somebody, with what it waits for; in an older month, what it waited for at its review."""
    _, until = translator(session.locale), shown.until(session)
    for row in _about(concerns(session.records, session.place), goal, node):
        state = row["state"] if until is None else waiting.state_on(row, until)
        address, stands = session.address("concerns", id=str(row["id"])), _(OF_CONCERNS[state])
        yield row["raised_on"], _said(address, _("Concern"), f"{row['title']} ({stands})")


def _said(address: str, kind: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(kind)}</a>: {escape(text)}'


def _about(rows: Sequence[Row], goal: str | None, node: int | None) -> list[Row]:
    return [row for row in rows if (goal and row["goal"] == goal) or (node and row["node"] == node)]
