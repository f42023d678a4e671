"""What an area owes by a review: reports, stages that come due, evidence to be brought again, measures promised after a failure."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data.plans.owing import Owing

SOON = 60
"""Days ahead within which a stage is spoken about: two reviews."""
RUNNING = ("late", "started", "not_started")


@dataclass(frozen=True, eq=False)
class Owed:
    """Each a frame, the most pressing first.

    unreported    actions that run and were not reported since the last review: id, name, state, last (the day of the last report, or null)
    due           stages whose day has passed or comes within SOON days, with no evidence accepted and none that waits, also where the
                  area says that they were reached: the columns of Owing.stages and days (until due; below zero it is over)
    returned      evidence that was sent back and not brought again: the columns of Owing.evidence
    awaiting      evidence that waits for somebody outside the area, which the area does not owe: Owing.evidence and days (waiting)
    measures      corrective measures not taken: Owing.measures and days (until due)
    """

    unreported: pl.DataFrame
    due: pl.DataFrame
    returned: pl.DataFrame
    awaiting: pl.DataFrame
    measures: pl.DataFrame

    @property
    def count(self) -> int:
        """How many things the area itself owes now: what only comes due and what waits for others is not counted."""
        over = sum(frame.filter(pl.col("days") < 0).height for frame in (self.due, self.measures))
        return self.unreported.height + self.returned.height + over


def owed(held: Owing, actions: pl.DataFrame, since: date, day: date) -> Owed:
    """By the review of a day; `actions` are rows of Truth.nodes, `since` the day of the review before, after which reports are new."""
    running = actions.filter(pl.col("leaf") & pl.col("state").is_in(RUNNING) & (pl.col("actions") > 0))
    reports = held.reports.rename({"day": "last"})
    told = running.join(reports, left_on="id", right_on="node", how="left", maintain_order="left")
    unreported = told.filter(pl.col("last").is_null() | (pl.col("last") <= since)).select("id", "name", "state", "last")
    until = (pl.col("due") - pl.lit(day)).dt.total_days()
    stages = held.stages.join(running.select("id"), left_on="node", right_on="id", how="semi", maintain_order="left")
    waiting = held.evidence.filter(pl.col("state") == "awaiting")
    due = stages.filter(pl.col("due") <= day + timedelta(days=SOON))
    due = due.join(waiting, left_on="id", right_on="milestone", how="anti", maintain_order="left").with_columns(days=until).sort("due")
    days_waiting = (pl.lit(day) - pl.col("brought_at").dt.date()).dt.total_days().clip(lower_bound=0)
    return Owed(
        unreported.sort("last", nulls_last=False, maintain_order=True), due, _returned(held.evidence, waiting),
        waiting.with_columns(days=days_waiting).sort("days", descending=True, maintain_order=True),
        held.measures.with_columns(days=until).sort("due", nulls_last=True, maintain_order=True),
    )  # fmt: skip


def _returned(evidence: pl.DataFrame, waiting: pl.DataFrame) -> pl.DataFrame:
    """The last piece that was sent back of each stage for which nothing waits now."""
    back = evidence.filter(pl.col("state") == "returned").sort("judged_at").unique("milestone", keep="last", maintain_order=True)
    return back.join(waiting, on="milestone", how="anti", maintain_order="left")
