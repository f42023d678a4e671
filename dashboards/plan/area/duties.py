"""What the area owes by the review, and what of its own waits for others."""

from collections.abc import Callable
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import delays, shown, states, unjudged
from dashboards.plan.actions_table import link
from dashboards.plan.area.known import Known
from dashboards.plan.tables import NUMBER, table
from dashboards.plan.written import written
from dashboards.session import Session
from dashboards.words import Words, translator
from data.plans.judged import overlong
from kpis.plans.owed import SOON

Row = dict[str, Any]

AT_ONCE = 5
"""Rows of a group that are in sight; the others unfold."""
Rows = list[list[str]]


def block(session: Session, found: Known) -> str:
    """Each kind with its number, as HTML, the most pressing first; a sentence where there is nothing."""
    _, owes = translator(session.locale), found.owed
    over, coming = (owes.due.filter(which) for which in (pl.col("days") < 0, pl.col("days") >= 0))
    since = formats.day(found.since, session.locale)
    groups = [
        (_("Stages overdue"), "", _each(_stage, session, found, over)),
        (_("Evidence sent back"), _("to be brought again"), _each(_returned, session, found, owes.returned)),
        (_("Corrective measures"), _("promised after a failure"), _each(_measure, session, found, owes.measures)),
        (_("Not reported"), _("since the review of {day}", day=since), _each(_unreported, session, found, owes.unreported)),
        (_("Stages due soon"), _("within {n} days", n=SOON), _each(_stage, session, found, coming)),
        (_("Evidence that waits"), unjudged.rule(session), _each(_awaiting, session, found, owes.awaiting)),
    ]
    drawn = "".join(_group(name, note, rows, _) for name, note, rows in groups if rows)
    nothing = _("Nothing: everything is reported, no stage is due within {n} days, and no evidence was sent back.", n=SOON)
    return drawn or f"<p>{escape(nothing)}</p>"


def _each(draw: Callable[[Session, Known, Row, Words], list[str]], session: Session, found: Known, frame: pl.DataFrame) -> Rows:
    return [draw(session, found, row, translator(session.locale)) for row in frame.iter_rows(named=True)]


def _group(name: str, note: str, rows: Rows, _: Words) -> str:
    titles = [(_("Action"), ""), (_("What"), ""), (_("Day"), NUMBER), (_("How long"), NUMBER)]
    first = table(titles, [("", rows[:AT_ONCE])], name, "owed")
    more = ""
    if len(rows) > AT_ONCE:
        left = len(rows) - AT_ONCE
        said = escape(_.ngettext("{n} more", "{n} more", left, n=left))
        more = f"<details><summary>{said}</summary>{table(titles, [('', rows[AT_ONCE:])], name, 'owed')}</details>"
    return f'<div class="owed-head"><h3>{escape(name)}: {_.count(len(rows))}</h3><span>{escape(note)}</span></div>{first}{more}'


def _unreported(session: Session, _found: Known, row: Row, _: Words) -> list[str]:
    last = _("last report") if row["last"] else _("never reported")
    day = formats.day(row["last"], session.locale) if row["last"] else formats.NOTHING
    ago = formats.age((session.review_day - row["last"]).days, session.locale) if row["last"] else ""
    mark = f'{states.mark(row["state"], session.locale)} <span class="note">{escape(last)}</span>'
    return [link(session, row["id"], shown.name(session, row["name"])), mark, escape(day), escape(ago)]


def _stage(session: Session, found: Known, row: Row, _: Words) -> list[str]:
    brought = row["id"] in found.owed.returned["milestone"]
    said = delays.only_said(row["done_on"], session.locale) if row["done_on"] and not brought else ""
    note = f'<span class="note">{escape(said)}</span>' if said else ""
    return [
        _action(session, found, row["node"]),
        escape(shown.name(session, row["name"])) + note,
        escape(formats.day(row["due"], session.locale)),
        escape(until(row["days"], session.locale)),
    ]


def _returned(session: Session, found: Known, row: Row, _: Words) -> list[str]:
    said, note = _paper(session, row, _), written(session, row["note"] or "")
    by = escape(_("{name}: {note}")).format(name=escape(row["judged_by"] or ""), note=note)
    day = formats.day(row["judged_at"].date(), session.locale)
    ago = formats.age((session.review_day - row["judged_at"].date()).days, session.locale)
    return [_action(session, found, row["node"]), f'{said}<span class="note">{by}</span>', escape(day), escape(ago)]


def _awaiting(session: Session, found: Known, row: Row, _: Words) -> list[str]:
    day, owners = formats.day(row["brought_at"].date(), session.locale), dict(found.actions.select("id", "owner").iter_rows())
    action = {"area": found.area, "owner": owners.get(row["node"])}
    told = unjudged.whose(session, {**row, "brought_by": row["bringer"]}, action) if overlong(row["brought_at"], session.review_day) else ""
    said = _paper(session, row, _) + (f'<span class="note">{escape(told)}</span>' if told else "")
    return [_action(session, found, row["node"]), said, escape(day), escape(formats.age(row["days"], session.locale))]


def _paper(session: Session, row: Row, _: Words) -> str:
    """A piece of evidence by its title, and the stage that it is for, as HTML."""
    template, step = escape(_("{title}, for the stage “{step}”")), escape(shown.name(session, row["step"]))
    return template.format(title=written(session, row["title"]), step=step)


def _measure(session: Session, found: Known, row: Row, _: Words) -> list[str]:
    said = escape(shown.name(session, row["corrective"]))
    after = escape(_("after: {title}", title=shown.name(session, row["title"])))
    day = formats.day(row["due"], session.locale) if row["due"] else formats.NOTHING
    left = until(row["days"], session.locale) if row["due"] else ""
    about = _action(session, found, row["node"]) if row["node"] else escape(_("the whole plan"))
    return [about, f'{said}<span class="note">{after}</span>', escape(day), escape(left)]


def until(days: int, locale: str) -> str:
    """How far a day is: in 12 days, today, 3 days overdue."""
    _ = translator(locale)
    if days == 0:
        return _("today")
    n = formats.number(abs(days), 0, locale)
    if days > 0:
        return _.ngettext("in {n} day", "in {n} days", days, n=n)
    return _.ngettext("{n} day overdue", "{n} days overdue", -days, n=n)


def _action(session: Session, found: Known, node: int) -> str:
    _, names = translator(session.locale), dict(found.actions.select("id", "name").iter_rows())
    if node not in names:
        return link(session, node, _("action of another area"))
    return link(session, node, shown.name(session, names[node]))
