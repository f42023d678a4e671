"""The risk of a goal in a review: what could keep it from its target, how likely, and what is done about it, by whom, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.access import Actor, Object
from data.periods import Month
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import post, review, risk
from data.records.writing import Write
from data.reviews import of_goals
from data.reviews.vocabulary import LIKELIHOODS


@dataclass(frozen=True)
class Risk:
    """`likelihood` is one of LIKELIHOODS. What is done about it (`measure`), by which post (`owner`) and until when go together."""

    said: str
    likelihood: str | None
    measure: str | None = None
    owner: int | None = None
    due: date | None = None


def weigh_risk(
    records: Records, actor: Actor, review_id: int, goal: str, area: str | None, version: int, told: Risk, at: datetime | None = None
) -> int:
    """Keep what is said of the risk, on the version that was seen (of_goals.NEW: there was none); returns the new version.

    Raises Refused (something is not said, the day is over, the review is closed), NotAllowed, Stale, Gone.
    """
    with records.write(actor, at) as write:
        write.doing("weigh_risk", Object("risk", area))
        _require_whole(write, review_id, told)
        measure = (told.measure or "").strip() or None
        said = {**vars(told), "said": told.said.strip(), "measure": measure}
        return of_goals.keep(write, risk, review_id, goal, version, area=area, **said)


def risks(records: Records, place: str, until: Month) -> list[Mapping[str, Any]]:
    """Those of a place up to a month, the newest month first: the columns of `risk`, its `month`, and who wrote it as `name`."""
    return of_goals.rows(records, risk, place, until)


def _require_whole(write: Write, review_id: int, told: Risk) -> None:
    """Raises Refused with everything that is missing."""
    done = {"measure": (told.measure or "").strip(), "owner": told.owner, "due": told.due}
    found = [Problem(N_("it does not say what could keep the target from being met"), N_("write it"), column="said")]
    found = [] if told.said.strip() else found
    if told.likelihood not in LIKELIHOODS:
        message, hint = N_("it does not say how likely that is"), N_("choose unlikely, possible or likely")
        found.append(Problem(message, hint, column="likelihood"))
    if any(done.values()) and not all(done.values()):
        hint = N_("say all three, or none where nothing is done about it")
        found.append(Problem(N_("what is done about it, by whom and until when belong together"), hint, column="measure"))
    month = Month.parse(write.row(review, review_id)["month"])
    if told.due and told.due <= month.last:
        values = {"day": told.due, "month": str(month)}
        message = N_("{day} is not after the month that is reviewed, {month}")
        found.append(Problem(message, N_("choose a day to come"), column="due", values=values))
    if found:
        raise Refused(found)
    if told.owner is not None:
        write.row(post, told.owner)
