"""An assessment from the day it is planned to the day it is done or dropped, with its reason.

It is done only with something to show: a criterion that was judged on evidence, what went otherwise than planned, what was learnt,
and what should follow, with why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from data.access import Actor, Object
from data.assessments.policies import about
from data.assessments.vocabulary import JUDGES, MOMENTS, OPEN, RECOMMENDATIONS
from data.plans.document import Words
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import assessment, assessment_score, policy
from data.records.writing import Row, Write

WRITTEN = (
    "due", "judge", "judge_name", "method", "deviations", "lesson", "recommendation", "why", "study", "appraisal", "next_due",
)  # fmt: skip
"""Columns that are written while it is planned or under way."""


@dataclass(frozen=True)
class Planned:
    """Which assessment of a policy is made by when and by whom; `study` and `appraisal` name files of the home, by their ids."""

    policy: int
    moment: str
    due: date
    judge: str = "own"
    judge_name: Words | None = None
    method: Words | None = None
    study: str | None = None
    appraisal: str | None = None


def plan_assessment(records: Records, actor: Actor, told: Planned, at: datetime | None = None) -> int:
    """Write down that an assessment is due; returns its id. Raises Refused, NotAllowed, Gone."""
    _require(_one_of(told.moment, MOMENTS, "moment"), _one_of(told.judge, JUDGES, "judge"))
    with records.write(actor, at) as write:
        write.doing("keep_assessment", about(write.row(policy, told.policy)))
        return write.insert(assessment, **vars(told), state="planned")


def begin(records: Records, actor: Actor, assessment_id: int, version: int, at: datetime | None = None) -> int:
    """It is under way; returns the new version. Raises Refused where it was further already, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        _open(write, assessment_id, version, ("planned",))
        return write.update(assessment, assessment_id, version, state="under_way")


def write_assessment(records: Records, actor: Actor, assessment_id: int, version: int, at: datetime | None = None, **changes: Any) -> int:
    """Change what is written of it (WRITTEN); returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    _require_written(changes)
    with records.write(actor, at) as write:
        _open(write, assessment_id, version, OPEN)
        return write.update(assessment, assessment_id, version, **changes)


def finish(
    records: Records, actor: Actor, assessment_id: int, version: int, done_on: date, at: datetime | None = None, **changes: Any
) -> int:
    """It is done, on a day, with the last that is written of it (WRITTEN); returns the new version.

    Raises Refused with everything that is missing, NotAllowed, Stale, Gone.
    """
    _require_written(changes)
    with records.write(actor, at) as write:
        row = _open(write, assessment_id, version, OPEN)
        if row["version"] == version:
            _require(_missing(write, {**row, **changes}), _to_come(write, done_on))
        return write.update(assessment, assessment_id, version, state="done", done_on=done_on, **changes)


def drop(records: Records, actor: Actor, assessment_id: int, version: int, why: str, at: datetime | None = None) -> int:
    """Nobody makes it any more, with the reason; returns the new version. Raises Refused, NotAllowed, Stale, Gone."""
    if not why.strip():
        raise Refused([Problem(N_("an assessment is dropped with a reason"), N_("write it"), column="dropped")])
    with records.write(actor, at) as write:
        _open(write, assessment_id, version, OPEN)
        return write.update(assessment, assessment_id, version, state="dropped", dropped=why.strip())


def open_again(records: Records, actor: Actor, assessment_id: int, version: int, at: datetime | None = None) -> int:
    """It was not done or dropped after all; returns the new version. Raises Refused where it is open, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        _open(write, assessment_id, version, ("done", "dropped"))
        return write.update(assessment, assessment_id, version, state="under_way", done_on=None, dropped=None)


def policy_of(write: Write, row: Mapping[str, Any]) -> Object:
    """What data.access is asked of an assessment: it is about the policy's area."""
    return about(write.row(policy, row["policy"]))


def _open(write: Write, assessment_id: int, version: int, states: tuple[str, ...]) -> Row:
    """The row, after it was asked whether this person may. Whoever was slower than somebody else is told that first."""
    row = write.row(assessment, assessment_id)
    write.doing("keep_assessment", policy_of(write, row))
    if row["version"] == version and row["state"] not in states:
        raise Refused([Problem(N_("this assessment is further than that already, or not that far"), N_("look at it as it stands now"))])
    return row


def _require_written(changes: Mapping[str, Any]) -> None:
    """Raises ValueError for another column, Refused for a word that is none of theirs."""
    if not set(changes) <= set(WRITTEN):
        raise ValueError(f"not written of an assessment: {sorted(set(changes) - set(WRITTEN))}")
    recommended = changes.get("recommendation")
    _require(
        _one_of(changes.get("judge", JUDGES[0]), JUDGES, "judge"),
        _one_of(recommended, RECOMMENDATIONS, "recommendation") if recommended else iter(()),
    )


def _missing(write: Write, row: Row) -> Iterator[Problem]:
    if not _judged(write, row["id"]):
        hint = N_("give one criterion its score, and the link or the figure that shows it")
        yield Problem(N_("no criterion is judged on something that shows it"), hint, column="criterion")
    if row["judge"] != "own" and not row["judge_name"]:
        yield Problem(N_("it does not say who judged"), N_("write their name"), column="judge_name")
    if row["moment"] != "ex_ante" and not row["deviations"]:  # before it begins nothing can have gone otherwise
        hint = N_("write what went otherwise and why, or that nothing did")
        yield Problem(N_("it does not say what went otherwise than planned"), hint, column="deviations")
    if not row["lesson"]:
        yield Problem(N_("it does not say what was learnt"), N_("write it in one sentence"), column="lesson")
    if not (row["recommendation"] and row["why"]):
        hint = N_("say whether to go on, adjust or stop, and why")
        yield Problem(N_("it recommends nothing, or does not say why"), hint, column="recommendation")


def _judged(write: Write, assessment_id: int) -> bool:
    shown = or_(assessment_score.c.link.is_not(None), assessment_score.c.indicator.is_not(None))
    judged = select(assessment_score.c.id).where(assessment_score.c.assessment == assessment_id, assessment_score.c.score.is_not(None))
    return write.connection.execute(judged.where(shown)).first() is not None


def _to_come(write: Write, day: date) -> Iterator[Problem]:
    if day > write.at.astimezone().date():
        yield Problem(N_("it was done on {day}, which is to come"), N_("correct the day"), column="done_on", values={"day": day})


def _one_of(found: str, known: tuple[str, ...], name: str) -> Iterator[Problem]:
    if found not in known:
        values = {"found": found, "name": name, "known": ", ".join(known)}
        yield Problem(N_("{found} is no {name}"), N_("write one of: {known}"), column=name, values=values)


def _require(*found: Iterator[Problem]) -> None:
    if problems := [problem for each in found for problem in each]:
        raise Refused(problems)
