"""What the page is about, read and added up once for each state of the records."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
import streamlit as st

from dashboards.plan import shown
from dashboards.session import Session
from data.plans import lines as records_of_money
from data.plans.reading import Plan
from kpis.plans import spending
from kpis.plans.truth import Truth

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Known:
    """A plan's truth, its budget lines with the amount in force, and what stands in the way of its works (Json text by node).

    `stamp` is the state of the records that it was read from.
    """

    truth: Truth
    lines: pl.DataFrame
    limits: dict[int, str]
    stamp: Hashable = None

    @property
    def plan(self) -> Plan:
        return self.truth.tree.plan

    @cached_property
    def totals(self) -> pl.DataFrame:
        """Everything together, a row for each currency, the one with most lines first."""
        return spending.together(self.lines).sort("lines", descending=True, maintain_order=True)

    @cached_property
    def codes(self) -> list[str]:
        """Every budget code, in the order of its letters."""
        return sorted(self.lines["code"].unique())

    @property
    def has_works(self) -> bool:
        return bool(self.truth.tree.nodes["work"].any())

    @property
    def alone(self) -> str | None:
        """The currency, where all lines have the same."""
        return self.totals["currency"][0] if self.totals.height == 1 else None

    @cached_property
    def by_node(self) -> pl.DataFrame:
        return spending.with_what_is_below(self.truth.nodes, self.lines)

    @cached_property
    def below(self) -> dict[int | None, list[Row]]:
        """The nodes with money directly below each node; at the top of the plan below None."""
        priced = self.truth.nodes.filter(pl.col("id").is_in(self.by_node["node"].implode()))
        return _grouped(priced.select("id", "parent", "name", "leaf"), "parent")

    @cached_property
    def lines_below(self) -> dict[int, list[Row]]:
        """The lines of each node's own."""
        return _grouped(self.lines, "node")

    @cached_property
    def sums_below(self) -> dict[int, list[Row]]:
        """The sums of each node, a row for each currency."""
        return _grouped(self.by_node, "node")

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each node as Json text."""
        return dict(self.truth.nodes.select("id", "name").iter_rows())


def _grouped(found: pl.DataFrame, key: str) -> dict[Any, list[Row]]:
    told: dict[Any, list[Row]] = {}
    for row in found.iter_rows(named=True):
        told.setdefault(row[key], []).append(row)
    return told


def known(session: Session, plan: Plan) -> Known:
    return _known(session, session.records_state, plan, session.review_day, shown.live(session))


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={**shown.BY_HOME, Plan: lambda plan: plan.id})
def _known(session: Session, stamp: Hashable, plan: Plan, day: date, live: bool) -> Known:  # noqa: ARG001 - what the cache goes by
    lines = spending.in_force(records_of_money.lines(session.records, plan.id, shown.until(session)))
    limits = dict(records_of_money.limits(session.records, plan.id, shown.until(session)).iter_rows())
    return Known(shown.truth_of(session, plan), lines, limits, stamp)
