"""Where a sheet's header, units, data and footnotes are: found by what the lines of data have in common."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.ingest.header import column_names
from data.problems import N_, Problem
from data.proposal import dates, marks
from data.proposal.grid import Cells, Grid, Row
from data.proposal.said import Remark

HEADER_WITHIN = 60
"""Rows with anything in them, within which the data begin."""
NUMERIC = 0.6
"""Share of numbers from which a column is one of numbers."""
NOTE = re.compile(
    r"\(?[*†‡]+\)?|\(?\d{1,2}\)|(fuentes?|notas?|source|sources|note|notes|elaboraci[oó]n|elaborado|datos|data|unidad(es)?|"
    r"actualizad[oa]|updated|last update|última actualización|observaci[oó]n(es)?|aclaraci[oó]n(es)?|nd|n\.d\.|\.\.+|-)\s*[:.=]?",
    re.IGNORECASE,
)
"""How a note below a table begins."""
UNIT_WORDS = re.compile(
    r"[%‰€$£#]|€/.*|.*%.*|n[º°]\.?|num(ber)?|n[uú]mero|count|[ií]ndex|[ií]ndice|hab(\.|itantes)?|personas|people|euros?|eur|usd|miles.*|"
    r"millones.*|thousands?.*|millions?.*|km2?|km²|m2|m²|m3|ha|kg|t|kwh|mwh|gwh|d[ií]as|days|a[ñn]os|years|horas|hours|"
    r"por .*|per .*|.* por .*|"
    r".* per .*|.*/.*|ppm|[µu]g.*|micrograms.*|tasa|rate|ratio|score|points|puntos|unidades?|units?|sq.*|.*percent.*|porcentaje",
    re.IGNORECASE,
)
COUNTED = (
    r"[%‰€$£]|us\$|r\$|eur|usd|gbp|mxn|cop|ars|clp|pen|brl|uyu|euros?|d[oó]lar(es)?|dollars?|pesos?|soles|"
    r"hab\.?|habitantes?|inhabitants?|residents?|residentes?|personas?|persons?|people|hogares?|households?|viviendas?|dwellings?|"
    r"[ck]?m[23²³]?|mm|km/h|ha|hect[aá]reas?|hectares?|acres?|sq\.? ?(mi|km|ft|m)|mi(les)?|miles2|l|litros?|lit(er|re)s?|hm[3³]|"
    r"mg|g|kg|[µu]g|t|tm|toneladas?|tonn?es|tons|tco2e?|[kmg]wh?|[kmgt]j|db|dba|ppm|ppb|[°º] ?[cf]|"
    r"segundos?|seconds?|min|minutos?|minutes?|h|horas?|hours?|hrs?|d[ií]as?|days?|semanas?|weeks?|mes(es)?|months?|a[ñn]os?|years?|"
    r"mil(es|lones)?|thousands?|millions?|unidades?|units?|n[º°]|puntos?|points?|index|[ií]ndice"
)
"""What things are counted and measured in."""
UNIT = re.compile(
    rf"(in |en )?(?!\d)[^/%]*%[^/]*|({COUNTED})( de .+| of .+|,? por .+| per .+)?|(in|en) ({COUNTED})( de .+| of .+)?|"
    rf"(.+ )?per .+|.+ por .+|por (cada )?(\d.*|c[aá]pita|mil.*|cien.*|({COUNTED})\b.*)|({COUNTED})\s?/\s?.+|"
    rf"([^/\d][^/]*)?/\s?({COUNTED}|10[\d.,]*.*|c[aá]pita)",
    re.IGNORECASE,
)
"""What in brackets is a unit, and no remark on the column."""
BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]\s*$")


@dataclass(frozen=True)
class Layout:
    """The parts of a sheet. `header` names the columns in their order, "" where one has no name; `data` are its rows.

    `units` holds, by column, what a row of units says. Lines count from 1, as sources declare them.
    """

    header_row: int
    header_rows: int
    rows_below_header: int
    header: Cells
    data: tuple[Row, ...]
    units: Mapping[int, str]
    footnotes: tuple[str, ...]
    remarks: tuple[Remark, ...]


def find(grid: Grid, given: Mapping[str, Any], name: str) -> Layout | Problem:
    """The layout, or why there is none."""
    rows = grid.rows
    if len(rows) < 2:
        return Problem("there is no table in it: fewer than two lines hold anything", "check that the whole file was exported", name)
    if max(len([cell for cell in cells if cell]) for _, cells in rows) < 2:
        return Problem("there is no table in it: no line has more than one column", "check what parts the columns", name)
    numeric = _numeric_columns(rows, grid)
    first = _first_data(rows, numeric)
    if grid.named:
        top, bottom, first = 0, 0, 1
    elif "header_row" in given:
        top, bottom = _declared(rows, given)
        first = max(first, bottom + 1)
    elif first == 0:
        hint = N_("write a line with the names of the columns above the data")
        return Problem("no line names the columns: the data begin on line {line}", hint, name, rows[0][0], values={"line": rows[0][0]})
    else:
        top, bottom = _header(rows, first)
    return _layout(grid, given, numeric, (top, bottom, first))


def unit_in(header: str) -> str | None:
    """The unit that a column's name carries: a percent sign before it, or in brackets at its end what is surely a unit."""
    if header.startswith("%"):
        return "%"
    found = BRACKETS.search(header)
    return text if found and UNIT.fullmatch(text := found[1].strip()) else None


def _numeric_columns(rows: Sequence[Row], grid: Grid) -> set[int]:
    """The columns that hold mostly numbers in the lower part of the sheet, where no header is."""
    lower = rows[len(rows) // 2 :] if len(rows) <= 2 * HEADER_WITHIN else rows[HEADER_WITHIN : 5 * HEADER_WITHIN]
    width = max(len(cells) for _, cells in rows)
    found: set[int] = set()
    for at in range(width):
        cells = [(line, cells[at]) for line, cells in lower if at < len(cells) and cells[at]]
        texts = [text for line, text in cells if (line, at) not in grid.native and not marks.is_missing(text)]
        said = [text for _, text in cells if not marks.is_missing(text)]
        numbers = len(said) - len(texts) + (int(marks.are_numbers(pl.Series(texts, dtype=pl.String)).sum()) if texts else 0)
        if said and numbers >= NUMERIC * len(said):
            found.add(at)
    return found


def _first_data(rows: Sequence[Row], numeric: set[int]) -> int:
    """The number of the first row of data; in a sheet without numbers, that below the first full row."""
    usual = _usual(rows)
    if not numeric:
        full = next((at for at, (_, cells) in enumerate(rows) if _filled(cells) >= usual), 0)
        return min(full + 1, len(rows) - 1)
    for at, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
        said = [cells[column] for column in sorted(numeric) if column < len(cells) and cells[column]]
        if said and _is_data(said) and _filled(cells) >= usual / 2 and not _are_periods(said, rows, at, numeric):
            return at
    return min(HEADER_WITHIN, len(rows) - 1)


def _usual(rows: Sequence[Row]) -> int:
    """How many cells most rows fill."""
    return Counter(_filled(cells) for _, cells in rows).most_common(1)[0][0]


def _filled(cells: Cells) -> int:
    return sum(map(bool, cells))


def _is_data(said: Sequence[str]) -> bool:
    """At least half of what stands in columns of numbers are numbers, or words for a missing one."""
    numbers = marks.are_numbers(pl.Series(said, dtype=pl.String))
    good = [bool(number) or marks.is_missing(text) for number, text in zip(numbers, said, strict=True)]
    return sum(good) * 2 >= len(good)


def _are_periods(said: Sequence[str], rows: Sequence[Row], at: int, numeric: set[int]) -> bool:
    """2019, 2020, 2021 are a header where no line above names the columns, and the numbers below are no years."""
    if not all(dates.kind(text) for text in said) or at + 1 >= len(rows):
        return False
    if at and _is_complete(rows[at - 1][1], rows, at):
        return False
    below = [cells[column] for _, cells in rows[at + 1 : at + 6] for column in sorted(numeric) if column < len(cells) and cells[column]]
    if all(map(dates.kind, below)):
        return 1 < len(said) == len(set(said)) and len(said) >= len(numeric) / 2
    return True


def _declared(rows: Sequence[Row], given: Mapping[str, Any]) -> tuple[int, int]:
    """The rows of the header that a person has pointed at."""
    line, count = int(given["header_row"]), int(given.get("header_rows", 1))
    within = [at for at, (number, _) in enumerate(rows) if line <= number < line + count]
    return (within[0], within[-1]) if within else (0, 0)


def _header(rows: Sequence[Row], first: int) -> tuple[int, int]:
    """The first and the last row of the header, both above the first row of data."""
    above = range(max(0, first - 4), first)
    main = max(above, key=lambda at: (_filled(rows[at][1]), -at))
    if _is_complete(rows[main][1], rows, first):
        return main, main
    for top, bottom in ((main - 1, main), (main, main + 1)):
        if top >= 0 and bottom < first and _adjoin(rows, top, bottom) and _improves(rows, top, bottom, main):
            return top, bottom
    return main, main


def _is_complete(cells: Cells, rows: Sequence[Row], first: int) -> bool:
    """Each column that holds data has a name of its own."""
    used = {at for _, row in rows[first : first + HEADER_WITHIN] for at, cell in enumerate(row) if cell}
    names = [cells[at] if at < len(cells) else "" for at in sorted(used)]
    return all(names) and len(set(names)) == len(names)


def _adjoin(rows: Sequence[Row], top: int, bottom: int) -> bool:
    return rows[bottom][0] - rows[top][0] == 1 and _filled(rows[top][1]) >= 2


def _improves(rows: Sequence[Row], top: int, bottom: int, main: int) -> bool:
    """Together the two rows name more columns, or name them apart."""
    alone = [name for name in rows[main][1] if name]
    together = [name for name in column_names([rows[top][1], rows[bottom][1]]) if name]
    return len(set(together)) > len(set(alone))


def _layout(grid: Grid, given: Mapping[str, Any], numeric: set[int], at: tuple[int, int, int]) -> Layout:
    top, bottom, first = at
    rows = grid.rows
    records = [grid.records[line] for line, _ in rows]
    header_row, header_rows = max(rows[top][0], 1), records[bottom] - records[top] + 1
    width = max(len(cells) for _, cells in rows[top:])
    names = column_names([cells for _, cells in rows[top : bottom + 1]])
    header = (*names, *[""] * (width - len(names)))
    if "rows_below_header" in given:
        last = records[bottom] + int(given["rows_below_header"])
        first = next((number for number, record in enumerate(records) if record > last), len(rows))
    elif not grid.named:
        first = _raised(rows, bottom, first, numeric)
    between = rows[bottom + 1 : first]
    below = records[first - 1] - records[bottom] if between else 0
    end, footnotes, notes = _footnotes(grid, first, header, given)
    units = _units(between, numeric)
    remarks = [*_above(rows[:top]), *_two_lines(header_row, header_rows, header), *_between(between, units), *notes]
    return Layout(header_row, header_rows, below, header, rows[first:end], units, footnotes, tuple(remarks))


def _raised(rows: Sequence[Row], bottom: int, first: int, numeric: set[int]) -> int:
    """A line below the header that names what lines of data name is one of them, whatever its values are."""
    naming = {at for at, cell in enumerate(rows[first][1]) if cell and at not in numeric}
    while first - 1 > bottom:
        named = {at for at, cell in enumerate(rows[first - 1][1]) if cell and at in naming and not UNIT_WORDS.fullmatch(cell)}
        if not named or len(named) * 2 < len(naming):
            break
        first -= 1
    return first


def _units(between: Sequence[Row], numeric: set[int]) -> dict[int, str]:
    """What the first row below the header says of the columns of numbers, where half of it sounds like units."""
    for _, cells in between:
        said = {at: cells[at] for at in sorted(numeric) if at < len(cells) and cells[at]}
        if said and 2 * sum(UNIT_WORDS.fullmatch(text.strip("()[] ")) is not None for text in said.values()) >= len(said):
            return {at: text.strip("()[] ") or text for at, text in said.items()}
    return {}


def _above(rows: Sequence[Row]) -> list[Remark]:
    message = N_("line {line} stands above the header and is not read: {text}")
    return [Remark(message, {"line": line, "text": _shown(cells)}, line) for line, cells in rows[:5]]


def _two_lines(header_row: int, header_rows: int, header: Cells) -> list[Remark]:
    if header_rows == 1:
        return []
    message = N_("the header has {count} lines; a column is called by both, such as {example}")
    return [Remark(message, {"count": header_rows, "example": max(header, key=len)}, header_row)]


def _between(between: Sequence[Row], units: Mapping[int, str]) -> list[Remark]:
    said = N_("line {line} says the units and is not data: {text}") if units else N_("line {line} below the header is not data: {text}")
    return [Remark(said, {"line": line, "text": _shown(cells)}, line) for line, cells in between]


def _footnotes(grid: Grid, first: int, header: Cells, given: Mapping[str, Any]) -> tuple[int, tuple[str, ...], list[Remark]]:
    """Where the data end, how the line after them begins, and that it was seen."""
    rows = grid.rows
    if "footnotes" in given:
        declared = tuple(given["footnotes"])
        end = next((at for at in range(first, len(rows)) if declared and _text(rows[at][1]).startswith(declared)), len(rows))
        return end, declared, []
    if not grid.whole or _filled(header) < 2:
        return len(rows), (), []
    end = len(rows)
    while end > first + 1 and _is_note(rows, end - 1, grid):
        end -= 1
    if end == len(rows):
        return end, (), []
    line, cells = rows[end]
    text = _text(cells)
    message = N_("line {line} is a note, and nothing is read from there on: {text}")
    return end, (_beginning(text, rows[first:end]),), [Remark(message, {"line": line, "text": _shown(cells)}, line)]


def _is_note(rows: Sequence[Row], at: int, grid: Grid) -> bool:
    """One text on a line of its own that sounds like a note, or stands apart from the table, or is too long for a name."""
    line, cells = rows[at]
    if _filled(cells) != 1 or any((line, column) in grid.native for column in range(len(cells))):
        return False
    text = _text(cells)
    if NOTE.match(text) and (len(text) > 3 or not marks.is_missing(text)):
        return True
    apart = line - rows[at - 1][0] > 1 or _filled(rows[at - 1][1]) == 1
    return len(text) > 60 or (apart and len(text.split()) > 2)


def _text(cells: Cells) -> str:
    return next((cell for cell in cells if cell), "")


def _beginning(text: str, data: Sequence[Row]) -> str:
    """As little of the note as no line of data begins with: its word, or all that can be kept of it."""
    found = re.match(r"[^\W\d_]+\s*:?|\(?[*†‡\d]+\)?", text)
    starts = [found[0].strip()] if found else []
    taken = [_text(cells) for _, cells in data]
    return next((start for start in starts if not any(cell.startswith(start) for cell in taken)), text[:80])


def _shown(cells: Cells) -> str:
    text = " | ".join(cell for cell in cells if cell)
    return text if len(text) <= 80 else text[:77] + "..."
