"""Whoever stands in for the holder of a post between two days: what people.actor then lets them do, and who named them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object, require
from data.people import by_own_right
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import person, post, stand_in


def name_stand_in(
    records: Records, actor: Actor, post_id: int, person_id: int, starts: date, ends: date, at: datetime | None = None
) -> int:
    """Somebody does the work of a post from the first day to the last; returns the id. Raises Refused, NotAllowed, Gone.

    The office names them, an editor of the post's area, or whoever holds the post; nobody who stands in themselves, for their days would
    have no end.
    """
    if ends < starts:
        values = {"starts": starts, "ends": ends}
        raise Refused([Problem(N_("the last day {ends} lies before the first, {starts}"), N_("correct one of them"), values=values)])
    own = by_own_right(records, actor, (at or datetime.now(UTC)).astimezone().date())
    with records.write(actor, at) as write:
        asked = about(write.row(post, post_id))
        write.doing("name_stand_in", asked)
        require(own, "name_stand_in", asked)
        write.row(person, person_id)
        taken = select(stand_in.c.id).where(stand_in.c.post == post_id, stand_in.c.starts <= ends, stand_in.c.ends >= starts)
        if write.connection.execute(taken).first():
            raise Refused([Problem(N_("somebody else stands in for this post in those days"), N_("end their time first"))])
        return write.insert(stand_in, post=post_id, person=person_id, starts=starts, ends=ends)


def end_stand_in(records: Records, actor: Actor, stand_in_id: int, version: int, ends: date, at: datetime | None = None) -> int:
    """Another last day, as when the holder is back earlier; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        found = write.row(stand_in, stand_in_id)
        write.doing("name_stand_in", about(write.row(post, found["post"])))
        if ends > found["ends"]:
            raise Refused([Problem(N_("the time is made shorter here, not longer"), N_("name somebody for the days that follow"))])
        if ends < found["starts"]:  # it had not begun: nobody ever stood in
            write.delete(stand_in, stand_in_id, version)
            return version + 1
        return write.update(stand_in, stand_in_id, version, ends=ends)


def stand_ins(records: Records, day: date) -> list[Mapping[str, Any]]:
    """Those of the day and those to come: the columns of `stand_in`, post_name and area of the post, person_name."""
    columns = (stand_in, post.c.name.label("post_name"), post.c.area, person.c.name.label("person_name"))
    query = select(*columns).join(post, post.c.id == stand_in.c.post).join(person, person.c.id == stand_in.c.person)
    with records.read() as connection:
        found = connection.execute(query.where(stand_in.c.ends >= day).order_by(stand_in.c.starts, stand_in.c.id))
        return [dict(row) for row in found.mappings()]


def covering(records: Records, day: date) -> dict[int, int]:
    """Who stands in on the day: their ids by those of the posts."""
    return {row["post"]: row["person"] for row in stand_ins(records, day) if row["starts"] <= day}


def about(row: Mapping[str, Any]) -> Object:
    """A post, as data.access is asked of it."""
    return Object("post", row["area"], row["id"])
