"""Plans of a few lines for tests, as the records would give them back: nodes by key, what is proved and paid said beside each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from data.plans.reading import NODE, Plan, Tree
from data.plans.vocabulary import PHASES
from data.records.columns import canonical
from data.records.records import KINDS
from data.records.tables import node as table

DAY = date(2026, 6, 30)
SCHEMA = {name: KINDS.get(type(table.c[name].type).__name__, pl.String) for name in NODE}
PROOFS = {
    "node": pl.Int64, "milestones": pl.Int64, "shares": pl.Float64, "proved": pl.Float64, "awaiting": pl.Float64, "done": pl.Float64,
    "open": pl.Int64, "late": pl.Int64, "next_due": pl.Date, "planned": pl.Float64,
}  # fmt: skip
MONEY = {
    "node": pl.Int64,
    "currency": pl.String,
    "lines": pl.Int64,
    "budget": pl.Float64,
    "cost": pl.Float64,
    **dict.fromkeys(PHASES, pl.Float64),
}


@dataclass(frozen=True)
class Node:
    """A node of the plan `of` makes; `proofs` and `money` are columns of the frames of a Tree."""

    key: str
    parent: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    proofs: dict[str, Any] | None = None
    money: tuple[dict[str, Any], ...] = ()


def node(
    key: str, parent: str | None = None, *, proved: float | None = None, proofs: dict[str, Any] | None = None,
    money: Iterable[dict[str, Any]] = (), **fields: Any,
) -> Node:  # fmt: skip
    """`proved` is short for milestones that are proved so far, in percent, the others open and not due."""
    if proved is not None:
        proofs = {"proved": proved, "open": int(proved < 100), **(proofs or {})}
    return Node(key, parent, fields, proofs, tuple(money))


def tree(*nodes: Node, day: date = DAY, weights: str = "equal", starts: date | None = None, ends: date | None = None) -> Tree:
    """A plan of these nodes, in this order; ids are given in the order of keys, so that rows can be turned round."""
    ids = {each.key: number for number, each in enumerate(sorted(nodes, key=lambda each: each.key), 1)}
    parents = {each.key: each.parent for each in nodes}
    rows, proofs, money = [], [], []
    for position, each in enumerate(nodes):
        row = {"id": ids[each.key], "parent": ids[each.parent] if each.parent else None, "level": _level(each.key, parents)}
        rows.append({**row, "position": position, "key": each.key, "name": canonical(each.key), "work": False, "version": 1, **each.fields})
        if each.proofs is not None:
            plain = {"milestones": 4, "shares": 100.0, "proved": 0.0, "awaiting": 0.0, "done": 0.0, "open": 0, "late": 0}
            proofs.append({"node": ids[each.key], **plain, **each.proofs})
        money += [{"node": ids[each.key], "currency": "EUR", "lines": 1, **_worth(line), **line} for line in each.money]
    plan = Plan(1, "pam", "Plan", "mandate", "city", starts, ends, [], weights, 1, None, 1)
    return Tree(plan, day, pl.DataFrame(rows, schema=SCHEMA), pl.DataFrame(proofs, schema=PROOFS), pl.DataFrame(money, schema=MONEY))


def _level(key: str, parents: dict[str, str | None]) -> int:
    above = parents[key]
    return 0 if above is None else 1 + _level(above, parents)


def _worth(line: dict[str, Any]) -> dict[str, Any]:
    return {"budget": line.get("modified", line.get("initial")), "cost": line.get("accrued", line.get("paid"))}
