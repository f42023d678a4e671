"""What is said of one thing, property by property, as a table of two columns."""

from collections.abc import Iterable

from dashboards.reports.content import Cell, Column, Table
from dashboards.words import Words


def table(rows: Iterable[tuple[str, str]], _: Words, title: str = "") -> Table:
    """Each property beside what is said of it."""
    return Table(title, [Column(_("Property"), 4), Column(_("Value"), 3)], [[Cell(said), Cell(value, strong=True)] for said, value in rows])
