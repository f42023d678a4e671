"""The meeting of a review: planned, held, ended, and who was there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import meeting, review
from data.records.writing import Write

MEETING = Object("meeting")


def plan_meeting(
    records: Records,
    actor: Actor,
    review_id: int,
    day: date,
    room: str | None = None,
    at: datetime | None = None,
    *,
    chair: int | None = None,
    present: Sequence[int] = (),
) -> int:
    """The meeting of a review, of which there may be several; `present` are those who are asked to come.

    Returns its id. Raises NotAllowed, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        write.row(review, review_id)
        return write.insert(meeting, review=review_id, day=day, room=room, state="planned", chair=chair, present=list(present))


def change_meeting(records: Records, actor: Actor, meeting_id: int, version: int, **changes: Any) -> int:
    """Another day, room, chair, or who is present; returns the new version. Raises NotAllowed, Stale, Gone."""
    with records.write(actor) as write:
        write.doing("keep_meeting", MEETING)
        return write.update(meeting, meeting_id, version, **changes)


def start_meeting(
    records: Records, actor: Actor, meeting_id: int, version: int, present: Sequence[int], chair: int | None, at: datetime | None = None
) -> int:
    """The meeting is on, with these people; returns the new version. Raises NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        return write.update(meeting, meeting_id, version, state="open", present=list(present), chair=chair, opened_at=write.at)


def end_meeting(records: Records, actor: Actor, meeting_id: int, version: int, at: datetime | None = None) -> int:
    """The meeting is over; returns the new version. Raises Refused where it did not begin, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        _require_open(write, meeting_id)
        return write.update(meeting, meeting_id, version, state="held", ended_at=write.at)


def meetings(records: Records, place: str) -> list[Mapping[str, Any]]:
    """Every meeting about a place, the newest first: the columns of `meeting`, and `month` that it reviewed."""
    query = select(meeting, review.c.month).join(review, review.c.id == meeting.c.review).where(review.c.place == place)
    with records.read() as connection:
        rows = connection.execute(query.order_by(meeting.c.day.desc(), meeting.c.id.desc())).mappings()
        return [dict(row) for row in rows]


def _require_open(write: Write, meeting_id: int) -> None:
    if write.row(meeting, meeting_id)["state"] != "open":
        raise Refused([Problem(N_("this meeting is not on"), N_("begin it first"))])
