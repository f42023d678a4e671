"""The table of a study as a file writes it: columns of texts, each row with its line."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.problems import N_, Problem, Refused, cause
from kpis.impact.panel import Numbers

DELIMITERS = (",", ";", "\t")
LARGEST = 1e100
"""No city counts so far, and sums of larger numbers are none any more."""
NOTHING = frozenset({"", "NA", "N/A", "NaN", "nan", "null", "NULL", "."})
"""How programs of statistics write that a value is missing."""


@dataclass(frozen=True)
class Table:
    """`cells` by column, in the order of the rows; `lines` are where the rows stand in the file."""

    path: str
    cells: Mapping[str, Sequence[str]]
    lines: Sequence[int]

    def problem(self, row: int, column: str, message: str, hint: str, **values: object) -> Problem:
        """A problem of one cell, by the number of its row."""
        place = list(self.cells).index(column) + 1
        return Problem(message, hint, self.path, self.lines[row], place, column, values)

    def only(self, rows: Sequence[int]) -> "Table":
        """The same with some rows alone, by number."""
        cells = {column: [texts[row] for row in rows] for column, texts in self.cells.items()}
        return Table(self.path, cells, [self.lines[row] for row in rows])


def read(path: Path, name: str) -> Table:
    """A CSV file parted by commas, semicolons or tabs; `name` is what messages call it. Raises Refused."""
    problems = list[Problem]()
    lines = _text(path, name).splitlines(keepends=True)
    head = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(DELIMITERS, key=head.count), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        hint, values = N_("save the table as CSV again"), {"why": str(error)}
        raise Refused([Problem(N_("not a CSV: {why}"), hint, name, reader.line_num, values=values)]) from None
    if twice := [column for column in dict.fromkeys(header) if header.count(column) > 1]:
        problems.append(Problem(N_("two columns are called {title!r}"), N_("keep one"), name, 1, twice[0], values={"title": twice[0]}))
    for line, row in rows:
        if len(row) != len(header):
            values = {"found": len(row), "expected": len(header)}
            hint = N_("give every row as many fields as the header; quote text that holds the delimiter")
            problems.append(Problem(N_("{found} fields where the header has {expected}"), hint, name, line, values=values))
    if not rows:
        problems.append(Problem(N_("there are no rows"), N_("write a header, and a row for each unit and period"), name, 1))
    if problems:
        raise Refused(problems)
    return Table(name, {column: [row[place].strip() for _, row in rows] for place, column in enumerate(header)}, [line for line, _ in rows])


def numbers(table: Table, column: str, problems: list[Problem]) -> Numbers:
    """A column as numbers, NaN where nothing is written; a problem for each text that is none."""
    found = np.full(len(table.lines), np.nan)
    for row, text in enumerate(table.cells[column]):
        if text in NOTHING:
            continue
        number = _number(text)
        if number is None:
            hint = N_("write a plain number such as 1250.5, or nothing where it is missing")
            problems.append(table.problem(row, column, N_("{text!r} is not a number"), hint, text=text))
        else:
            found[row] = number
    return found


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= LARGEST and "_" not in text else None


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refused([Problem(N_("this file is missing"), N_("correct its name"), name)]) from None
    except UnicodeDecodeError:
        raise Refused([Problem(N_("not UTF-8 text"), N_("save the file as UTF-8"), name)]) from None
    except OSError as error:
        hint, values = N_("give a file that can be read"), {"why": cause(error)}
        raise Refused([Problem(N_("cannot be read: {why}"), hint, name, values=values)]) from None
