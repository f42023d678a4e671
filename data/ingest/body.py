"""Which rows of a file are data: footnotes, totals and cells that lean on the one above, as the source declares them."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from data.ingest.table import Table, no_rows
from data.problems import N_, Problem, Refused
from data.sources import Source


def is_footnote(cells: Sequence[str | None], source: Source) -> bool:
    """Whether a row is the first one after the data: its first cell that holds something begins as the source says."""
    first = next((text for cell in cells if (text := (cell or "").strip())), "")
    return first.startswith(source.footnotes) if source.footnotes else False


def is_left_out(cells: Sequence[str | None], columns: Sequence[str], source: Source) -> bool:
    """Whether one of the row's cells holds a text whose rows the source leaves out; the row may be too short or too long."""
    row = dict(zip(columns, cells, strict=False))
    return any((row.get(column) or "").strip() in texts for column, texts in source.leave_out.items())


def settled(table: Table, source: Source, name: str) -> Table:
    """The table with its cells filled down and the rows left out that the source does not want. Raises Refused where none is left."""
    table = _without_left_out(_filled_down(table, source, name), source)
    if table.text.is_empty() and not table.problems:
        raise Refused([no_rows(name)])
    return table


def _filled_down(table: Table, source: Source, name: str) -> Table:
    """An empty cell says what the one above it says; below a row that could not be read nobody knows what that is."""
    problems: list[Problem] = []
    text = table.text
    held = set(table.lines) if source.fill_down else set()
    for column in source.fill_down:
        broken = {problem.line for problem in table.problems if problem.line not in held or problem.column == column}
        problems += _unfounded(table, column, sorted(line for line in broken if line is not None), name)
        above = pl.when(pl.col(column) != "").then(pl.col(column)).forward_fill()
        text = text.with_columns(above.fill_null("").alias(column))
    return replace(table, text=text, problems=(*table.problems, *problems))


def _unfounded(table: Table, column: str, broken: Sequence[int], name: str) -> list[Problem]:
    if not broken:
        return []
    empty = (table.text[column] == "").to_list()
    lines = table.lines.to_list()
    found: dict[int, int] = {}
    for line in broken:
        at = int(table.lines.search_sorted(line, side="right"))
        while at < len(lines) and empty[at] and lines[at] not in found:
            found[lines[at]] = line
            at += 1
    message, hint = N_("what stands above this empty cell, on line {above}, could not be read"), N_("mend that line")
    return [Problem(message, hint, name, line, column, values={"above": above}) for line, above in found.items()]


def _without_left_out(table: Table, source: Source) -> Table:
    if not source.leave_out:
        return table
    unwanted = pl.any_horizontal(pl.col(column).is_in(list(texts)) for column, texts in source.leave_out.items())
    left_out = table.text.select(unwanted).to_series()
    gone = set(table.lines.filter(left_out))
    numbers = {column: cells.filter(~left_out) for column, cells in table.numbers.items()}
    problems = tuple(problem for problem in table.problems if problem.line not in gone)
    return Table(table.text.filter(~left_out), table.lines.filter(~left_out), numbers, problems, table.left_out + len(gone))
