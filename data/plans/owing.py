"""What hangs on the actions of one area, read for its meeting: reports, stages and evidence that are not done with, measures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import FromClause, Select, and_, case, func, or_, select

from data.plans.outcomes import outcomes_then
from data.plans.past import Past, past
from data.records.records import Records, as_text, frame
from data.records.tables import evidence, milestone, node, person, post, progress


@dataclass(frozen=True, eq=False)
class Owing:
    """Texts in several languages are Json text.

    reports    node, day: the last day for which each action was reported
    stages     id, node, name, share, due, done_on (as the area says): milestones without accepted evidence
    evidence   id, node, milestone, step (the milestone's name), title, brought_at, brought_by (a name), bringer (their
               id), state, judged_at, judged_by (a name), note: of those stages; `state` is awaiting or returned, as it was on the day
    measures   id, node, title, corrective, owner, due: corrective measures that are not taken, of the area's posts and actions
    """

    reports: pl.DataFrame
    stages: pl.DataFrame
    evidence: pl.DataFrame
    measures: pl.DataFrame


def owing(records: Records, plan_id: int, area: str, day: date, *, live: bool = False) -> Owing:
    """All of it from one state of the records, as it stood at the end of a day; `live`: as it stands now."""
    with records.read() as connection:
        then = past(connection, plan_id, None if live else day)
        nodes = then.of(node)
        mine = select(nodes).where(nodes.c.plan == plan_id, nodes.c.area == area).subquery("mine")
        reported = select(progress.c.node, func.max(progress.c.day).label("day")).join(mine, mine.c.id == progress.c.node)
        reports = frame(connection, reported.where(progress.c.day <= then.until).group_by(progress.c.node))
        stages = frame(connection, _stages(then, mine))
        pieces = frame(connection, _evidence(then, mine))
        measures = frame(connection, _measures(then, plan_id, area))
    return Owing(reports, stages, pieces.join(stages.select("id"), left_on="milestone", right_on="id", how="semi"), measures)


def _stages(then: Past, mine: FromClause) -> Select[*tuple[Any, ...]]:
    steps, papers = then.of(milestone), then.of(evidence)
    done = case((steps.c.done_on <= then.until, steps.c.done_on)).label("done_on")
    accepted = select(papers.c.id).where(papers.c.milestone == steps.c.id, papers.c.state == "accepted", papers.c.judged_at < then.after)
    columns = (steps.c.id, steps.c.node, as_text(steps.c.name), steps.c.share, steps.c.due, done)
    query = select(*columns).join(mine, mine.c.id == steps.c.node).where(~accepted.exists())
    return query.order_by(steps.c.due, mine.c.position, steps.c.position)


def _evidence(then: Past, mine: FromClause) -> Select[*tuple[Any, ...]]:
    steps, papers = then.of(milestone), then.of(evidence)
    brought, judged = person.alias("brought"), person.alias("judged")
    state = case((and_(papers.c.state == "returned", papers.c.judged_at < then.after), "returned"), else_="awaiting")
    columns = (
        papers.c.id, steps.c.node, papers.c.milestone, as_text(steps.c.name).label("step"), papers.c.title,
        papers.c.brought_at, brought.c.name.label("brought_by"), papers.c.brought_by.label("bringer"), state.label("state"),
        papers.c.judged_at, judged.c.name.label("judged_by"), papers.c.note,
    )  # fmt: skip
    query = (
        select(*columns).join(steps, steps.c.id == papers.c.milestone).join(mine, mine.c.id == steps.c.node)
        .join(brought, brought.c.id == papers.c.brought_by).outerjoin(judged, judged.c.id == papers.c.judged_by)
    )  # fmt: skip
    return query.where(papers.c.brought_at < then.after).order_by(papers.c.brought_at, papers.c.id)


def _measures(then: Past, plan_id: int, area: str) -> Select[*tuple[Any, ...]]:
    told, nodes = outcomes_then(then), then.of(node)
    columns = (told.c.id, told.c.node, as_text(told.c.title), as_text(told.c.corrective), told.c.owner, told.c.due)
    query = select(*columns).outerjoin(nodes, nodes.c.id == told.c.node).outerjoin(post, post.c.id == told.c.owner)
    owed = or_(post.c.area == area, and_(told.c.owner.is_(None), nodes.c.area == area))
    held = (told.c.plan == plan_id, told.c.corrective.is_not(None), told.c.done_on.is_(None), owed)
    return query.where(*held).order_by(told.c.due, told.c.id)
