"""One sheet of a workbook as it is read: its texts, and what the texts do not tell of the cells."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from data.problems import N_, Problem, Refused

MOST_CELLS = 2_000_000
"""Cells that hold something."""
LARGEST_AREA = 4_000_000
"""Rows times columns, from the first cell to the last one that holds something."""

MOST_LETTERS = 200_000_000
"""In all its cells together."""

Place = tuple[int, int]
"""The line, from 1, and the number of the column, from 0."""


@dataclass(frozen=True)
class Range:
    """A merged cell: its first and last line and column."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass
class Kinds:
    """Which cells are numbers (by column: their lines and values), errors, formulas that were never computed, merged."""

    numbers: dict[int, tuple[array, array]] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    uncomputed: list[Place] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    def add_number(self, line: int, column: int, value: float) -> None:
        lines, values = self.numbers.setdefault(column, (array("I"), array("d")))
        lines.append(line)
        values.append(value)

    def numbers_of(self, column: int, lines: pl.Series) -> pl.Series:
        """The numbers of a column on some lines, null where a cell is none."""
        held_lines, values = self.numbers.get(column, (array("I"), array("d")))
        held = pl.DataFrame({"line": pl.Series(held_lines, dtype=pl.UInt32), "number": pl.Series(values, dtype=pl.Float64)})
        # A damaged file may hold a cell twice; the last one counts, as in the texts.
        held = held.unique("line", keep="last")
        return lines.to_frame("line").join(held, on="line", how="left", maintain_order="left")["number"]


@dataclass(frozen=True)
class Sheet:
    """The texts of a sheet, all rows from line 1 on and null where a cell is empty; `columns` numbers its columns."""

    text: pl.DataFrame
    columns: list[int]
    kinds: Kinds

    def row(self, line: int) -> list[str | None]:
        return list(self.text.row(line - 1)) if line <= self.text.height else []


def refuse_too_large(cells: int, lines: int, columns: int, name: str) -> None:
    """Raises Refused for more than a table of observations has; one cell far away makes a sheet as large as a million."""
    values = {"cells": cells, "lines": lines, "columns": columns, "most": MOST_CELLS}
    if cells > MOST_CELLS:
        raise Refused([Problem("{cells} cells, more than {most}", "split it into several files, or use .csv", name, values=values)])
    if lines * columns > LARGEST_AREA:
        hint = N_("remove what stands far from the table, or use .csv")
        raise Refused([Problem("its cells lie as far apart as {lines} lines and {columns} columns", hint, name, values=values)])


def refuse_too_long(letters: int, name: str) -> None:
    """Raises Refused for one long text that many cells repeat: the file holds it once, and the memory as often as it is shown."""
    if letters > MOST_LETTERS:
        values = {"megabytes": letters // 1_000_000}
        raise Refused([Problem("its texts are {megabytes} MB long", "save only the rows with data, or use .csv", name, values=values)])


def faults(kinds: Kinds, names: dict[int, str], lines: pl.Series, fill_down: tuple[str, ...], name: str) -> Iterator[Problem]:
    """Errors, formulas without a result and merged cells are no missing values, though their texts are empty.

    `names` are the wanted columns by their number, `lines` those of data.
    """
    held = set(lines)
    for (line, column), text in kinds.errors.items():
        if line in held and column in names:
            hint = N_("mend the formula, or leave the cell empty")
            yield Problem("{found} is an error of the spreadsheet, not a value", hint, name, line, names[column], values={"found": text})
    for line, column in kinds.uncomputed:
        if line in held and column in names:
            hint = N_("open and save it in a spreadsheet program, or paste the values")
            yield Problem("a formula without a stored result", hint, name, line, names[column])
    for line, column, first in sorted(_covered(kinds, names, lines, fill_down, name)):
        values = {"first": first, "column": names[column]}
        hint = N_("unmerge it and write each cell; where all mean the same, declare `fill_down: [{column}]`")
        yield Problem("the cell is merged with the one on line {first}", hint, name, line, names[column], values=values)


def _covered(kinds: Kinds, names: dict[int, str], lines: pl.Series, fill_down: tuple[str, ...], name: str) -> set[tuple[int, int, int]]:
    """The cells of data that a merged cell covers, with its first line; those to be filled down only where it is wide."""
    found: set[tuple[int, int, int]] = set()
    for merged in kinds.merged:
        wanted = [column for column in names if merged.first_column <= column <= merged.last_column]
        if not wanted:
            continue
        first, last = int(lines.search_sorted(merged.first_line)), int(lines.search_sorted(merged.last_line, side="right"))
        refuse_too_large(len(found) + (last - first) * len(wanted), 0, 0, name)
        for line in lines[first:last].to_list():
            for column in wanted:
                alone = line == merged.first_line and column == merged.first_column
                filled = names[column] in fill_down and merged.first_column == column
                if not alone and not filled:
                    found.add((line, column, merged.first_line))
    return found
