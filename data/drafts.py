"""What somebody has typed and not sent yet: kept in the records, so that neither a reload nor a restart loses it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select

from data.access import Actor, Object
from data.records.records import Records
from data.records.tables import draft, holding, node, person, post
from data.records.writing import Row, Write

DRAFT = Object("draft")


def keep(records: Records, actor: Actor, form: str, content: dict[str, Any]) -> None:
    """Keep what is in a form, instead of what was kept of it before; the same again writes nothing."""
    with records.write(actor) as write:
        write.doing("keep_draft", DRAFT)
        found = _found(write, form)
        if found is None:
            write.insert(draft, person=actor.person, form=form, content=content, at=write.at)
        elif found["content"] != content:
            write.update(draft, found["id"], found["version"], content=content, at=write.at)


def kept(records: Records, actor: Actor, form: str) -> tuple[dict[str, Any], datetime] | None:
    """What is kept of a form, and since when; None where nothing is."""
    query = select(draft.c.content, draft.c.at).where(draft.c.person == actor.person, draft.c.form == form)
    with records.read() as connection:
        found = connection.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def drop(records: Records, actor: Actor, form: str) -> None:
    """Forget what is kept of a form, as when it was sent."""
    with records.write(actor) as write:
        write.doing("keep_draft", DRAFT)
        found = _found(write, form)
        if found:
            write.delete(draft, found["id"], found["version"])


def left(records: Records, actor: Actor, day: date) -> list[Mapping[str, Any]]:
    """What those who held the actor's posts before the day typed about actions of the post's area and never sent, the latest first.

    The columns of `draft`, name (of who typed it), node, node_name.
    """
    gone = and_(holding.c.person == draft.c.person, holding.c.ends < day, holding.c.post.in_(actor.posts))
    query = (
        select(draft, person.c.name, post.c.area).distinct().join(holding, gone)
        .join(post, post.c.id == holding.c.post).join(person, person.c.id == draft.c.person)
        .where(draft.c.person != actor.person, draft.c.form.like("action/%")).order_by(draft.c.at.desc())
    )  # fmt: skip
    with records.read() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
        nodes = {row.id: row for row in connection.execute(select(node.c.id, node.c.area, node.c.name))} if rows else {}
    about = [(row, nodes.get(int(row["form"].split("/")[1]))) for row in rows]
    return [{**row, "node": it.id, "node_name": it.name} for row, it in about if it is not None and it.area == row["area"]]


def _found(write: Write, form: str) -> Row | None:
    query = select(draft).where(draft.c.person == write.actor.person, draft.c.form == form)
    found = write.connection.execute(query).mappings().one_or_none()
    return dict(found) if found else None
