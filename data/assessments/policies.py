"""Policies: what the city does about a problem, why it should work, and which actions and goals belong to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.assessments.vocabulary import STEPS
from data.plans.document import Words
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import node, policy
from data.records.writing import Row, Write

KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")
KEPT = ("starts", "ends", "area", "owner")
"""Columns that only whoever keeps the policies changes: when an assessment is due and who answers for it follow from them."""
DESCRIBED = ("name", "problem", "theory", "nodes", "goals")


@dataclass(frozen=True)
class Policy:
    """`theory` has a text for steps of vocabulary.STEPS; `nodes` are ids of parts of plans, `goals` of goals; `owner` is a post."""

    place: str
    key: str
    name: Words
    problem: Words
    theory: Mapping[str, Words] = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None
    area: str | None = None
    owner: int | None = None
    nodes: tuple[int, ...] = ()
    goals: tuple[str, ...] = ()


def add_policy(records: Records, actor: Actor, told: Policy, at: datetime | None = None) -> int:
    """Write a policy down; returns its id. Raises Refused with everything that is wrong with it, NotAllowed."""
    values = {**vars(told), "theory": dict(told.theory), "nodes": list(told.nodes), "goals": list(told.goals)}
    with records.write(actor, at) as write:
        write.doing("keep_policy", Object("policy", told.area))
        _require([*_key(write, told), *_sound(write, values)])
        return write.insert(policy, **values)


def describe_policy(records: Records, actor: Actor, policy_id: int, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Change what a policy is about (DESCRIBED); returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    return _change(records, actor, policy_id, version, "describe_policy", DESCRIBED, at, changes)


def keep_policy(records: Records, actor: Actor, policy_id: int, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Change anything of a policy but its key; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    return _change(records, actor, policy_id, version, "keep_policy", (*DESCRIBED, *KEPT), at, changes)


def about(row: Mapping[str, Any]) -> Object:
    """What data.access is asked of a policy."""
    return Object("policy", row["area"], row["owner"])


def _change(
    records: Records,
    actor: Actor,
    policy_id: int,
    version: int,
    asks: str,
    columns: tuple[str, ...],
    at: datetime | None,
    changes: Mapping[str, Any],
) -> int:
    if not set(changes) <= set(columns):
        raise ValueError(f"not changed by {asks}: {sorted(set(changes) - set(columns))}")
    with records.write(actor, at) as write:
        now = write.row(policy, policy_id)
        write.doing(asks, about(now))
        _require(_sound(write, {**now, **changes}))
        return write.update(policy, policy_id, version, **changes)


def _require(found: Iterator[Problem] | list[Problem]) -> None:
    if problems := list(found):
        raise Refused(problems)


def _key(write: Write, told: Policy) -> Iterator[Problem]:
    hint = N_("use small letters, digits and _, beginning with a letter")
    if not KEY.fullmatch(told.key):
        yield Problem(N_("{found} is no key of a policy"), hint, column="key", values={"found": told.key})
    same = select(policy.c.id).where(policy.c.place == told.place, policy.c.key == told.key)
    if write.connection.execute(same).first():
        yield Problem(N_("there is a policy {found} already"), N_("give it another key"), column="key", values={"found": told.key})


def _sound(write: Write, row: Row) -> Iterator[Problem]:
    if not row["name"] or not row["problem"]:
        yield Problem(N_("a policy needs a name and the problem that it answers"), N_("write both"), column="name")
    for step in sorted(set(row["theory"]) - set(STEPS)):
        values = {"found": step, "known": ", ".join(STEPS)}
        yield Problem(N_("{found} is no step of a theory of change"), N_("write one of: {known}"), column="theory", values=values)
    if row["starts"] and row["ends"] and row["ends"] < row["starts"]:
        values = {"starts": row["starts"], "ends": row["ends"]}
        message = N_("it ends on {ends}, before it begins on {starts}")
        yield Problem(message, N_("correct one of the days"), column="ends", values=values)
    known = set(write.connection.execute(select(node.c.id).where(node.c.id.in_(row["nodes"]))).scalars())
    for number in [each for each in row["nodes"] if each not in known]:
        values = {"found": number}
        yield Problem(N_("there is no part of a plan with the id {found}"), N_("name a part of a plan"), column="nodes", values=values)
