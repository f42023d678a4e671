"""Concerns: raised by somebody, answered by the area, decided, and closed by nobody but whoever raised them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import concern

FROM = {
    "answer_concern": ("raised", "answered"),
    "decide_concern": ("raised", "answered", "decided"),
    "close_concern": ("raised", "answered", "decided"),
}
"""From which states each goes on: an answer or a decision may be written again until the next step is made; what is closed stays closed."""


@dataclass(frozen=True)
class Concern:
    """What worries somebody, in which area, about which goal or action, where it is about one."""

    place: str
    title: str
    said: str
    area: str | None = None
    goal: str | None = None
    node: int | None = None


def raise_concern(records: Records, actor: Actor, told: Concern, day: date, at: datetime | None = None) -> int:
    """Write a concern down; returns its id. Raises Refused where it says nothing, NotAllowed."""
    if not (told.title.strip() and told.said.strip()):
        raise Refused([Problem(N_("the concern says nothing"), N_("write what worries you, and a title"), column="title")])
    with records.write(actor, at) as write:
        write.doing("raise_concern", Object("concern"))
        values = {**vars(told), "title": told.title.strip(), "said": told.said.strip()}
        return write.insert(concern, **values, state="raised", raised_by=actor.person, raised_on=day)


def answer(records: Records, actor: Actor, concern_id: int, version: int, text: str, day: date, at: datetime | None = None) -> int:
    """The area answers; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    told = {"answer": text.strip(), "answered_by": actor.person, "answered_on": day, "state": "answered"}
    return _go_on(records, actor, concern_id, version, "answer_concern", text, at, told)


def decide(records: Records, actor: Actor, concern_id: int, version: int, text: str, day: date, at: datetime | None = None) -> int:
    """What is done about it is decided; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    told = {"decision": text.strip(), "decided_by": actor.person, "decided_on": day, "state": "decided"}
    return _go_on(records, actor, concern_id, version, "decide_concern", text, at, told)


def close(records: Records, actor: Actor, concern_id: int, version: int, text: str, day: date, at: datetime | None = None) -> int:
    """Whoever raised it says how it was settled; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    told = {"settled": text.strip(), "closed_on": day, "state": "closed"}
    return _go_on(records, actor, concern_id, version, "close_concern", text, at, told)


def concerns(records: Records, place: str) -> list[Mapping[str, Any]]:
    """Every concern of a place, the newest first: the columns of `concern`."""
    with records.read() as connection:
        query = select(concern).where(concern.c.place == place).order_by(concern.c.raised_on.desc(), concern.c.id.desc())
        return [dict(row) for row in connection.execute(query).mappings()]


def about(row: Mapping[str, Any]) -> Object:
    """What data.access is asked of a concern."""
    return Object("concern", row["area"], person=row["raised_by"])


def _go_on(
    records: Records, actor: Actor, concern_id: int, version: int, asks: str, text: str, at: datetime | None, changes: dict[str, Any]
) -> int:
    if not text.strip():
        raise Refused([Problem(N_("it says nothing"), N_("write it"))])
    with records.write(actor, at) as write:
        row = write.row(concern, concern_id)
        write.doing(asks, about(row))
        if row["version"] == version and row["state"] not in FROM[asks]:
            raise Refused([Problem(N_("this concern is further than that already"), N_("look at it as it stands now"))])
        return write.update(concern, concern_id, version, **changes)
