"""What came of the promises: successes and failures with their lessons, and results by the four criteria of accountability."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, case, select

from data.access import Actor, Object
from data.plans.document import Words
from data.plans.objects import PLAN, of_node, require_in_plan
from data.plans.past import Past
from data.plans.reasons import without_reason
from data.plans.vocabulary import CRITERIA
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import node, outcome, result
from data.records.writing import Write


@dataclass(frozen=True)
class Outcome:
    """What happened, why, and what was learnt; a failure also says what is done about it, by which post and until when."""

    plan: int
    day: date
    succeeded: bool
    title: Words
    reason: str
    what: Words
    lesson: Words
    node: int | None = None
    corrective: Words | None = None
    owner: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Result:
    """A result of an action by one criterion: what was measured beside what was expected, and from where."""

    node: int
    criterion: str
    name: Words
    measured: float | None = None
    expected: float | None = None
    unit: Words | None = None
    period: str | None = None
    source: Words | None = None
    said: Words | None = None


def record_outcome(records: Records, actor: Actor, told: Outcome, at: datetime | None = None) -> int:
    """Record a success or a failure; returns its id. Raises Refused, NotAllowed, Gone."""
    _require(told)
    with records.write(actor, at) as write:
        write.doing("record_outcome", _about(write, told.node))
        require_in_plan(write, told.node, told.plan)
        return write.insert(outcome, **vars(told))


def close_outcome(records: Records, actor: Actor, outcome_id: int, version: int, done_on: date | None, at: datetime | None = None) -> int:
    """The corrective measure was taken on a day, or with None it was not; returns the new version. Raises Stale, NotAllowed, Gone."""
    with records.write(actor, at) as write:
        write.doing("record_outcome", _about(write, write.row(outcome, outcome_id)["node"]))
        return write.update(outcome, outcome_id, version, done_on=done_on)


def record_result(records: Records, actor: Actor, told: Result, at: datetime | None = None) -> int:
    """Record a result; returns its id. Raises Refused, NotAllowed, Gone."""
    if told.criterion not in CRITERIA:
        values = {"found": told.criterion, "known": ", ".join(CRITERIA)}
        raise Refused([Problem(N_("{found} is no criterion"), N_("write one of: {known}"), values=values)])
    with records.write(actor, at) as write:
        write.doing("record_result", _about(write, told.node))
        return write.insert(result, **vars(told))


def outcomes_then(then: Past) -> Subquery:
    """The outcomes up to a day; a measure that was taken later, or of which somebody said so later, is not taken yet in `done_on`."""
    held = then.of(outcome)
    source = outcome if held is outcome else outcome.outerjoin(held, held.c.id == outcome.c.id)
    late = held.c.id.is_(None)  # written down later, for such a day: it is as it is now
    known = {name: case((late, outcome.c[name]), else_=held.c[name]) for name in ("done_on", "version")}
    known["done_on"] = case((known["done_on"] <= then.until, known["done_on"]))
    columns = (known[column.name].label(column.name) if column.name in known else column for column in outcome.c)
    return select(*columns).select_from(source).where(outcome.c.day <= then.until).subquery("outcomes_then")


def _about(write: Write, node_id: int | None) -> Object:
    return of_node(write.row(node, node_id)) if node_id else PLAN


def _require(told: Outcome) -> None:
    problems = without_reason(told.reason)
    if not (told.title and told.what and told.lesson):
        problems.append(
            Problem(N_("what happened and what was learnt are missing"), N_("write both: a failure without its lesson is only bad news"))
        )
    if not told.succeeded and not (told.corrective and told.owner and told.due):
        problems.append(Problem(N_("a failure needs its corrective measure, an owner and a day"), N_("write all three")))
    if problems:
        raise Refused(problems)
