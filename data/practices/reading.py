"""Practices read back, as they stood at the end of a day or as they stand now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from data.plans.past import moment_after
from data.practices.vocabulary import STRENGTHS
from data.records.as_of import as_of
from data.records.records import Records
from data.records.tables import practice

Row = Mapping[str, Any]


def practices(records: Records, day: date | None = None) -> list[Row]:
    """All of them, also withdrawn ones, with the columns of their table: the best shown first, then the newest. None: as they stand now."""
    with records.read() as connection:
        held = as_of(connection, practice, None if day is None else moment_after(day))
        rows = [dict(row) for row in connection.execute(select(held).order_by(held.c.id)).mappings()]
    return sorted(rows, key=lambda row: (STRENGTHS.index(row["strength"]), row["since"] or "", row["id"]), reverse=True)
