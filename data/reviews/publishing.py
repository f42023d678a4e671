"""Validated values become facts: one load, like that of any file, and then each of them says which.

First the records say which load is being made of which values, then the facts take it, and at last the records say that it is done.
Wherever that stops, nothing can change those values meanwhile, and the next publication finishes it: a load that the facts hold is not made
twice.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import select

from data import facts
from data.access import Actor, Object
from data.definitions import Definitions
from data.home import Home
from data.loads import ROWS, NewLoad, apply
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import review, sent_value
from data.records.writing import Row
from data.reviews.values import require_open

VALUE = Object("sent_value")
NOTHING = N_("no value of this review is validated and waits to be published")


@dataclass(frozen=True)
class Published:
    """The number of the load, and how many values it holds: new ones, the same as before, and others than before."""

    load: int
    values: int
    new: int
    unchanged: int
    revised: int


def publish(
    home: Home, records: Records, actor: Actor, definitions: Definitions, review_id: int, at: datetime | None = None
) -> list[Published]:
    """Make one load of all that is validated, after what an earlier publication left undone, which comes first where there is any.

    Raises Refused (nothing is validated, the review is closed, an indicator is gone), NotAllowed, and NotPossibleNow where somebody else is
    loading or there is no room; what was begun is then finished by the next call.
    """
    left = [_finish(home, records, actor, definitions, review_id, load, at) for load in stopped(records, review_id)]
    load = _begin(records, actor, definitions, review_id, at, needed=not left)
    done = [*left, _finish(home, records, actor, definitions, review_id, load, at)] if load else left
    return [each for each in done if each is not None]


def stopped(records: Records, review_id: int) -> list[str]:
    """The ids of loads that were begun and not recorded as done."""
    query = select(sent_value.c.publishing).where(sent_value.c.review == review_id, sent_value.c.publishing.is_not(None)).distinct()
    with records.read() as connection:
        return sorted(connection.execute(query).scalars().all())


def _begin(records: Records, actor: Actor, definitions: Definitions, review_id: int, at: datetime | None, *, needed: bool) -> str | None:
    """The id of the load that is to be made; None where there is nothing to load and nothing was `needed`."""
    with records.write(actor, at) as write:
        require_open(write, review_id)
        write.doing("validate_value", VALUE)
        query = select(sent_value).where(sent_value.c.review == review_id, sent_value.c.state == "validated")
        rows = [dict(row) for row in write.connection.execute(query.order_by(sent_value.c.id)).mappings()]
        if not rows and needed:
            raise Refused([Problem(NOTHING, N_("validate the values that areas have sent"))])
        _require_known(rows, definitions)
        load = _id(rows)
        for row in rows:
            write.update(sent_value, row["id"], row["version"], publishing=load)
    return load if rows else None


def _finish(
    home: Home, records: Records, actor: Actor, definitions: Definitions, review_id: int, load: str, at: datetime | None
) -> Published | None:
    """None where somebody else finished it meanwhile."""
    with records.read() as connection:
        told = connection.execute(select(review.c.place, review.c.month).where(review.c.id == review_id)).one()
        query = select(sent_value).where(sent_value.c.review == review_id, sent_value.c.publishing == load)
        rows = [dict(row) for row in connection.execute(query.order_by(sent_value.c.id)).mappings()]
    if not rows:
        return None
    source, file, demo = f"review {told.month}", f"review-{told.place}-{told.month}", definitions.city.demo
    new = NewLoad(load, source, (file,), actor.name, _today(at), len(rows), demo)
    try:
        outcome = apply(home, definitions, [(new, _frame(rows))])[0]
    except Refused:
        _release(records, actor, review_id, load, at)
        raise
    held = facts.current(home)
    assert held is not None
    number = next(each.number for each in held.loads() if each.id == load)
    _mark(records, actor, review_id, load, at, {"state": "published", "load": number})
    return Published(number, len(rows), outcome.new, outcome.unchanged, outcome.revised)


def _release(records: Records, actor: Actor, review_id: int, load: str, at: datetime | None) -> None:
    """The facts do not take it, so it is only validated again."""
    _mark(records, actor, review_id, load, at, {})


def _mark(records: Records, actor: Actor, review_id: int, load: str, at: datetime | None, changes: dict[str, Any]) -> None:
    with records.write(actor, at) as write:
        write.doing("validate_value", VALUE)
        query = select(sent_value.c.id, sent_value.c.version)
        rows = write.connection.execute(query.where(sent_value.c.review == review_id, sent_value.c.publishing == load)).all()
        for value, version in rows:
            write.update(sent_value, value, version, publishing=None, **changes)


def _require_known(rows: Sequence[Row], definitions: Definitions) -> None:
    gone = [row["indicator"] for row in rows if row["indicator"] not in definitions.indicator]
    gone += [row["place"] for row in rows if row["place"] not in definitions.place]
    if gone:
        hint = N_("define it again, or send its values back")
        raise Refused([Problem(N_("{name} is defined no more"), hint, key=name, values={"name": name}) for name in dict.fromkeys(gone)])


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    """What the facts take: a value that there is not keeps its reason."""
    told = [{**row, "flag": row["said"] if row["value"] is None else None} for row in rows]
    return pl.DataFrame([{name: row[name] for name in ROWS} for row in told], schema=ROWS)


def _id(rows: Sequence[Row]) -> str:
    """Another one whenever anything in the values is another, and for the same ones typed and validated again."""
    told = [["review", *(str(row[name]) for name in ("review", "id", "version", *ROWS) if name in row)] for row in rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _today(at: datetime | None) -> date:
    return (at or datetime.now(UTC)).date()
