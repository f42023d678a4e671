"""What hangs on the actions of one area, read for its meeting: reports, stages and evidence that are not done with, measures."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from data.plans.reading import moment_after
from data.records.records import Records, as_text, frame
from data.records.tables import evidence, milestone, node, outcome, person, post, progress


@dataclass(frozen=True, eq=False)
class Owing:
    """Texts in several languages are Json text.

    reports    node, day: the last day for which each action was reported
    stages     id, node, name, share, due, done_on (as the area says): milestones without accepted evidence
    evidence   id, node, milestone, step (the milestone's name), title, brought_at, brought_by (a name), state, judged_at, judged_by
               (a name), note: of those stages; `state` is awaiting or returned, as it was on the day
    measures   id, node, title, corrective, owner, due: corrective measures that are not taken, of the area's posts and actions
    """

    reports: pl.DataFrame
    stages: pl.DataFrame
    evidence: pl.DataFrame
    measures: pl.DataFrame


def owing(records: Records, plan_id: int, area: str, day: date, *, live: bool = False) -> Owing:
    """All of it from one state of the records, as it stood at the end of a day; `live`: as it stands now."""
    mine = and_(node.c.plan == plan_id, node.c.area == area)
    until, after = (date.max, datetime.max.replace(tzinfo=UTC)) if live else (day, moment_after(day))
    with records.read() as connection:
        reported = select(progress.c.node, func.max(progress.c.day).label("day")).join(node, node.c.id == progress.c.node)
        reports = frame(connection, reported.where(mine, progress.c.day <= until).group_by(progress.c.node))
        stages = frame(connection, _stages(mine, until, after))
        pieces = frame(connection, _evidence(mine, after))
        measures = frame(connection, _measures(plan_id, area, until))
    return Owing(reports, stages, pieces.join(stages.select("id"), left_on="milestone", right_on="id", how="semi"), measures)


def _stages(mine: ColumnElement[bool], until: date, after: datetime) -> Select[*tuple[Any, ...]]:
    done = case((milestone.c.done_on <= until, milestone.c.done_on)).label("done_on")
    accepted = select(evidence.c.id).where(
        evidence.c.milestone == milestone.c.id, evidence.c.state == "accepted", evidence.c.judged_at < after
    )
    columns = (milestone.c.id, milestone.c.node, as_text(milestone.c.name), milestone.c.share, milestone.c.due, done)
    query = select(*columns).join(node, node.c.id == milestone.c.node).where(mine, ~accepted.exists())
    return query.order_by(milestone.c.due, node.c.position, milestone.c.position)


def _evidence(mine: ColumnElement[bool], after: datetime) -> Select[*tuple[Any, ...]]:
    brought, judged = person.alias("brought"), person.alias("judged")
    then = case((and_(evidence.c.state == "returned", evidence.c.judged_at < after), "returned"), else_="awaiting")
    columns = (
        evidence.c.id, milestone.c.node, evidence.c.milestone, as_text(milestone.c.name).label("step"), evidence.c.title,
        evidence.c.brought_at, brought.c.name.label("brought_by"), then.label("state"), evidence.c.judged_at,
        judged.c.name.label("judged_by"), evidence.c.note,
    )  # fmt: skip
    query = (
        select(*columns).join(milestone, milestone.c.id == evidence.c.milestone).join(node, node.c.id == milestone.c.node)
        .join(brought, brought.c.id == evidence.c.brought_by).outerjoin(judged, judged.c.id == evidence.c.judged_by)
    )  # fmt: skip
    return query.where(mine, evidence.c.brought_at < after).order_by(evidence.c.brought_at, evidence.c.id)


def _measures(plan_id: int, area: str, until: date) -> Select[*tuple[Any, ...]]:
    open_then = or_(outcome.c.done_on.is_(None), outcome.c.done_on > until)
    columns = (outcome.c.id, outcome.c.node, as_text(outcome.c.title), as_text(outcome.c.corrective), outcome.c.owner, outcome.c.due)
    query = select(*columns).outerjoin(node, node.c.id == outcome.c.node).outerjoin(post, post.c.id == outcome.c.owner)
    owed = or_(post.c.area == area, and_(outcome.c.owner.is_(None), node.c.area == area))
    held = (outcome.c.plan == plan_id, outcome.c.day <= until, outcome.c.corrective.is_not(None), open_then, owed)
    return query.where(*held).order_by(outcome.c.due, outcome.c.id)
