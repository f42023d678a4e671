"""A table of rows to judge, read from a CSV: every number a number, every column that the rule needs there."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data.located import near
from data.problems import Problem, Refused
from kpis.presets.formulas import ACCUMULATIONS
from kpis.presets.preset import Preset

NUMERIC = ("value", "target", "baseline", "due", "previous", "low", "high", "limit", "numerator", "denominator")
YEARS = ("year", "baseline_year", "target_year")
WORDS = ("polarity", "accumulation", "indicator", "series")
YES_OR_NO = ("yes", "no")
POLARITIES = ("higher", "lower")


@dataclass(frozen=True)
class Written:
    """The cells of a CSV as text, by column, and the line on which each row begins."""

    name: str
    columns: dict[str, list[str]]
    lines: list[int]


def read(path: Path, preset: Preset) -> tuple[pl.DataFrame, list[dict[str, str]]]:
    """The rows as typed columns, with `line` and `sign`; and as they were written. Raises Refused with every problem."""
    written = _cells(path)
    problems = [*_missing(written, preset), *_not_numbers(written), *_no_dates(written), *_unknown_words(written, preset)]
    if problems:
        raise Refused(problems)
    rows = [dict(zip(written.columns, cells, strict=True)) for cells in zip(*written.columns.values(), strict=True)]
    return _typed(written), rows


def _cells(path: Path) -> Written:
    name = str(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [title.strip() for title in next(reader, [])]
            rows, lines, problems = _rows(reader, header, name)
    except FileNotFoundError:
        raise Refused([Problem("this file is missing", "correct its name", name)]) from None
    except IsADirectoryError:
        raise Refused([Problem("this is a folder", "name a CSV file", name)]) from None
    except UnicodeDecodeError:
        raise Refused([Problem("not UTF-8 text", "save the table as CSV in UTF-8", name)]) from None
    except csv.Error as error:
        raise Refused([Problem("not a CSV: {why}", "save the table as CSV again", name, values={"why": error})]) from None
    twice = [title for title in dict.fromkeys(header) if header.count(title) > 1]
    problems += [Problem("two columns are called {title!r}", "keep one", name, 1, title, values={"title": title}) for title in twice]
    if not header or not rows:
        problems.append(Problem("there are no rows", "write a header, and a row for each value to judge", name, 1))
    if problems:
        raise Refused(problems)
    cells = {title: [row[i].strip() for row in rows] for i, title in enumerate(header)}
    return Written(name, cells, lines)


def _rows(reader, header: Sequence[str], name: str) -> tuple[list[list[str]], list[int], list[Problem]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    begins = reader.line_num + 1
    for row in reader:
        if row and len(row) != len(header):
            values = {"found": len(row), "wanted": len(header)}
            message, hint = "this row has {found} cells, and the header {wanted}", "give each row as many cells, separated by commas"
            problems.append(Problem(message, hint, name, begins, values=values))
        elif row:
            rows.append(row)
            lines.append(begins)
        begins = reader.line_num + 1
    return rows, lines, problems


def _missing(written: Written, preset: Preset) -> Iterator[Problem]:
    known = {*written.columns}
    if {"numerator", "denominator"} <= known:
        known.add("value")
    found = ", ".join(written.columns)
    for column in preset.needs:
        if column not in known:
            hint = "add the column, or its numerator and denominator; found: {found}" if column == "value" else "add it; found: {found}"
            yield Problem("the rule needs a column {column!r}", hint, written.name, 1, column, values={"column": column, "found": found})
    if preset.one_of and not any({*columns} <= known for columns in preset.one_of):
        wanted = ", or ".join(" and ".join(columns) for columns in preset.one_of)
        values = {"wanted": wanted, "found": found}
        yield Problem("the rule needs {wanted}", "add the columns; found: {found}", written.name, 1, preset.one_of[0][0], values=values)


def _not_numbers(written: Written) -> Iterator[Problem]:
    for column in (*NUMERIC, *YEARS):
        cells = pl.Series(written.columns.get(column, []), dtype=pl.String)
        whole = column in YEARS
        numbers = cells.cast(pl.Int64 if whole else pl.Float64, strict=False)
        right = numbers.is_not_null() if whole else numbers.is_finite().fill_null(value=False)
        for row in ((cells != "") & ~right).arg_true():
            message = "{found!r} is not a year" if whole else "{found!r} is not a number"
            hint = "write four digits" if whole else "write digits, with a point before the decimals, or leave the cell empty"
            yield Problem(message, hint, written.name, written.lines[row], column, values={"found": cells[row]})


def _no_dates(written: Written) -> Iterator[Problem]:
    for line, cell in zip(written.lines, written.columns.get("date", []), strict=False):
        if cell and _date(cell) is None:
            yield Problem("{found!r} is not a day", "write it as 2026-07-10", written.name, line, "date", values={"found": cell})


def _date(cell: str | None) -> date | None:
    try:
        return date.fromisoformat(cell) if cell and len(cell) == 10 else None
    except ValueError:
        return None


def _unknown_words(written: Written, preset: Preset) -> Iterator[Problem]:
    choices = {"polarity": POLARITIES, "accumulation": ACCUMULATIONS, "trend": YES_OR_NO}
    if preset.scales and "indicator" in {column for columns in preset.one_of for column in columns}:
        choices["indicator"] = tuple(preset.scales)
    for column, known in choices.items():
        for line, word in zip(written.lines, written.columns.get(column, []), strict=False):
            if word and word not in known:
                hint = "write {near}" if column == "indicator" else "write one of: {known}"
                values = {"word": word, "column": column, "near": near(word, known), "known": ", ".join(known)}
                yield Problem("{word!r} is not a known {column}", hint, written.name, line, column, values=values)


def _typed(written: Written) -> pl.DataFrame:
    """All columns that any formula reads, null where the table has none."""

    def column(name: str, kind: type[pl.DataType]) -> pl.Series:
        cells = written.columns.get(name, [""] * len(written.lines))
        return pl.Series(name, [cell or None for cell in cells], dtype=pl.String).cast(kind)

    kinds = {**dict.fromkeys(NUMERIC, pl.Float64), **dict.fromkeys(YEARS, pl.Int64), **dict.fromkeys(WORDS, pl.String)}
    days = pl.Series("date", [_date(cell) for cell in written.columns.get("date", [""] * len(written.lines))], dtype=pl.Date)
    trend = (column("trend", pl.String) == "yes").fill_null(value=False)
    table = pl.DataFrame([pl.Series("line", written.lines), *(column(name, kind) for name, kind in kinds.items()), days, trend])
    counted = pl.when(pl.col("denominator") != 0).then(pl.col("numerator") / pl.col("denominator"))
    sign = pl.when(pl.col("polarity") == "lower").then(-1).otherwise(1)
    return table.with_columns(value=pl.col("value").fill_null(counted), sign=sign)
