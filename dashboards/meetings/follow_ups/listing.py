"""The list: what is overdue, due soon and open, and folded below it what is settled; each leads to what may be done about it."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.meetings import promised
from dashboards.meetings.follow_ups import saying
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.plan import areas, papers
from dashboards.plan.tables import NUMBER, table
from kpis.meetings import promises
from kpis.meetings.promises import WAITING

SETTLED = 100
"""Of what is settled the latest are shown; the download holds all."""


def block(known: Known, rows: Sequence[Row]) -> str:
    """The list as HTML."""
    _ = known.words
    settled = [row for row in rows if known.state(row) not in WAITING]
    return of_states(known, rows, WAITING, _("What is owed, what is overdue first")) + _settled(known, settled)


def of_states(known: Known, rows: Sequence[Row], states: Sequence[str], caption: str) -> str:
    """Those in some of kpis.meetings.promises.STATES as an HTML table with a group for each; "" where there are none."""
    groups = [(saying.group(state, known), _of(known, rows, state)) for state in states]
    return table(_titles(known), groups, caption, "promises") if any(group for _name, group in groups) else ""


def frame(known: Known, rows: Sequence[Row]) -> pl.DataFrame:
    """Every follow-up as columns to take away."""
    return pl.DataFrame([_line(known, row) for row in rows], infer_schema_length=None)


def link(known: Known, row: Row) -> str:
    """What is to be done, as a link to the part of the page where it is settled."""
    return f'<a href="{escape(known.address(row))}">{escape(row["what"])}</a>'


def source(known: Known, row: Row) -> str:
    """The meeting that asked for it, and the goal and action that it is about, as HTML links."""
    _, meeting = known.words, known.meetings.get(row["meeting"] or 0)
    told = [known.items.links(row)]
    if meeting:
        more = {"item": str(row["item"])} if row["item"] else {}
        address = escape(known.session.address("meeting", meeting=str(meeting["id"]), **more))
        name = escape(_("meeting of {day}", day=known.date(meeting["day"])))
        told.append(f'<a href="{address}">{name}</a>')
    return " · ".join(filter(None, told))


def moved(known: Known, row: Row) -> str:
    """The day first promised, where another was agreed since, and how many meetings it was carried through."""
    _, times = known.words, known.carried(row)
    told = [
        _("first promised by {day}", day=known.date(row["first_due"])) if row["due"] != row["first_due"] else "",
        _.ngettext("carried through {n} meeting", "carried through {n} meetings", times, n=times) if times else "",
    ]
    return "; ".join(filter(None, told))


def _titles(known: Known) -> list[tuple[str, str]]:
    _ = known.words
    return [(_("What"), ""), (_("Owner"), ""), (_("About"), ""), (_("Due on"), NUMBER), (_("How long"), NUMBER)]


def _of(known: Known, rows: Sequence[Row], state: str) -> list[list[str]]:
    return [_row(known, row) for row in rows if known.state(row) == state]


def _row(known: Known, row: Row) -> list[str]:
    note = moved(known, row)
    return [
        link(known, row) + (f'<span class="note">{escape(note)}</span>' if note else ""),
        escape(known.owner(row)),
        source(known, row),
        escape(known.date(row["due"])),
        escape(promised.when(row, known.day, known.session.locale)),
    ]


def _settled(known: Known, rows: Sequence[Row]) -> str:
    """What is kept, done late or dropped, the latest first, folded."""
    _ = known.words
    if not rows:
        return ""
    latest = sorted(rows, key=lambda row: (row["done_on"] or row["due"], row["id"]), reverse=True)[:SETTLED]
    titles = [(_("What"), ""), (_("Owner"), ""), (_("About"), ""), (_("First promised"), NUMBER), (_("What came of it"), "")]
    drawn = table(titles, [("", [_came(known, row) for row in latest])], _("What is settled, the latest first"), "promises")
    said = escape(_.ngettext("{n} is settled", "{n} are settled", len(rows), n=len(rows)))
    return f'<details class="more"><summary>{said}</summary>{drawn}</details>'


def _came(known: Known, row: Row) -> list[str]:
    _ = known.words
    state = formats.sentence(_(promised.STATES[known.state(row)]))
    shown = escape(row["dropped"] or "") if row["state"] == "dropped" else papers.titled(row["shown"] or "", row["link"])
    when = "" if row["state"] == "dropped" else f", {escape(known.date(row['done_on']))}"
    about = [link(known, row), escape(known.owner(row)), source(known, row), escape(known.date(row["first_due"]))]
    return [*about, f'{escape(state)}{when}<span class="note">{shown}</span>']


def _line(known: Known, row: Row) -> dict[str, Any]:
    _, meeting = known.words, known.meetings.get(row["meeting"] or 0)
    return {
        _("What"): row["what"],
        _("Owner"): known.owner(row),
        _("Area"): areas.name(known.session, row["area"]) or None,
        _("State"): _(promised.STATES[known.state(row)]),
        _("First promised"): row["first_due"],
        _("Due on"): row["due"],
        _("Done on"): row["done_on"],
        _("Days left"): promises.days_left(row, known.day) if known.state(row) in WAITING else None,
        _("Carried through meetings"): known.carried(row),
        _("Evidence asked for"): row["evidence"],
        _("What shows it"): row["shown"],
        _("Link"): row["link"],
        _("Why it was dropped"): row["dropped"],
        _("Goal"): known.items.goal(row["goal"]) if row["goal"] else None,
        _("Action"): known.items.action(row["node"]) if row["node"] else None,
        _("Meeting"): meeting["day"] if meeting else None,
        _("Asked for on"): row["made_on"],
    }
