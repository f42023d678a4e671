"""Why actions of a plan need a decision: money ahead of work, a stage missed, or no report for too long."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.plans.lagging import Lagging
from data.problems import N_
from data.records.columns import told
from kpis.meetings.why import Why
from kpis.plans import spending
from kpis.plans.owed import RUNNING
from kpis.plans.truth import Truth
from kpis.score import Reason, Said, Share

LEAD = 5
"""Percentage points by which the paid share of a budget runs ahead of proved work before anybody is asked why, as on the page Budget."""
SILENT = 90
"""Days without a report after which an action is too long silent: three monthly reviews."""

SPENT = N_("{paid} of the budget is paid, and {proved} of the work is proved")
MISSED = N_("{stage} was due on {due}")
SEVERAL = N_("{stage} was due on {due}, the last of {n} that were missed")
LAST = N_("last reported on {day}")
NEVER = N_("never reported, and begun on {day}")

Row = dict[str, Any]


def worries(truth: Truth, lagging: Lagging, since: date) -> dict[int, list[Why]]:
    """By the id of each action that needs a decision, why, on the truth's day; `since` is the day of the review before."""
    found: dict[int, list[Why]] = {}
    counted = truth.nodes.filter(pl.col("leaf") & (pl.col("actions") > 0))
    running = counted.filter(pl.col("state").is_in(RUNNING))
    for node, why in (*_spent(truth, counted), *_missed(lagging, running, since), *_silent(lagging, running, truth.tree.day)):
        found.setdefault(node, []).append(why)
    return found


def _spent(truth: Truth, counted: pl.DataFrame) -> Iterator[tuple[int, Why]]:
    ahead = spending.ahead(truth, LEAD).join(counted.select("id"), on="id", how="semi", maintain_order="left")
    for node, paid, proved, gap, amount in ahead.select("id", "paid_share", "proved", "spend_gap", "amount_ahead").iter_rows():
        yield node, Why("spending", Reason(SPENT, {"paid": Share(paid / 100), "proved": Share(proved / 100)}), (-gap, -(amount or 0.0)))


def _missed(lagging: Lagging, running: pl.DataFrame, since: date) -> Iterator[tuple[int, Why]]:
    """What was missed since the review before comes first; then what was missed the longest ago."""
    stages = lagging.stages.join(running.select("id"), left_on="node", right_on="id", how="semi", maintain_order="left")
    last = stages.sort("due").group_by("node", maintain_order=True).agg(pl.len().alias("n"), pl.col("name", "due").last())
    for node, n, name, due in last.iter_rows():
        values = {"stage": Said(told(name)), "due": due}
        reason = Reason(SEVERAL, {**values, "n": n}) if n > 1 else Reason(MISSED, values)
        yield node, Why("milestone", reason, (due < since, due.toordinal(), -n))


def _silent(lagging: Lagging, running: pl.DataFrame, day: date) -> Iterator[tuple[int, Why]]:
    """Actions that began and were not reported for too long; one without a first day that was never reported says nothing."""
    reported = running.join(lagging.reports, left_on="id", right_on="node", how="left", maintain_order="left")
    known = reported.select("id", "day", last=pl.max_horizontal("day", "starts")).filter(pl.col("last") < day - timedelta(days=SILENT))
    for node, reported_on, last in known.iter_rows():
        said = Reason(LAST, {"day": reported_on}) if reported_on else Reason(NEVER, {"day": last})
        yield node, Why("stale", said, (SILENT - (day - last).days,))
