"""What is written down of an item while it is talked about. Nothing that anybody typed is lost: two who write at once keep both texts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor
from data.meetings.meetings import MEETING, of_open_month
from data.meetings.vocabulary import NOTE_PARTS
from data.records.records import Records
from data.records.tables import item, meeting, note, person, review
from data.records.writing import Gone, Row, Stale, Write


def write_note(
    records: Records, actor: Actor, item_id: int, part: str, text: str, note_id: int | None, version: int | None,
    at: datetime | None = None, *, sent: Collection[str] = (),
) -> tuple[int, int]:  # fmt: skip
    """Keep the text of one part of an item, on the note and version that it was begun on; returns the note's id and new version.

    Where somebody else wrote the same part meanwhile, the text is kept as a note beside theirs. `sent` are texts that this writer sent
    since then without ever hearing that they were kept: one of them that stands is no change of somebody else's.
    Raises Refused where the month is closed, NotAllowed, Gone.
    """
    if part not in NOTE_PARTS:
        raise ValueError(part)
    with records.write(actor, at) as write:
        write.doing("write_note", MEETING)
        of_open_month(write, write.row(item, item_id)["meeting"])
        there = _of(write, item_id, part)
        mine = next((row for row in there if (row["id"], row["version"]) == (note_id, version)), None) or _own(there, actor, text, sent)
        if mine is not None and mine["text"] == text:
            return mine["id"], mine["version"]
        written = {"person": actor.person, "at": write.at, "text": text}
        if mine is not None:
            return mine["id"], write.update(note, mine["id"], mine["version"], **written)
        beside = next((row["id"] for row in there if row["beside"] is None), None)
        return write.insert(note, item=item_id, part=part, beside=beside, **written), 1


def take_note(records: Records, actor: Actor, note_id: int, seen: Mapping[int, int], text: str) -> int:
    """Of texts that were written at once one is made, and the others go; returns the note's new version.

    `seen` are the versions of all of them by their ids. Raises Stale where one was written on since, or another one came, Refused where the
    month is closed, NotAllowed, and Gone.
    """
    with records.write(actor) as write:
        write.doing("write_note", MEETING)
        now = write.row(note, note_id)
        of_open_month(write, write.row(item, now["item"])["meeting"])
        there = _of(write, now["item"], now["part"])
        moved = next((row for row in there if seen.get(row["id"]) != row["version"]), None)
        if moved is not None:
            raise Stale(note.name, moved, {"text": text})
        if len(there) != len(seen):
            raise Gone("one of the notes is not there any more")
        for row in sorted(there, key=lambda row: row["beside"] is None):  # the first one last: the others name it
            if row["id"] != note_id:
                write.delete(note, row["id"], row["version"])
        return write.update(note, note_id, now["version"], text=text, beside=None, person=actor.person, at=write.at)


def notes(records: Records, meeting_id: int) -> list[Mapping[str, Any]]:
    """Every note of a meeting, in the order of writing: the columns of `note`, and the `name` of whoever wrote it last.

    `beside` is set where two were written at once.
    """
    query = select(note, person.c.name).join(item, item.c.id == note.c.item).join(person, person.c.id == note.c.person)
    with records.read() as connection:
        rows = connection.execute(query.where(item.c.meeting == meeting_id).order_by(note.c.id)).mappings()
        return [dict(row) for row in rows]


def decisions(records: Records, place: str) -> list[Mapping[str, Any]]:
    """What the meetings about a place decided, the newest first: `text`, the `day` and id of the `meeting`, and what the item is about."""
    about = (item.c.kind, item.c.goal, item.c.node, item.c.concern, item.c.follow_up, item.c.title)
    joined = note.join(item, item.c.id == note.c.item).join(meeting, meeting.c.id == item.c.meeting)
    query = select(note.c.text, note.c.item, meeting.c.day, item.c.meeting, *about).select_from(
        joined.join(review, review.c.id == meeting.c.review)
    )
    with records.read() as connection:
        decided = query.where(note.c.part == "decided", note.c.text != "", review.c.place == place)
        rows = connection.execute(decided.order_by(meeting.c.day.desc(), note.c.id.desc())).mappings()
        return [dict(row) for row in rows]


def _of(write: Write, item_id: int, part: str) -> list[Row]:
    query = select(note).where(note.c.item == item_id, note.c.part == part).order_by(note.c.id)
    return [dict(row) for row in write.connection.execute(query).mappings()]


def _own(there: list[Row], actor: Actor, text: str, sent: Collection[str]) -> Row | None:
    """The note that holds what this writer sent before, or the very same text."""
    return next((row for row in there if row["text"] == text or (row["person"] == actor.person and row["text"] in sent)), None)
