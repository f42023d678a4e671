"""What is said of one thing, property by property, as a table of two columns."""

from collections.abc import Iterable

from dashboards.reports.content import Cell, Column, Table
from dashboards.words import Words


def table(rows: Iterable[tuple[str, str]], _: Words, *, parts: tuple[float, float]) -> Table:
    """Each property beside what is said of it, which share the room by `parts`; none may be left out."""
    wide, narrow = parts
    cells = [[Cell(said), Cell(value, strong=True)] for said, value in rows]
    return Table("", [Column(_("Property"), wide), Column(_("Value"), narrow)], cells, whole=True)
