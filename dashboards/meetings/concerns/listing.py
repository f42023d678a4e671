"""The list of concerns by what they wait for, the longest waiting first; closed ones are folded."""

from collections.abc import Sequence
from html import escape

import polars as pl

from dashboards import formats
from dashboards.meetings.concerns.known import OPEN, STATES, Known, Row
from dashboards.plan import areas
from dashboards.plan.tables import NUMBER, table

SETTLED = 100
"""Of closed ones the latest are shown; the download holds all."""


def headline(known: Known) -> str:
    """ "3 concerns are open; the oldest has been so for 41 days." """
    _ = known.words
    ages = [known.age(row) for row in known.rows if row["state"] in OPEN]
    if not ages:
        return _("No concern is open.")
    said = _.ngettext("{n} concern is open", "{n} concerns are open", len(ages), n=len(ages))
    return _("{open}; the oldest was raised {age} ago.", open=said, age=formats.age(max(ages), known.session.locale))


def block(known: Known) -> str:
    """The list as HTML."""
    _ = known.words
    titles = [(_("Concern"), ""), (_("Raised by"), ""), (_("Area"), ""), (_("About"), ""), (_("Open for"), NUMBER)]
    groups = [(formats.sentence(_(word)), _of(known, state)) for state, word in STATES.items() if state in OPEN]
    drawn = table(titles, groups, _("Open concerns by what they wait for"), "promises") if any(rows for _name, rows in groups) else ""
    closed = sorted((row for row in known.rows if row["state"] == "closed"), key=lambda row: row["closed_on"], reverse=True)
    return drawn + _closed(known, titles, closed)


def frame(known: Known) -> pl.DataFrame:
    """Every concern with its whole conversation as columns to take away."""
    _ = known.words
    rows = [
        {
            _("Title"): row["title"], _("State"): _(STATES[row["state"]]), _("Area"): areas.name(known.session, row["area"]) or None,
            _("Raised by"): known.person(row["raised_by"]), _("Raised on"): row["raised_on"], _("What worries"): row["said"],
            _("Answer"): row["answer"], _("Answered on"): row["answered_on"], _("Decision"): row["decision"],
            _("Decided on"): row["decided_on"], _("How it was settled"): row["settled"], _("Closed on"): row["closed_on"],
            _("Age in days"): known.age(row),
        }
        for row in known.rows
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _of(known: Known, state: str) -> list[list[str]]:
    rows = [row for row in known.rows if row["state"] == state]
    return [_row(known, row) for row in sorted(rows, key=lambda row: row["raised_on"])]


def _row(known: Known, row: Row) -> list[str]:
    address = escape(known.session.address("concerns", id=str(row["id"])))
    return [
        f'<a href="{address}">{escape(row["title"])}</a>',
        escape(known.person(row["raised_by"])),
        areas.link(known.session, row["area"]),
        known.items.links(row),
        escape(formats.age(known.age(row), known.session.locale)),
    ]


def _closed(known: Known, titles: list[tuple[str, str]], rows: Sequence[Row]) -> str:
    _ = known.words
    if not rows:
        return ""
    drawn = table(titles, [("", [_row(known, row) for row in rows[:SETTLED]])], _("Closed concerns, the latest first"), "promises")
    said = escape(_.ngettext("{n} is closed", "{n} are closed", len(rows), n=len(rows)))
    return f'<details class="more"><summary>{said}</summary>{drawn}</details>'
