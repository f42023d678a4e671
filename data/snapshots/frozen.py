"""Which months are closed, and the home in which each is as it was."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from data.home import Home
from data.periods import Month
from data.problems import NotPossibleNow
from data.records.records import Records
from data.records.tables import person, review, snapshot
from data.reviews.reviews import review_of
from data.snapshots.contents import folder_of

Row = Mapping[str, Any]
AS_SHOWN = (
    select(snapshot, review.c.place, review.c.month, review.c.state, person.c.name.label("by"))
    .join(review, review.c.id == snapshot.c.review)
    .join(person, person.c.id == snapshot.c.person)
    .order_by(snapshot.c.at.desc(), snapshot.c.id.desc())
)


def snapshots(records: Records, place: str) -> list[Row]:
    """Every snapshot of a place, the newest first: the columns of `snapshot`, and place, month, state of its review, `by` its name."""
    with records.read() as connection:
        return [dict(row) for row in connection.execute(AS_SHOWN.where(review.c.place == place)).mappings()]


def in_force(records: Records, place: str, month: Month) -> Row | None:
    """The snapshot of a month that is closed, as `snapshots` gives it; None where it is open."""
    asked = AS_SHOWN.where(
        review.c.place == place, review.c.month == str(month), review.c.state == "closed", snapshot.c.reopened_at.is_(None)
    )
    with records.read() as connection:
        found = connection.execute(asked).mappings().first()
    return dict(found) if found else None


def shown_by(records: Records, places: Sequence[str], month: Month) -> Row | None:
    """The snapshot by which a place shows a month, as `in_force` gives it: its own, or that of what it lies in.

    `places` are the place and then what it lies in, the nearest first. A closed month holds the figures of every district and all records,
    so a district that holds no review of its own for the month shows it as its city closed it; one that does goes by its own review.
    """
    for place in places:
        if review_of(records, place, month) is not None:
            return in_force(records, place, month)
    return None


@lru_cache(maxsize=256)
def shown_at(records: Records, state: str, places: tuple[str, ...], month: Month) -> Row | None:  # noqa: ARG001 - what is kept goes by it
    """The same for whoever knows the state of the records already: asked once for each, because every page asks on every run."""
    return shown_by(records, places, month)


def home_of(home: Home, row: Row) -> Home:
    """The home of a snapshot. Raises NotPossibleNow where it is gone."""
    found = Home(folder_of(home) / row["folder"])
    if not found.frozen:
        raise NotPossibleNow("the closed month {folder} is gone from the store: bring it back from a backup", folder=row["folder"])
    return found


def frozen(home: Home, records: Records, place: str, month: Month) -> Home | None:
    """The home of the snapshot in force; None where the month is open. Raises NotPossibleNow where its folder is gone."""
    row = in_force(records, place, month)
    return None if row is None else home_of(home, row)
