"""What a meeting talks about, in its order: found by the program, asked for by somebody, left out with a reason.

Whatever changes it raises Refused where the month is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.access import Actor
from data.meetings.meetings import MEETING, of_open_month
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import item
from data.records.writing import Row, Write


@dataclass(frozen=True)
class Item:
    """What is talked about and why (data.meetings.vocabulary.WHYS); `kept` where it is among the few that are talked about first."""

    kind: str
    whys: tuple[str, ...]
    goal: str | None = None
    node: int | None = None
    concern: int | None = None
    follow_up: int | None = None
    title: str | None = None
    kept: bool = False

    @property
    def about(self) -> tuple[str, Any]:
        """The same for two items about one thing."""
        return (self.kind, self.goal or self.node or self.concern or self.follow_up or self.title)


def make_agenda(records: Records, actor: Actor, meeting_id: int, found: Sequence[Item], at: datetime | None = None) -> int:
    """Put what was found on the agenda, after what is there; what is there already stays as it is. Returns how many are new."""
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        of_open_month(write, meeting_id)
        rows = _rows(write.connection, meeting_id)
        there = {as_item(row).about for row in rows}
        new = [each for each in found if each.about not in there]
        write.insert_all(item, [_row(each, meeting_id, len(rows) + number, None) for number, each in enumerate(new)])
        return len(new)


def add_item(records: Records, actor: Actor, meeting_id: int, told: Item, at: datetime | None = None) -> int:
    """Somebody asks for an item, which comes last; returns its id. Raises Refused where it is there already, or says nothing."""
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        of_open_month(write, meeting_id)
        rows = _rows(write.connection, meeting_id)
        if told.about[1] is None:
            raise Refused([Problem(N_("the item says nothing"), N_("write what to talk about, or name a goal or an action"))])
        if told.about in {as_item(row).about for row in rows if row["dropped"] is None}:
            raise Refused([Problem(N_("this is on the agenda already"), N_("move it up, if it should come first"))])
        return write.insert(item, **_row(told, meeting_id, len(rows), actor.person))


def drop_item(records: Records, actor: Actor, item_id: int, version: int, why: str | None, at: datetime | None = None) -> int:
    """Leave an item out, with the reason, or with None take it back; returns the new version. Raises Refused, Stale, Gone."""
    if why is not None and not why.strip():
        raise Refused([Problem(N_("an item is left out with a reason"), N_("write it"))])
    with records.write(actor, at) as write:
        _of_open_month(write, item_id)
        return write.update(item, item_id, version, dropped=why and why.strip())


def keep_item(records: Records, actor: Actor, item_id: int, version: int, *, kept: bool) -> int:
    """Put an item among the few that are talked about first, or take it from there; returns the new version. Raises Stale, Gone."""
    with records.write(actor) as write:
        _of_open_month(write, item_id)
        return write.update(item, item_id, version, kept=kept)


def move_item(records: Records, actor: Actor, item_id: int, version: int, places: int) -> None:
    """Move an item up (below zero) or down by so many places. Raises Stale where the item was moved meanwhile, Gone."""
    with records.write(actor) as write:
        now = _of_open_month(write, item_id)
        order = [row["id"] for row in _rows(write.connection, now["meeting"])]
        order.insert(max(0, order.index(item_id) + places), order.pop(order.index(item_id)))
        for position, row_id in enumerate(order):
            row = write.row(item, row_id)
            if row["position"] != position:
                write.update(item, row_id, version if row_id == item_id else row["version"], position=position)


def agenda(records: Records, meeting_id: int) -> list[Mapping[str, Any]]:
    """The items of a meeting in their order, those left out too: the columns of `item`."""
    with records.read() as connection:
        return _rows(connection, meeting_id)


def as_item(row: Mapping[str, Any]) -> Item:
    """A row of `agenda` as what it is about and why."""
    names = ("kind", "goal", "node", "concern", "follow_up", "title")
    return Item(**{name: row[name] for name in names}, whys=tuple(row["whys"]), kept=row["kept"])


def _of_open_month(write: Write, item_id: int) -> Row:
    """The item as it stands, for whoever may prepare its meeting."""
    write.doing("keep_meeting", MEETING)
    found = write.row(item, item_id)
    of_open_month(write, found["meeting"])
    return found


def _rows(connection: Connection, meeting_id: int) -> list[Mapping[str, Any]]:
    query = select(item).where(item.c.meeting == meeting_id).order_by(item.c.position, item.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _row(told: Item, meeting_id: int, position: int, added_by: int | None) -> dict[str, Any]:
    return {**vars(told), "whys": list(told.whys), "meeting": meeting_id, "position": position, "added_by": added_by}
