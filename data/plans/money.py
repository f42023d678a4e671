"""What an action costs: its budget lines, written by hand where no file of the accounts brings them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any

from data.access import Actor
from data.plans.document import Words
from data.plans.objects import of_node
from data.plans.vocabulary import PHASES
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import budget_line, node
from data.records.writing import Write

CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Line:
    """A budget line of an action. `phases` are amounts in the currency by the names of PHASES; one that is not named is not known."""

    node: int
    code: str
    currency: str
    phases: Mapping[str, float | None] = field(default_factory=dict)
    name: Words | None = None
    year: int | None = None
    source: Words | None = None


def keep_line(
    records: Records, actor: Actor, told: Line, line_id: int | None = None, version: int | None = None, at: datetime | None = None
) -> int:
    """Write a new line, or change the one of that id, which is still at `version`; returns its id.

    An amount that rises from one phase to the next is kept: `checking.rising` says where. Raises Refused, NotAllowed, Stale, Gone.
    """
    _require(told)
    with records.write(actor, at) as write:
        write.doing("keep_budget", of_node(write.row(node, told.node)))
        row = _row(told)
        if line_id is None:
            return write.insert(budget_line, **row)
        _require_own(write, line_id, told.node)
        write.update(budget_line, line_id, version or 0, **row)
        return line_id


def _row(told: Line) -> dict[str, Any]:
    plain = {"node": told.node, "code": told.code.strip(), "currency": told.currency, "year": told.year}
    return {**plain, "name": told.name, "source": told.source, **{phase: told.phases.get(phase) for phase in PHASES}}


def _require_own(write: Write, line_id: int, node_id: int) -> None:
    if write.row(budget_line, line_id)["node"] != node_id:
        raise Refused([Problem(N_("this budget line is another action's"), N_("change it there"))])


def _require(told: Line) -> None:
    if problems := list(_problems(told)):
        raise Refused(problems)


def _problems(told: Line) -> Iterator[Problem]:
    if not told.code.strip():
        yield Problem(N_("the budget line has no code"), N_("write the code that it has in the budget"))
    if not CURRENCY.fullmatch(told.currency):
        yield Problem(N_("{found} is no currency"), N_("write its three letters, such as EUR"), values={"found": told.currency})
    if set(told.phases) - set(PHASES):
        raise ValueError(f"not phases: {sorted(set(told.phases) - set(PHASES))}")
    if all(amount is None for amount in told.phases.values()):
        yield Problem(N_("the budget line has no amount"), N_("write at least one"))
    if any(amount is not None and not (isfinite(amount) and amount >= 0) for amount in told.phases.values()):
        yield Problem(N_("an amount is below zero"), N_("write 0 or more"))
