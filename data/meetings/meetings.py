"""The meeting of a review: planned, held, ended, and who was there. Of a month that is closed nothing of it changes any more."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import meeting, review
from data.records.writing import Row, Write
from data.reviews.values import require_open

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

    Returns its id. Raises Refused where the month is closed, NotAllowed, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        require_open(write, review_id)
        return write.insert(meeting, review=review_id, day=day, room=room, state="planned", chair=chair, present=list(present))


def change_meeting(records: Records, actor: Actor, meeting_id: int, version: int, **changes: Any) -> int:
    """Another day, room, chair, or who is present; returns the new version.

    Raises Refused where the month is closed, NotAllowed, Stale, Gone.
    """
    with records.write(actor) as write:
        write.doing("keep_meeting", MEETING)
        of_open_month(write, meeting_id)
        return write.update(meeting, meeting_id, version, **changes)


def start_meeting(
    records: Records, actor: Actor, meeting_id: int, version: int, present: Sequence[int], chair: int | None, at: datetime | None = None
) -> int:
    """The meeting is on, with these people, led by whoever begins it where nobody else is to; returns the new version.

    Raises Refused where the month is closed, NotAllowed, Stale, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        of_open_month(write, meeting_id)
        leads = chair or actor.person
        return write.update(meeting, meeting_id, version, state="open", present=list(present), chair=leads, opened_at=write.at)


def end_meeting(records: Records, actor: Actor, meeting_id: int, version: int, at: datetime | None = None) -> int:
    """The meeting is over, also where its month was closed meanwhile; returns the new version.

    Raises Refused where it is not on, NotAllowed, Stale, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("keep_meeting", MEETING)
        _require_on(write, meeting_id)
        return write.update(meeting, meeting_id, version, state="held", ended_at=write.at)


def meetings(records: Records, place: str) -> list[Mapping[str, Any]]:
    """Every meeting about a place, the newest first: the columns of `meeting`, and `month` that it reviewed."""
    query = select(meeting, review.c.month).join(review, review.c.id == meeting.c.review).where(review.c.place == place)
    with records.read() as connection:
        rows = connection.execute(query.order_by(meeting.c.day.desc(), meeting.c.id.desc())).mappings()
        return [dict(row) for row in rows]


def of_open_month(write: Write, meeting_id: int) -> Row:
    """The meeting as it stands. Raises Refused where its month is closed, and Gone."""
    found = write.row(meeting, meeting_id)
    require_open(write, found["review"])
    return found


def _require_on(write: Write, meeting_id: int) -> None:
    if write.row(meeting, meeting_id)["state"] != "open":
        raise Refused([Problem(N_("this meeting is not on"), N_("begin it first"))])
