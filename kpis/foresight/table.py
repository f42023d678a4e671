"""A table of values to forecast: `period,value` and optionally `series`, as a CSV file."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data.periods import Frequency, NotAPeriod, parse, written
from data.problems import Problem, Refused
from kpis.foresight.calendar import following, steps_between

LONGEST_FIRST: tuple[Frequency, ...] = ("year", "half", "quarter", "month", "week", "day")
COLUMNS = ("period", "value")
LARGEST = 1e100
"""No city counts so far, and sums of larger numbers are none any more."""
ROOM = 100_000
"""Periods that one series may span: more are a mistake in a date."""


@dataclass(frozen=True)
class Row:
    """One line of the file."""

    line: int
    series: str
    period: str
    value: float


@dataclass(frozen=True)
class Told:
    """One series of the file: values of consecutive periods (NaN: missing), and how its periods go on."""

    name: str
    values: np.ndarray
    last: date | int
    frequency: Frequency | None

    def coming(self, horizon: int) -> list[str]:
        """The periods after the last, as files write them."""
        if isinstance(self.last, int):
            return [str(self.last + step) for step in range(1, horizon + 1)]
        assert self.frequency
        return [written(end, self.frequency) for end in following(self.last, self.frequency, horizon)]


def read_table(path: Path) -> list[Told]:
    """The series of a file, in the order of their first rows. Raises Refused with every problem, each with its line."""
    problems: list[Problem] = []
    rows = _rows(path, problems)
    if not rows and not problems:
        problems.append(Problem("no row holds a value", "give rows of period and value", str(path)))
    by_series: dict[str, list[Row]] = {}
    for row in rows:
        by_series.setdefault(row.series, []).append(row)
    told = [_series(path, name, found, problems) for name, found in by_series.items()] if not problems else []
    if problems:
        raise Refused(problems)
    return [series for series in told if series]


def _rows(path: Path, problems: list[Problem]) -> list[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused([Problem("not UTF-8 text", "save the file as UTF-8", str(path))]) from None
    except OSError as error:
        hint = "give a file that can be read"
        raise Refused([Problem("cannot be read: {why}", hint, str(path), values={"why": error.strerror or str(error)})]) from None
    reader = csv.DictReader(text.splitlines())
    columns = reader.fieldnames or ()
    missing = [column for column in COLUMNS if column not in columns]
    hint = "name it in the first line"
    problems += [Problem("the column {name!r} is missing", hint, str(path), 1, values={"name": column}) for column in missing]
    found = [] if problems else [_row(path, reader.line_num, row, columns, problems) for row in reader]
    return [row for row in found if row]


def _row(path: Path, line: int, row: Mapping[str, str | None], columns: Sequence[str], problems: list[Problem]) -> Row | None:
    period, value = ((row.get(column) or "").strip() for column in COLUMNS)
    if not period:
        problems.append(Problem("the period is missing", "write it as 2026-06", str(path), line, columns.index("period") + 1, "period"))
        return None
    number = _number(value)
    if number is None:
        hint = "write a plain number such as 1250.5, or nothing where it is missing"
        problems.append(
            Problem("{text!r} is not a number", hint, str(path), line, columns.index("value") + 1, "value", values={"text": value})
        )
        return None
    return Row(line, (row.get("series") or "").strip(), period, number)


def _number(text: str) -> float | None:
    """NaN where nothing is written; None where it is no number to count with."""
    if not text:
        return math.nan
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None


def _series(path: Path, name: str, rows: list[Row], problems: list[Problem]) -> Told | None:
    """The rows in the order of their periods, a missing one between two known as NaN."""
    found = _periods(rows)
    if found is None:
        row = rows[0]
        hint = "write all periods of a series alike: 2026-06, 2026-Q2, 2026, 2026-W23 or 2026-06-30"
        said = "{text!r} and the others are not periods"
        problems.append(Problem(said, hint, str(path), row.line, key="period", values={"text": row.period}))
        return None
    frequency, places = found
    for row, twice in zip(rows, _twice(places), strict=True):
        if twice:
            problems.append(Problem("{text!r} is given twice", "keep one", str(path), row.line, key="period", values={"text": row.period}))
    first, last = min(places), max(places)
    if last - first > ROOM:
        problems.append(Problem("the periods lie too far apart", "correct the dates", str(path), rows[0].line, key="period"))
    if problems:
        return None
    values = np.full(last - first + 1, np.nan)
    for row, place in zip(rows, places, strict=True):
        values[place - first] = row.value
    end = int(rows[places.index(last)].period) if frequency is None else parse(rows[places.index(last)].period, frequency)
    return Told(name, values, end, frequency)


def _periods(rows: list[Row]) -> tuple[Frequency | None, list[int]] | None:
    """The longest frequency in which all periods can be read, and where each lies; plain counts have none."""
    if all(row.period.isdigit() and len(row.period) != len("2026") for row in rows):
        return None, [int(row.period) for row in rows]
    for frequency in LONGEST_FIRST:
        try:
            ends = [parse(row.period, frequency) for row in rows]
        except NotAPeriod:
            continue
        return frequency, [steps_between(ends[0], end, frequency) for end in ends]
    return None


def _twice(places: list[int]) -> list[bool]:
    seen: set[int] = set()
    return [place in seen or bool(seen.add(place)) for place in places]
