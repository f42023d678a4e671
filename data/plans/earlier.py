"""What a plan's versions say of its nodes before and after a day: a decision that came later does not hold yet on an earlier day.

A version holds from the day of its decision, one that a file made from the day on which it was read. The tree itself, names, milestones
and money are those of now.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import polars as pl
from sqlalchemy import Connection, select

from data.records.tables import decision, plan_version

KEPT = {
    "area": pl.String, "owner": pl.Int64, "ladder": pl.String, "place": pl.String, "status_reason": pl.String, "left_out": pl.String,
    "weight": pl.Float64, "beneficiaries": pl.Float64, "starts": pl.Date, "ends": pl.Date,
}  # fmt: skip
"""Columns of a node that only versions change, so that what held on a day follows from them; `status` areas report too."""
DECIDED = {"id": pl.Int64, "decided": pl.String, "decided_on": pl.Date, "undecided": pl.String, "decided_next": pl.Date}


class Change(NamedTuple):
    """One column of one node, the day from which `now` holds, and whether a decision made it, and not a file."""

    day: date
    node: int
    field: str
    was: Any
    now: Any
    decided: bool = True


def changes(connection: Connection, plan_id: int) -> list[Change]:
    """Every change of a node by the plan's versions, the earliest day first; what the whole plan is, is read as it is now."""
    told = select(decision.c.day, plan_version.c.at, plan_version.c.changes).outerjoin(decision, decision.c.id == plan_version.c.decision)
    rows = connection.execute(told.where(plan_version.c.plan == plan_id, plan_version.c.number > 1).order_by(plan_version.c.number))
    found = [
        Change(row.day or row.at.date(), each["node"], each["field"], each["was"], each["is"], row.day is not None)
        for row in rows for each in row.changes if each["node"] is not None
    ]  # fmt: skip
    return sorted(found, key=lambda change: change.day)


def undone(nodes: pl.DataFrame, told: list[Change], day: date) -> pl.DataFrame:
    """The nodes with what held in KEPT before the changes after the day."""
    for name, kind in KEPT.items():
        later = {change.node: change.was for change in reversed(told) if change.field == name and change.day > day}
        if later:
            was = pl.Series("was", list(later.values()), dtype=pl.String if kind == pl.Date else kind)
            before = pl.DataFrame({"id": list(later), "was": was.str.to_date() if kind == pl.Date else was, "later": True})
            joined = nodes.join(before, on="id", how="left", maintain_order="left")
            nodes = joined.with_columns(pl.when("later").then("was").otherwise(name).alias(name)).drop("was", "later")
    return nodes


def statuses(told: list[Change], day: date) -> pl.DataFrame:
    """By node, with the columns of DECIDED: the last status decided up to the day and its day; what held before the next, and its day.

    What a file says of a status is a report like any other (renewing.py), which a later one of the same day goes before.
    """
    decided = [change for change in told if change.field == "status" and change.decided]
    return pl.DataFrame(list(_statuses(decided, day)), schema=DECIDED, orient="row")


def _statuses(told: list[Change], day: date) -> Iterator[tuple[Any, ...]]:
    last = {change.node: change for change in told if change.day <= day}
    coming = {change.node: change for change in reversed(told) if change.day > day}
    for node in {**last, **coming}:
        was, then = last.get(node), coming.get(node)
        yield node, was and was.now, was and was.day, then and then.was, then and then.day
