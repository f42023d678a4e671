"""What decisions changed in a plan, by the day of each: it holds from that day, whenever somebody wrote it down.

The rows as they stood (past.py) hold what was written down by a day. Here is the rest: what was decided by then and written down later, and
what was written down by then and decided for a later day. What a file changed holds from when it was read.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, select

from data.plans.past import Past
from data.records.columns import canonical
from data.records.tables import decision, plan_version

KEPT = {
    "name": pl.String, "area": pl.String, "owner": pl.Int64, "ladder": pl.String, "place": pl.String, "status_reason": pl.String,
    "left_out": pl.String, "weight": pl.Float64, "beneficiaries": pl.Float64, "starts": pl.Date, "ends": pl.Date,
}  # fmt: skip
"""Columns of a node that a decision changes by its day; `status` areas report too, and what a node is part of goes by when it was moved."""
SETTLED = ("name", "kind", "starts", "ends", "levels", "weights")
"""Columns of a whole plan that a decision changes by its day."""
DECIDED = {
    "id": pl.Int64, "decided": pl.String, "decided_on": pl.Date,
    "undecided": pl.String, "decided_next": pl.Date, "decided_at": pl.Datetime("us", "UTC"),
}  # fmt: skip
BY_FILE = "reported"
"""Marks a change of a status that a file made by a decision: the file's report says from when it holds."""


class Change(NamedTuple):
    """One column of one node, or without one of the whole plan, that a decision changed: for which day, and when that was written."""

    day: date
    at: datetime
    node: int | None
    field: str
    was: Any
    now: Any


def changes(connection: Connection, plan_id: int) -> list[Change]:
    """Every change of a plan by a decision, the earliest day first; what a file says of a status is a report."""
    told = select(decision.c.day, plan_version.c.at, plan_version.c.changes).join(decision, decision.c.id == plan_version.c.decision)
    rows = connection.execute(told.where(plan_version.c.plan == plan_id).order_by(plan_version.c.number))
    found = [
        Change(row.day, row.at, each["node"], each["field"], each["was"], each["is"])
        for row in rows for each in row.changes if BY_FILE not in each
    ]  # fmt: skip
    return sorted(found, key=lambda change: change.day)


def misdated(told: list[Change], field: str, then: Past) -> dict[int | None, Any]:
    """What a column held then by the days of decisions, where what was written down by then says otherwise; by node."""
    if then.moment is None:
        return {}
    here = [change for change in told if change.field == field]
    coming = {change.node: change.was for change in reversed(here) if change.day > then.until and change.at < then.moment}
    last = {change.node: change for change in here if change.day <= then.until}
    return {**coming, **{node: change.now for node, change in last.items() if change.at >= then.moment}}


def by_decision(nodes: pl.DataFrame, told: list[Change], then: Past) -> pl.DataFrame:
    """The nodes with what held in KEPT by the days of decisions."""
    for name, kind in KEPT.items():
        held = misdated(told, name, then)
        if held:
            values = [canonical(value) for value in held.values()] if name == "name" else list(held.values())
            said = pl.Series("said", values, dtype=pl.String if kind == pl.Date else kind)
            known = pl.DataFrame({"id": pl.Series(list(held), dtype=pl.Int64), "said": said.str.to_date() if kind == pl.Date else said})
            joined = nodes.join(known.with_columns(decided=pl.lit(value=True)), on="id", how="left", maintain_order="left")
            nodes = joined.with_columns(pl.when("decided").then("said").otherwise(name).alias(name)).drop("said", "decided")
    return nodes


def settled(row: dict[str, Any], told: list[Change], then: Past) -> dict[str, Any]:
    """A plan's row with what held in SETTLED by the days of decisions."""
    held = {name: values[None] for name in SETTLED if None in (values := misdated(told, name, then))}
    days = {name: date.fromisoformat(value) for name, value in held.items() if name in ("starts", "ends") and value}
    return {**row, **held, **days}


def statuses(told: list[Change], day: date) -> pl.DataFrame:
    """By node, with the columns of DECIDED: the last status decided up to the day and its day; what held before the next,
    its day, and when it was written down.

    What a file says of a status is a report like any other (renewing.py), which a later one of the same day goes before.
    """
    decided = [change for change in told if change.field == "status"]
    return pl.DataFrame(list(_statuses(decided, day)), schema=DECIDED, orient="row")


def _statuses(told: list[Change], day: date) -> Iterator[tuple[Any, ...]]:
    last = {change.node: change for change in told if change.day <= day}
    coming = {change.node: change for change in reversed(told) if change.day > day}
    for node in {**last, **coming}:
        was, then = last.get(node), coming.get(node)
        yield node, was and was.now, was and was.day, then and then.was, then and then.day, then and then.at
