"""Opening a closed month again: with a reason, and its snapshot stays."""

from datetime import datetime

from data.access import Actor
from data.periods import Month
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import review, snapshot
from data.reviews.reviews import REVIEW
from data.snapshots.frozen import in_force


def reopen(records: Records, actor: Actor, place: str, month: Month, why: str, at: datetime | None = None) -> int:
    """Open a month again; returns the id of its snapshot, which stays beside the reason. `at` is now, unless an older history is written.

    Raises Refused without a reason, or where the month is not closed, NotAllowed, and Stale where somebody reopened it meanwhile.
    """
    if not why.strip():
        raise Refused([Problem(N_("a month is opened again for a reason"), N_("say why"), key="--why")])
    found = in_force(records, place, month)
    if found is None:
        raise Refused([Problem(N_("{month} is not closed"), N_("close it first, or choose another month"), values={"month": month})])
    with records.write(actor, at) as write:
        write.doing("keep_review", REVIEW)
        write.update(snapshot, found["id"], found["version"], reopened_at=write.at, reopened_by=actor.person, reopened_why=why.strip())
        held = write.row(review, found["review"])
        write.update(review, held["id"], held["version"], state="open")
    return found["id"]
