"""What the page knows of an area: its actions together, what it owes, its posts; computed once for each state of the records."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from dashboards.plan import shown
from dashboards.session import Session
from data.people import Post, posts
from data.plans.owing import owing
from data.plans.reading import Plan
from kpis.plans.care import MANY
from kpis.plans.owed import RUNNING, Owed, owed
from kpis.plans.part import Part, by_need, part


@dataclass(frozen=True, eq=False)
class Known:
    """`actions` are the area's, in the order in which somebody should look at them. `load` counts what runs under each post."""

    area: str
    part: Part
    actions: pl.DataFrame
    owed: Owed
    posts: tuple[Post, ...]
    owners: dict[int, Post]
    load: Counter[int]
    since: date

    @property
    def crowded(self) -> list[Post]:
        """Posts that own more running actions than one can follow."""
        return [post for post in self.posts if self.load[post.id] > MANY]

    @property
    def vacant(self) -> list[Post]:
        """Posts with nobody in them that own something that runs."""
        return [post for post in self.posts if post.holder is None and self.load[post.id]]


def of_area(session: Session, plan: Plan, area: str) -> Known:
    """An area on the review day."""
    return _known(session, shown.key(session), plan, area, session.review_day, _since(session), shown.live(session))


def in_plan(session: Session, plan: Plan) -> list[str]:
    """The areas that have something to do in a plan, in the city's order."""
    owning = set(shown.truth_of(session, plan).nodes.filter("leaf")["area"].drop_nulls())
    return [area for area in session.definitions.area if area in owning]


def _since(session: Session) -> date:
    """The review before: what was reported after it is new."""
    return session.at(session.month.plus(-1)).review_day


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={**shown.BY_HOME, Plan: lambda plan: plan.id})
def _known(session: Session, stamp: Hashable, plan: Plan, area: str, day: date, since: date, live: bool) -> Known:  # noqa: ARG001 - what the cache goes by
    nodes = shown.truth_of(session, plan).nodes
    own = part(nodes.filter(pl.col("area") == area))
    everybody = {post.id: post for post in posts(session.records, day)}
    running = own.actions.filter(pl.col("state").is_in(RUNNING))
    load = Counter(nodes.filter(pl.col("leaf") & pl.col("state").is_in(RUNNING))["owner"].drop_nulls().to_list())
    named = set(running["owner"].drop_nulls())
    held = tuple(post for post in everybody.values() if post.area == area or post.id in named)
    owes = owed(owing(session.records, plan.id, area, day, live=live), own.actions, since, day)
    return Known(area, own, by_need(own.actions), owes, held, everybody, load, since)
