"""The tables of slides: how wide their columns are, how high their rows, and cells that are never higher than a few lines."""

from collections.abc import Sequence
from dataclasses import replace

from dashboards.reports import letters
from dashboards.reports.content import Cell, Table

PADDING = 0.09
"""Inches on each side of a cell's text, also above and below."""
NOTE = 0.82
"""The size of small print as a part of the text's."""
MOST_LINES, MOST_NOTE = 6, 3
"""Lines of a cell's text and of its small print."""
NARROWEST = 0.7


def widths(table: Table, room: float, size: float) -> list[float]:
    """Inches of each column: as wide as its longest text where it has no width of its own, the rest by the columns' parts."""
    natural = [_natural(table, number, room, size) if column.width == 0 else 0.0 for number, column in enumerate(table.columns)]
    parts = sum(column.width for column in table.columns)
    most = room * (0.6 if parts else 1.0)
    taken = sum(natural)
    scale = min(1.0, most / taken) if taken and parts else (room / taken if taken else 1.0)
    rest = room - taken * scale
    return [wide * scale if wide else rest * column.width / parts for wide, column in zip(natural, table.columns, strict=True)]


def heights(table: Table, wide: Sequence[float], size: float) -> list[float]:
    """Inches of the heading and of each row."""
    head = [Cell("", column.title) for column in table.columns]
    return [_height(row, wide, size) for row in (head, *table.rows)]


def fitted(table: Table, wide: Sequence[float], size: float) -> Table:
    """The table with cells of a few lines: what is longer ends with three dots."""
    rooms = [each - 2 * PADDING for each in wide]
    columns = [
        replace(column, title=_cut(column.title, size * NOTE, room, MOST_NOTE)) for column, room in zip(table.columns, rooms, strict=True)
    ]
    rows = [[_fitted(cell, room, size) for cell, room in zip(row, rooms, strict=True)] for row in table.rows]
    return replace(table, columns=columns, rows=rows)


def text(cell: Cell) -> str:
    """What a cell says, its shape first."""
    return f"{cell.shape} {cell.text}" if cell.shape else cell.text


def _natural(table: Table, number: int, room: float, size: float) -> float:
    found = [letters.width(table.columns[number].title, size * NOTE, strong=True)]
    found += [letters.width(text(row[number]), size, strong=True) for row in table.rows]
    return min(max(*found, NARROWEST) + 2 * PADDING + 0.05, room)


def _height(row: Sequence[Cell], wide: Sequence[float], size: float) -> float:
    return max(_tall(cell, room - 2 * PADDING, size) for cell, room in zip(row, wide, strict=True)) + 2 * PADDING


def _tall(cell: Cell, room: float, size: float) -> float:
    lines = len(letters.wrapped(text(cell), size, room, strong=cell.strong or bool(cell.colour))) if text(cell) else 0
    small = len(letters.wrapped(cell.note, size * NOTE, room, strong=True)) if cell.note else 0
    return letters.height(lines, size) + letters.height(small, size * NOTE)


def _fitted(cell: Cell, room: float, size: float) -> Cell:
    said = _cut(cell.text, size, room, MOST_LINES)
    note = _cut(cell.note, size * NOTE, room, MOST_NOTE)
    return cell if (said, note) == (cell.text, cell.note) else replace(cell, text=said, note=note)


def _cut(said: str, size: float, room: float, most: int) -> str:
    lines = letters.wrapped(f"■ {said}", size, room, strong=True)
    return said if len(lines) <= most else f"{' '.join(lines[:most])[2:-3].rstrip()}…"
