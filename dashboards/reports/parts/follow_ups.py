"""Follow-ups in a report: who does what by when, and what is overdue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.plan.area.duties import until
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.session import Session
from dashboards.words import translator
from data.meetings.follow_ups import follow_ups
from data.people import Post
from data.records.records import begun

Row = Mapping[str, Any]


def known(session: Session) -> list[Row]:
    """Every follow-up of the place that was asked for by the review day, those that are due first at the top; none before the records."""
    if not begun(session.home):
        return []
    return [row for row in follow_ups(session.records, session.place) if session.newest or row["made_on"] <= session.review_day]


def open_on(row: Row, day: date) -> bool:
    """Whether it was neither done nor dropped on a day."""
    return row["state"] == "open" or (row["state"] == "done" and row["done_on"] > day)


def overdue(rows: Iterable[Row], day: date) -> list[Row]:
    """Those that should have been done before a day and were not."""
    return [row for row in rows if open_on(row, day) and row["due"] < day]


def table(session: Session, rows: Sequence[Row], posts: Mapping[int, Post], title: str = "", day: date | None = None) -> Table:
    """What, who, by when, and what shall show it; how far that is on a `day`, by default the review day."""
    _ = translator(session.locale)
    columns = [Column(_("What"), 6), Column(_("Owner"), 3.4), Column(_("Until"), 2.4, number=True), Column(_("Evidence asked for"), 4)]
    return Table(title, columns, [_row(session, row, posts.get(row["owner"]), day or session.review_day) for row in rows])


def _row(session: Session, row: Row, post: Post | None, day: date) -> list[Cell]:
    _, locale = translator(session.locale), session.locale
    name, holder = (session.say(post.name), post.holder or _("nobody holds it")) if post else (formats.NOTHING, "")
    return [
        Cell(row["what"], strong=True),
        Cell(short(name), short(holder)),
        Cell(formats.day(row["due"], locale), _became(session, row, day)),
        Cell(row["evidence"] or formats.NOTHING),
    ]


def _became(session: Session, row: Row, day: date) -> str:
    """What became of it by a day: done, dropped, or so many days away or overdue."""
    _, locale = translator(session.locale), session.locale
    if row["state"] == "done" and row["done_on"] <= day:
        return _("done on {day}", day=formats.day(row["done_on"], locale))
    if row["state"] == "dropped":
        return _("dropped: {why}", why=row["dropped"])
    return until((row["due"] - day).days, locale)
