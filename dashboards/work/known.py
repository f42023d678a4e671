"""What the page knows: which month is reviewed, where its review stands today, and what everybody owes by it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards import scores
from dashboards.goal_review.known import texts
from dashboards.meetings import clock
from dashboards.offered import choosable
from dashboards.plan import shown
from dashboards.session import Session
from dashboards.work.values import known as values
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.periods import Month
from data.plans.owing import owing
from data.plans.reading import Plan, plans
from data.reviews.reviews import review_of
from kpis.plans.owed import owed
from kpis.reviews.cycle import Phase, phases
from kpis.reviews.owed import Duty, by_day, of_concerns, of_follow_ups, of_goals, of_plan, of_values


@dataclass(frozen=True)
class Known:
    """`day` is the one that everything is measured on; `review` is None where the office has not opened it.

    `duties` are everybody's, by date; of an older month whose review is over there are none.
    """

    month: Month
    day: date
    phases: list[Phase]
    review: Mapping[str, Any] | None
    duties: list[Duty]

    @property
    def over(self) -> bool:
        """Whether the last day of the review has passed."""
        return self.day > self.phases[-1].last

    @property
    def closed(self) -> bool:
        return self.review is not None and self.review["state"] == "closed"


def known(session: Session) -> Known:
    """Read for this run: what hangs on the plans is kept for each state of the records."""
    day = clock.today(session)
    month = reviewed(session, day)
    steps = phases(month, session.definitions.city.cycle)
    found = Known(month, day, steps, review_of(session.records, session.place, month), [])
    if found.over and not session.newest:
        return found
    every = [*_values(session, found), *_texts(session, found), *_duties(session, session.records_state, session.place, month, day)]
    return Known(month, day, steps, found.review, by_day(every))


def reviewed(session: Session, day: date) -> Month:
    """The month whose review the page is about: the one that is looked at.

    Who looks at the newest month is shown the one that ended last where that is the next, whose figures are only being collected,
    or the one before, where the newest has only begun.
    """
    ended = Month.of(day).plus(-1)
    near = ended in (session.month.plus(1), session.month.plus(-1))
    return ended if session.newest and near else session.month


def _values(session: Session, found: Known) -> list[Duty]:
    """They are asked for as long as the review is open."""
    if found.review is None or found.closed:
        return []
    names = {indicator.id: indicator.name for indicator in session.definitions.indicators}
    return of_values(values.of(session, found.review).owed, names)


def _texts(session: Session, found: Known) -> list[Duty]:
    """Analyses and risks of goals, as long as the review is open."""
    if found.review is None or found.closed or session.held is None:
        return []
    at = session if session.month == found.month else session.at(found.month)
    written = texts(at)
    analysed, weighed = (written.written(kind, at.month) for kind in ("analysis", "risk"))
    return of_goals(scores.judged(at), analysed, weighed, found.phases, found.day)


@st.cache_resource(show_spinner=False, max_entries=20, hash_funcs={**shown.BY_HOME, Month: str})
def _duties(session: Session, stamp: Hashable, place: str, month: Month, day: date) -> list[Duty]:  # noqa: ARG001 - what the cache goes by
    steps = phases(month, session.definitions.city.cycle)
    asked = of_follow_ups(follow_ups(session.records, place), steps[-1].last)
    worries = of_concerns(concerns(session.records, place), steps)
    return [*_of_plans(session, place, month, day), *asked, *worries]


def _of_plans(session: Session, place: str, month: Month, day: date) -> list[Duty]:
    """Of every plan where it is the city's review, of the place's own where it is a district's; as they stand now."""
    whole = place == session.definitions.city.place
    return [
        duty for plan in plans(session.records) if whole or plan.place == place for duty in _of_plan(session, plan, month, day)
    ]  # fmt: skip


def _of_plan(session: Session, plan: Plan, month: Month, day: date) -> list[Duty]:
    nodes = shown.truth_of(newest(session), plan).nodes
    since = session.at(month.plus(-1)).review_day
    steps = phases(month, session.definitions.city.cycle)
    found: list[Duty] = []
    for area in nodes.filter("leaf")["area"].drop_nulls().unique(maintain_order=True):
        own = nodes.filter(pl.col("area") == area)
        owes = owed(owing(session.records, plan.id, area, day, live=True), own, since, day)
        found += of_plan(owes, own, area, steps)
    return found


def newest(session: Session) -> Session:
    """The same in the newest month, in which what is written down counts at once."""
    return session.at(choosable(session.held, session.definitions, session.place)[0])
