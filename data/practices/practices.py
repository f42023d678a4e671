"""A practice from the day somebody proposes it to the day it is kept, changed, or withdrawn with its reason.

What the data office or a consultant writes down is kept at once. What others propose they may change and withdraw until it is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object, may
from data.plans.document import Words
from data.practices.sound import faults
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import practice
from data.records.trail import trail
from data.records.writing import Row, Write


@dataclass(frozen=True)
class Practice:
    """`place` is one of the home by its id, `elsewhere` another by its name; `since` is 2024, 2024-05 or 2024-05-01.

    `strength` is one of vocabulary.STRENGTHS; `cost` is an amount in `currency` and `bought` what it paid for; `contact` is a name or
    a post, and `address` how they are reached.
    """

    key: str
    name: Words
    done: Words
    indicators: tuple[str, ...]
    place: str | None = None
    elsewhere: Words | None = None
    since: str | None = None
    strength: str = "described"
    found: Words | None = None
    link: str | None = None
    cost: float | None = None
    currency: str | None = None
    bought: Words | None = None
    contact: str | None = None
    address: str | None = None


DESCRIBED = tuple(name for name in Practice.__dataclass_fields__ if name != "key")
"""Columns that are written of a practice; its key stays as it was given."""


def add_practice(records: Records, actor: Actor, told: Practice, at: datetime | None = None) -> int:
    """Write a practice down, kept or proposed, by who writes; returns its id. Raises Refused with everything that is wrong, NotAllowed."""
    row = {**vars(told), "indicators": list(told.indicators)}
    with records.write(actor, at) as write:
        write.doing("propose_practice", Object("practice", person=actor.person))
        _require(*_taken(write, told.key), *faults(row, write.at.date()))
        return write.insert(practice, **row, state=_state(actor), written_by=actor.person)


def change_practice(records: Records, actor: Actor, practice_id: int, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Change what is written of it (DESCRIBED); returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    if not set(changes) <= set(DESCRIBED):
        raise ValueError(f"not written of a practice: {sorted(set(changes) - set(DESCRIBED))}")
    with records.write(actor, at) as write:
        row = _asked(write, practice_id, version, ("proposed", "kept"))
        _require(*faults({**row, **changes}, write.at.date()))
        return write.update(practice, practice_id, version, **changes)


def undo_change(records: Records, actor: Actor, practice_id: int, version: int, at: datetime | None = None) -> int:
    """Put back what the last change of its description changed; returns the new version.

    Raises Refused where there is none, NotAllowed, Stale, Gone.
    """
    return change_practice(records, actor, practice_id, version, at, **_required_before(records, practice_id))


def keep_practice(records: Records, actor: Actor, practice_id: int, version: int, at: datetime | None = None) -> int:
    """It is no proposal any more; returns the new version. Raises Refused where it was none, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        row = write.row(practice, practice_id)
        write.doing("keep_practice", about(row))
        _require_state(row, version, ("proposed",))
        return write.update(practice, practice_id, version, state="kept")


def withdraw_practice(records: Records, actor: Actor, practice_id: int, version: int, why: str, at: datetime | None = None) -> int:
    """Nobody should follow it any more, with the reason; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    if not why.strip():
        raise Refused([Problem(N_("a practice is withdrawn with a reason"), N_("write it"), column="withdrawn")])
    with records.write(actor, at) as write:
        _asked(write, practice_id, version, ("proposed", "kept"))
        return write.update(practice, practice_id, version, state="withdrawn", withdrawn=why.strip())


def restore_practice(records: Records, actor: Actor, practice_id: int, version: int, at: datetime | None = None) -> int:
    """It was right after all; returns the new version. Raises Refused where it is not withdrawn, NotAllowed, Stale, Gone.

    What was kept before it was withdrawn is for those to take up again who may keep it.
    """
    kept = was_kept(records, practice_id)
    with records.write(actor, at) as write:
        _asked(write, practice_id, version, ("withdrawn",), kept=kept)
        return write.update(practice, practice_id, version, state=_state(actor), withdrawn=None)


def before(records: Records, practice_id: int) -> dict[str, Any]:
    """What the last change of the description put something else in place of: the columns as they were; {} where nothing was changed."""
    for change in reversed(trail(records, "practice", [practice_id])[practice_id][1:]):  # the first wrote it down
        if moved := {name: was for name, (was, _is) in change.changes.items() if name in DESCRIBED}:
            return moved
    return {}


def was_kept(records: Records, practice_id: int) -> bool:
    """Whether it ever was more than a proposal."""
    return any(change.changes.get("state", ("", ""))[1] == "kept" for change in trail(records, "practice", [practice_id])[practice_id])


def about(row: Mapping[str, Any]) -> Object:
    """What data.access is asked of a practice."""
    return Object("practice", person=row["written_by"])


def action_of(actor: Actor, row: Mapping[str, Any], *, kept: bool = False) -> str:
    """What data.access is asked for: of what is not kept, nor was before, its writer needs no more than to propose one."""
    return "propose_practice" if not kept and row["state"] != "kept" and row["written_by"] == actor.person else "keep_practice"


def _asked(write: Write, practice_id: int, version: int, states: tuple[str, ...], *, kept: bool = False) -> Row:
    """The row, after it was asked whether this person may. Whoever was slower than somebody else is told that first."""
    row = write.row(practice, practice_id)
    write.doing(action_of(write.actor, row, kept=kept), about(row))
    _require_state(row, version, states)
    return row


def _require_state(row: Row, version: int, states: tuple[str, ...]) -> None:
    if row["version"] == version and row["state"] not in states:
        raise Refused([Problem(N_("this practice was kept, withdrawn or restored already"), N_("look at it as it stands now"))])


def _state(actor: Actor) -> str:
    return "kept" if may(actor, "keep_practice", Object("practice", person=actor.person)) else "proposed"


def _required_before(records: Records, practice_id: int) -> dict[str, Any]:
    """Raises Refused where nothing was changed."""
    found = before(records, practice_id)
    if not found:
        raise Refused([Problem(N_("this practice was never changed, so there is nothing to undo"), N_("withdraw it instead"))])
    return found


def _taken(write: Write, key: str) -> Iterator[Problem]:
    if write.connection.execute(select(practice.c.id).where(practice.c.key == key)).first():
        yield Problem(N_("there is a practice {found} already"), N_("give it another key"), column="key", values={"found": key})


def _require(*problems: Problem) -> None:
    if problems:
        raise Refused(list(problems))
