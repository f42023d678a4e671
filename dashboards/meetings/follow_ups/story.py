"""What became of a follow-up, in words, from the audit: who asked for it, moved its day, did it, dropped it, opened it again."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from dashboards import formats
from dashboards.meetings.follow_ups.known import Known, Row
from data.records.trail import Change, trail


def story(known: Known, row: Row) -> str:
    """The changes as an HTML list, the first one first."""
    changes = trail(known.session.records, "follow_up", [row["id"]])[row["id"]]
    return f'<ul class="story">{"".join(_entry(known, change) for change in changes)}</ul>'


def said(known: Known, change: Change) -> str:
    """What one change did, in a sentence."""
    _ = known.words
    return "; ".join(_parts(known, change)) or _("changed it")


def _parts(known: Known, change: Change) -> Iterator[str]:
    _, moved = known.words, {name: now for name, (_was, now) in change.changes.items()}
    if "id" in moved:
        yield _("asked for it by {day}", day=_day(known, moved["due"]))
        return
    if moved.get("state") == "done":
        yield _("done on {day}: {shown}", day=_day(known, moved["done_on"]), shown=moved["shown"])
    elif moved.get("state") == "dropped":
        yield _("dropped: {why}", why=moved["dropped"])
    elif moved.get("state") == "open":
        yield _("opened it again")
    if "due" in moved:
        was, now = (_day(known, each) for each in change.changes["due"])
        yield _("moved the day from {was} to {now}", was=was, now=now)


def _day(known: Known, told: Any) -> str:
    return known.date(date.fromisoformat(told))


def _entry(known: Known, change: Change) -> str:
    when = formats.moment(change.at, known.session.locale)
    return f"<li><time>{escape(when)}</time><div><p><b>{escape(change.actor)}</b> {escape(said(known, change))}</p></div></li>"
