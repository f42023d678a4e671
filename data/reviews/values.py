"""Values that areas owe to a review: typed, sent, sent back with a question, validated; publishing.py makes facts of them.

The area of a value is the one that answers for its indicator.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from data.access import Actor, Object
from data.definitions import Definitions
from data.periods import Month
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import person, review, sent_value
from data.records.trail import at_versions
from data.records.writing import Row, Stale, Write
from data.reviews.checking import Typed, completed, problems

Seen = Mapping[int, int]
"""Values by their id, each with the version that was seen."""
Key = tuple[str, str, str, date]
"""Place, indicator, segment, last day of the period."""
SEGMENTED = ("place", "indicator", "segment", "period")
TYPED = ("value", "numerator", "denominator", "said")
"""The columns that people fill."""
NEW = 0
"""The version of a value that nobody has typed yet."""


def type_values(
    records: Records, actor: Actor, definitions: Definitions, review_id: int, values: Sequence[Typed], at: datetime | None = None
) -> dict[int, int]:
    """Keep what an area types as drafts, all of it or nothing; returns the version of each by its id.

    A value that was sent, sent back or published is a draft again; one that has both its parts is computed from them.
    Raises Refused (what is wrong with each, the review is closed, the value is validated), NotAllowed, Stale.
    """
    with records.write(actor, at) as write:
        month = require_open(write, review_id)
        if found := problems(values, definitions, month):
            raise Refused(found)
        held = {_key(row): row for row in _rows(write.connection, review_id)}
        return dict(_type(write, definitions, review_id, completed(value, definitions), held.get(value.key)) for value in values)


def send(
    records: Records, actor: Actor, definitions: Definitions, review_id: int, seen: Seen, at: datetime | None = None
) -> dict[int, int]:
    """Hand drafts, and what was sent back, to the data office; returns the new versions. Raises Refused, NotAllowed, Stale, Gone."""
    return _move(records, actor, review_id, seen, at, _area(definitions), ("draft", "returned"), {"state": "sent"})


def send_back(records: Records, actor: Actor, review_id: int, seen: Seen, question: str, at: datetime | None = None) -> dict[int, int]:
    """The data office asks about values, which their areas then owe again; returns the new versions. Raises as `send` does."""
    if not question.strip():
        raise Refused([Problem(N_("the question is empty"), N_("write what the area should look at"), column="question")])
    return _move(records, actor, review_id, seen, at, _office, ("sent", "validated"), {"state": "returned", "question": question.strip()})


def validate(records: Records, actor: Actor, review_id: int, seen: Seen, at: datetime | None = None) -> dict[int, int]:
    """The data office finds values right; returns the new versions. Raises as `send` does."""
    return _move(records, actor, review_id, seen, at, _office, ("sent",), {"state": "validated", "question": None})


def withdraw(
    records: Records, actor: Actor, definitions: Definitions, review_id: int, seen: Seen, at: datetime | None = None
) -> dict[int, int]:
    """Take back the last step: what was sent is a draft again, and what was validated only sent; a draft goes.

    Returns the new versions of those that stay. Raises as `send` does.
    """
    with records.write(actor, at) as write:
        require_open(write, review_id)
        return {value: done for value, version in seen.items() if (done := _take_back(write, definitions, review_id, value, version))}


def sent(records: Records, review_id: int) -> list[Mapping[str, Any]]:
    """All values of a review: the columns of `sent_value`, and the names of people as typed_by_name and judged_by_name."""
    typed, judged = person.alias(), person.alias()
    query = (
        select(sent_value, typed.c.name.label("typed_by_name"), judged.c.name.label("judged_by_name"))
        .join(typed, typed.c.id == sent_value.c.typed_by).outerjoin(judged, judged.c.id == sent_value.c.judged_by)
        .where(sent_value.c.review == review_id).order_by(*(sent_value.c[name] for name in SEGMENTED))
    )  # fmt: skip
    with records.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def as_it_was(records: Records, versions: Mapping[int, int]) -> dict[int, Mapping[str, Any]]:
    """What was typed of values at a version (TYPED), by id; without those that never had it."""
    known = at_versions(records, sent_value.name, versions)
    return {row: {name: was[name] for name in TYPED} for row, was in known.items()}


def about(definitions: Definitions, indicator: str) -> Object:
    """What data.access is asked of a value; of an indicator that is gone no area answers any more."""
    known = definitions.indicator.get(indicator)
    return Object("sent_value", known.owner if known else None)


def require_open(write: Write, review_id: int) -> Month:
    """The month of a review that is open. Raises Refused where it is closed, and Gone."""
    found = write.row(review, review_id)
    if found["state"] == "closed":
        hint = N_("the data office can open it again with a reason; a file can be loaded at any time")
        raise Refused([Problem(N_("the review of {month} is closed"), hint, values={"month": found["month"]})])
    return Month.parse(found["month"])


def _type(write: Write, definitions: Definitions, review_id: int, wanted: Typed, held: Row | None) -> tuple[int, int]:
    write.doing("type_value", about(definitions, wanted.indicator))
    said = {name: getattr(wanted, name) for name in TYPED}
    changes = {**said, "state": "draft", "typed_by": write.actor.person, "typed_at": write.at, "judged_by": None, "judged_at": None}
    if held is None:
        if wanted.version != NEW:
            hint = N_("look at it as it stands now, and type it again")
            raise Refused([Problem(N_("somebody took this value away meanwhile"), hint, key=wanted.indicator)])
        key = dict(zip(SEGMENTED, wanted.key, strict=True))
        return write.insert(sent_value, review=review_id, **key, **changes), 1
    if held["version"] != wanted.version:
        raise Stale(sent_value.name, held, said)
    if held["state"] == "validated":
        hint = N_("ask the data office to take its word back, or to send it back to you")
        raise Refused([Problem(N_("the data office has validated this value"), hint, key=wanted.indicator)])
    return held["id"], write.update(sent_value, held["id"], wanted.version, **changes, load=None)


def _move(
    records: Records, actor: Actor, review_id: int, seen: Seen, at: datetime | None, asks: Callable[[Row], tuple[str, Object]],
    before: tuple[str, ...], changes: dict[str, Any],
) -> dict[int, int]:  # fmt: skip
    """`asks` says what is asked of data.access for a row, and `before` in which states it may be."""
    moved: dict[int, int] = {}
    with records.write(actor, at) as write:
        require_open(write, review_id)
        for value, version in seen.items():
            row = _seen(write, review_id, value, version)
            action, thing = asks(row)
            write.doing(action, thing)
            _require_state(row, before)
            judged = {"judged_by": actor.person, "judged_at": write.at} if action == "validate_value" else {}
            moved[value] = write.update(sent_value, value, version, **changes, **judged)
    return moved


def _take_back(write: Write, definitions: Definitions, review_id: int, value: int, version: int) -> int | None:
    row = _seen(write, review_id, value, version)
    if row["state"] == "validated":
        write.doing(*_office(row))
        _require_state(row, ("validated",))
        return write.update(sent_value, value, version, state="sent", judged_by=None, judged_at=None)
    write.doing(*_area(definitions)(row))
    _require_state(row, ("draft", "returned", "sent"))
    if row["state"] == "sent":
        return write.update(sent_value, value, version, state="draft")
    write.delete(sent_value, value, version)
    return None


def _seen(write: Write, review_id: int, value: int, version: int) -> Row:
    """Raises Gone, Stale, and Refused where the value is of another review, which may be closed."""
    row = write.row(sent_value, value)
    if row["review"] != review_id:
        raise Refused([Problem(N_("this value is of another review"), N_("go to the month that it is of"), key=row["indicator"])])
    if row["version"] != version:
        raise Stale(sent_value.name, row, {})
    return row


def _require_state(row: Row, before: tuple[str, ...]) -> None:
    if row["publishing"]:
        hint = N_("publish once more: that finishes what was begun")
        raise Refused([Problem(N_("the value is being published"), hint, key=row["indicator"])])
    if row["state"] not in before:
        hint = N_("look at it as it stands now")
        raise Refused([Problem(N_("this cannot be done with the value as it stands"), hint, key=row["indicator"])])


def _area(definitions: Definitions) -> Callable[[Row], tuple[str, Object]]:
    return lambda row: ("type_value", about(definitions, row["indicator"]))


def _office(_row: Row) -> tuple[str, Object]:
    return "validate_value", Object("sent_value")


def _rows(connection: Connection, review_id: int) -> list[Row]:
    return [dict(row) for row in connection.execute(select(sent_value).where(sent_value.c.review == review_id)).mappings()]


def _key(row: Mapping[str, Any]) -> Key:
    return row["place"], row["indicator"], row["segment"], row["period"]
