"""What somebody has typed and not sent yet: kept in the records, so that neither a reload nor a restart loses it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor, Object
from data.records.records import Records
from data.records.tables import draft
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


def _found(write: Write, form: str) -> Row | None:
    query = select(draft).where(draft.c.person == write.actor.person, draft.c.form == form)
    found = write.connection.execute(query).mappings().one_or_none()
    return dict(found) if found else None
