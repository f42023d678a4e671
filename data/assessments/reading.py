"""Policies with their assessments read back, as they stood at the end of a day or as they stand now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from data.plans.past import moment_after
from data.records.as_of import as_of
from data.records.records import Records
from data.records.tables import assessment, assessment_score, policy

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Register:
    """Every policy of a place by its key, its assessments by their day, the scores in the order in which they were written.

    All are rows with the columns of their tables.
    """

    policies: tuple[Row, ...]
    assessments: tuple[Row, ...]
    scores: tuple[Row, ...]

    def of_policy(self, policy_id: int) -> list[Row]:
        """The assessments of a policy."""
        return [row for row in self.assessments if row["policy"] == policy_id]

    def of_assessment(self, assessment_id: int) -> list[Row]:
        """The judgements of an assessment."""
        return [row for row in self.scores if row["assessment"] == assessment_id]


def register(records: Records, place: str, day: date | None = None) -> Register:
    """What was known at the end of a day; None: as it stands now."""
    with records.read() as connection:
        policies = [row for row in _rows(connection, policy, day, "key") if row["place"] == place]
        ids = {row["id"] for row in policies}
        found = [row for row in _rows(connection, assessment, day, "due") if row["policy"] in ids]
        known = {row["id"] for row in found}
        scores = [row for row in _rows(connection, assessment_score, day, "id") if row["assessment"] in known]
    return Register(tuple(policies), tuple(found), tuple(scores))


def _rows(connection: Connection, table: Table, day: date | None, order: str) -> list[Row]:
    held = as_of(connection, table, None if day is None else moment_after(day))
    return [dict(row) for row in connection.execute(select(held).order_by(held.c[order], held.c.id)).mappings()]
