"""Follow-ups in a report: who does what by when, and what is overdue."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.meetings import promised
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
        Cell(formats.day(row["due"], locale), _became(row, day, locale)),
        Cell(row["evidence"] or formats.NOTHING),
    ]


def _became(row: Row, day: date, locale: str) -> str:
    """What became of it by a day, as on its page; of one that was dropped also why."""
    if row["state"] == "dropped":
        _ = translator(locale)
        return _("dropped: {why}", why=row["dropped"])
    return promised.when(row, day, locale)
