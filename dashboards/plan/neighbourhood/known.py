"""What the page knows of a neighbourhood: its actions together, its works, what was decided; once for each state of the records."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards.plan import shown
from dashboards.plan.entries import Row
from dashboards.plan.money import known as money
from dashboards.plan.money import where, works
from dashboards.session import Session
from data.people import Post, posts
from data.places import Place
from data.plans.reading import Plan
from kpis.plans.owed import RUNNING
from kpis.plans.part import Part, by_need, part


@dataclass(frozen=True, eq=False)
class Known:
    """`actions` are those of the neighbourhood, in the order in which somebody should look at them; `works` are those that build something.

    money       the money of the whole plan, and what stands in the way of its works
    owners      every post by its id, with who holds it on the review day
    decisions   about one of the actions, the latest first; so are the outcomes, which are failures and successes
    changes     what each decision changed in the plan, by its id
    changed     the names of the nodes that they changed, by their ids
    """

    district: Place
    part: Part
    actions: pl.DataFrame
    works: pl.DataFrame
    money: money.Known
    owners: dict[int, Post]
    decisions: list[Row]
    outcomes: list[Row]
    changes: dict[int, list[Row]]
    changed: dict[int, Any]

    @property
    def plan(self) -> Plan:
        return self.money.plan

    @property
    def answering(self) -> list[tuple[Post, int, int]]:
        """The posts that own what runs here, how many actions each, and how many of them are late; the latest first."""
        running = self.actions.filter(pl.col("state").is_in(RUNNING))
        every = Counter(running["owner"].drop_nulls().to_list())
        late = Counter(running.filter(pl.col("state") == "late")["owner"].drop_nulls().to_list())
        told = [(self.owners[post], every[post], late[post]) for post in every if post in self.owners]
        return sorted(told, key=lambda each: (-each[2], -each[1]))

    @property
    def failures_first(self) -> list[Row]:
        """What failed and what worked: a failure never stands after a success."""
        return sorted(self.outcomes, key=lambda row: bool(row["succeeded"]))

    @property
    def unowned(self) -> int:
        """How many running actions have nobody to ask."""
        return self.actions.filter(pl.col("state").is_in(RUNNING) & pl.col("owner").is_null()).height


def districts(session: Session, plan: Plan) -> list[Place]:
    """The neighbourhoods of the plan's place, in the order of the places' file."""
    return [place for place in where.districts(session, plan.place).values() if place.id != plan.place]


def of_district(session: Session, plan: Plan, district: Place) -> Known:
    """A neighbourhood on the review day."""
    return _known(session, (shown.key(session), session.key), plan, district, session.review_day, shown.live(session))


def elsewhere(session: Session, plan: Plan) -> int:
    """How many actions that count lie in no neighbourhood: they are for the whole city."""
    inside = set().union(*(within(session, place) for place in districts(session, plan)))
    placed = pl.col("place").is_in(inside).fill_null(value=False)
    return shown.truth_of(session, plan).nodes.filter(pl.col("leaf") & (pl.col("actions") > 0) & ~placed).height


def within(session: Session, district: Place) -> set[str]:
    """The neighbourhood and every place inside it."""
    found, parents = {district.id}, {place.id: place.parent for place in session.definitions.places}
    while more := {place for place, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@st.cache_resource(
    show_spinner=False, max_entries=200, hash_funcs={**shown.BY_HOME, Plan: lambda plan: plan.id, Place: lambda place: place.id}
)
def _known(session: Session, stamp: Hashable, plan: Plan, district: Place, day: date, live: bool) -> Known:  # noqa: ARG001 - what the cache goes by
    inside, everything = within(session, district), money.known(session, plan)
    own = part(everything.truth.nodes.filter(pl.col("place").is_in(inside)))
    told = shown.ledger_of(session, plan)
    decisions, outcomes = ([row for row in rows if row["node_place"] in inside] for rows in (told.decisions, told.outcomes))
    return Known(
        district,
        own,
        by_need(own.actions),
        works.of(works.found(session, everything), district.id),
        everything,
        {post.id: post for post in posts(session.records, day)},
        decisions,
        outcomes,
        told.changes,
        shown.changed(session, plan, told),
    )
