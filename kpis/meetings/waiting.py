"""Why promises and concerns need a decision: a follow-up is overdue, or what somebody raised is not closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.problems import N_
from kpis.meetings.why import Why
from kpis.score import Reason, Said

Row = Mapping[str, Any]

DUE = N_("was due on {due}")
PUT_OFF = N_("was due on {due}, and first promised for {first}")
ITS_DUE = N_("{what}: was due on {due}")
RAISED = {
    "raised": N_("raised on {day}, not answered"),
    "answered": N_("raised on {day}, answered, not decided"),
    "decided": N_("raised on {day}, decided, not closed"),
}
ITS_CONCERN = N_("{title}: raised on {day}, not closed")


def is_open(row: Row) -> bool:
    """Whether a concern, a row of data.meetings.concerns, is not closed."""
    return row["state"] != "closed"


def state_on(row: Row, day: date) -> str:
    """Where a concern that was raised by then stood at the end of a day: what was answered, decided or closed later was not yet."""
    steps = (("closed", "closed_on"), ("decided", "decided_on"), ("answered", "answered_on"))
    return next((state for state, column in steps if row[column] is not None and row[column] <= day), "raised")


def overdue(row: Row, *, alone: bool) -> Why:
    """Why an overdue follow-up needs a decision; `alone` where it is an item of its own, which is called as it is."""
    if not alone:
        reason = Reason(ITS_DUE, {"what": Said(row["what"]), "due": row["due"]})
    elif row["first_due"] < row["due"]:
        reason = Reason(PUT_OFF, {"due": row["due"], "first": row["first_due"]})
    else:
        reason = Reason(DUE, {"due": row["due"]})
    return Why("overdue", reason, (row["due"].toordinal(), row["id"]))


def concern(row: Row, *, alone: bool) -> Why:
    """Why an open concern needs a decision; `alone` as above."""
    if alone:
        reason = Reason(RAISED[row["state"]], {"day": row["raised_on"]})
    else:
        reason = Reason(ITS_CONCERN, {"title": Said(row["title"]), "day": row["raised_on"]})
    return Why("concern", reason, (row["raised_on"].toordinal(), row["id"]))
