"""Actions in a report: state, proved and declared, days, money, and who answers for each."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboards.plan import actions_table, delays, shown, truth_line
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.parts import line
from dashboards.session import Session
from dashboards.words import translator
from data.people import Post


def table(session: Session, actions: pl.DataFrame, owners: Mapping[int, Post], title: str = "") -> Table:
    """Each in its order, with the figures of the panel's table of actions; `actions` has the columns of `Truth.nodes`."""
    _ = translator(session.locale)
    columns = [
        Column(_("Action"), 6), Column(_("State"), 2.4), Column(_("Proved"), 1.5, number=True), Column(_("Declared"), 1.6, number=True),
        Column(_("Due"), 4.2, number=True), Column(_("Paid"), 1.3, number=True),
    ]  # fmt: skip
    return Table(title, columns, [_row(session, row, owners) for row in actions.iter_rows(named=True)])


def _row(session: Session, row: dict[str, Any], owners: Mapping[int, Post]) -> list[Cell]:
    _, locale = translator(session.locale), session.locale
    held = actions_table.owner(session, owners, row) or _("nobody answers for it")
    late = "" if row["state"] in actions_table.OVER else delays.late(row, locale)
    return [
        Cell(short(shown.name(session, row["name"])), short(f"{row['key']} · {held}"), strong=True),
        line.state(session, row),
        Cell(truth_line.share(row["proved"], locale)),
        Cell(truth_line.share(row["declared"], locale)),
        Cell(actions_table.due_day(session, row), late),
        Cell(truth_line.share(row["paid_share"], locale)),
    ]
