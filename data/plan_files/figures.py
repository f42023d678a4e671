"""The figures of Gobierto's file of indicators, read for whoever looks at an action; the rows themselves stay as they came.

The file numbers its columns, and does not say what they hold: a table of figures is known by its rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from data.ingest.fault import Fault
from data.plan_files import numbers
from data.records.records import Records
from data.records.tables import plan_file

PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""A year, a month or a day, as Gobierto writes them."""
COLUMN = "col_"
"""How the names of its columns begin."""
INDICATOR = 4
"""Columns of Gobierto's own table of indicators: indicator, objective, value reached, date."""

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """A field of an action by its name in Gobierto, and its rows as texts, all as wide: the period is the last, the latest row the first.

    `columns` are what the file calls them, such as col_1, without that of the period. `indicators`: they are those of a table of
    indicators.
    """

    field: str
    columns: Cells
    rows: tuple[Cells, ...]
    indicators: bool


def figures(records: Records, plan_id: int) -> dict[str, tuple[Figures, ...]]:
    """The figures of each node that has any, by the node's key.

    A field is figures where each of its rows ends with a period and holds nothing but numbers before it, save a name in the first
    column. Others, such as lists of people, are kept and go out again, and are not shown.
    """
    query = select(plan_file.c.layout, plan_file.c.rows).where(plan_file.c.plan == plan_id, plan_file.c.part == "indicators")
    with records.read() as connection:
        file = connection.execute(query).one_or_none()
    found: dict[str, tuple[Figures, ...]] = {}
    header = [name.strip() for name in file.layout["head"][0]["cells"]] if file else []
    columns = tuple(name for name in header if name.startswith(COLUMN))
    for field, rows in (_fields(header, file.rows) if file else {}).items():
        if not all(_fits(cells) for _node, cells in rows) or not any(map(_is_number, _values(rows))):
            continue
        indicators = all(len(cells) == INDICATOR and not _is_number(cells[0]) for _node, cells in rows)
        width = max(len(cells) for _node, cells in rows)
        for node in dict.fromkeys(node for node, _cells in rows):
            own = sorted((cells for of, cells in rows if of == node), key=lambda cells: cells[-1], reverse=True)
            wide = tuple((*cells[:-1], *[""] * (width - len(cells)), cells[-1]) for cells in own)
            found[node] = (*found.get(node, ()), Figures(field, columns[: width - 1], wide, indicators))
    return found


def _fields(header: Sequence[str], rows: Sequence[Sequence]) -> dict[str, list[tuple[str, Cells]]]:
    """The rows of each field: their node, and their cells down to the last that holds something."""
    columns, field = [at for at, name in enumerate(header) if name.startswith(COLUMN)], header.index("custom_field")
    found: dict[str, list[tuple[str, Cells]]] = {}
    for node, texts, _kept, _end in rows:
        cells = [texts[at].strip() for at in columns] if texts else []
        while cells and not cells[-1]:
            cells.pop()
        if node and cells:
            found.setdefault(texts[field].strip(), []).append((node, tuple(cells)))
    return found


def _fits(cells: Cells) -> bool:
    return bool(PERIOD.fullmatch(cells[-1])) and all(_is_number(text) for text in cells[1:-1] if text)


def _values(rows: Sequence[tuple[str, Cells]]) -> Iterator[str]:
    return (text for _node, cells in rows for text in cells[:-1])


def _is_number(text: str) -> bool:
    return bool(text) and not isinstance(numbers.percent(text), Fault)
