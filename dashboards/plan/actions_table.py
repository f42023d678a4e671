"""Actions as a table, what needs attention first: those of an area, or of a neighbourhood."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import delays, shown, states, truth_line
from dashboards.plan.money import amounts
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import Post

Row = dict[str, Any]
Owners = Mapping[int, Post]
"""Every post by its id."""
OVER = ("implemented", "completed", "cancelled")


def block(session: Session, actions: pl.DataFrame, owners: Owners, caption: str) -> str:
    """All of them in their order, as HTML; `actions` has the columns of `Truth.nodes`."""
    _ = translator(session.locale)
    titles = [
        (_("Action"), ""), (_("State"), ""), (_("Proved"), NUMBER), (_("Declared"), NUMBER), (_("Proved, declared, time"), ""),
        (_("Due, and at its pace"), NUMBER), (_("Paid of the budget"), NUMBER),
    ]  # fmt: skip
    rows = [_row(session, owners, row, _) for row in actions.iter_rows(named=True)]
    return table(titles, [("", rows)], caption, "actions")


def frame(session: Session, actions: pl.DataFrame, owners: Owners) -> pl.DataFrame:
    """The same to take away: numbers as numbers."""
    _ = translator(session.locale)
    rows = [
        {
            _("Number"): row["key"], _("Action"): shown.name(session, row["name"]), _("State"): states.word(row["state"], session.locale),
            _("Proved (%)"): row["proved"], _("Declared (%)"): row["declared"], _("Awaiting review (%)"): row["awaiting"],
            _("Time used (%)"): row["time_used"], _("Begins"): row["starts"], _("Ends"): row["ends"], _("Next stage due"): row["next_due"],
            _("Delay (days)"): row["delay_days"], _("Currency"): row["currency"], _("Budget"): row["budget"],
            _("Committed"): row["committed"], _("Paid"): row["paid"], _("Owner"): owner(session, owners, row),
        }
        for row in actions.iter_rows(named=True)
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def link(session: Session, node: int, text: str, note: str = "") -> str:
    """An action by its name, leading to its page, with a note below."""
    address = escape(session.address("action", node=str(node)))
    below = f'<span class="note">{escape(note)}</span>' if note else ""
    return f'<a href="{address}">{escape(text)}</a>{below}'


def _row(session: Session, owners: Owners, row: Row, _: Words) -> list[str]:
    locale, held = session.locale, owner(session, owners, row) or _("nobody answers for it")
    return [
        link(
            session,
            row["id"],
            shown.name(session, row["name"]),
            f"{row['key']} · {held}",
        ),
        states.mark(row["state"], locale) + _aside(row, _),
        escape(truth_line.share(row["proved"], locale)),
        escape(truth_line.share(row["declared"], locale)),
        truth_line.small(session, row),
        due(session, row),
        _paid(session, row, _),
    ]


def _aside(row: Row, _: Words) -> str:
    """Why an action does not count, where it does not."""
    if row["actions"] or row["state"] == "cancelled":
        return ""
    said = escape(_("does not count"))
    return f'<span class="note">{said}</span>'


def due(session: Session, row: Row) -> str:
    """The day on which it is due, as HTML; and how late it is going to be."""
    said, late = escape(due_day(session, row)), "" if row["state"] in OVER else delays.late(row, session.locale)
    return f'{said}<span class="note">{escape(late)}</span>' if late else said


def due_day(session: Session, row: Row) -> str:
    """The next stage that is due, else the end; of what is over, nothing."""
    day = None if row["state"] in OVER else row["next_due"] or row["ends"]
    return formats.day(day, session.locale) if day else formats.NOTHING


def _paid(session: Session, row: Row, _: Words) -> str:
    if row["paid_share"] is None:
        return formats.NOTHING
    of = amounts.with_currency(row["budget"], row["currency"], session.locale)
    paid, below = truth_line.share(row["paid_share"], session.locale), _("of {budget}", budget=of)
    return f'{escape(paid)}<span class="note">{escape(below)}</span>'


def owner(session: Session, owners: Owners, row: Row) -> str:
    """The post that answers for an action; "" where nobody does."""
    post = owners.get(row["owner"])
    return session.say(post.name) if post else ""
