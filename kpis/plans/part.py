"""Some actions of a plan taken together, such as those of one area or one neighbourhood, by the same measures as the plan itself.

The actions of a part have no common parent whose weights could hold, so each counts the same: progress and time used are plain means
over the actions that count, as in published plans (docs/plan.md). Money is summed over all of them, for what was spent was spent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from kpis.plans.money import AMOUNTS
from kpis.plans.states import BY_NEED, FINISHED


@dataclass(frozen=True, eq=False)
class Part:
    """`actions` are the leaves of the part in the document's order, with the columns of `kpis.plans.truth`, also those that do not count.

    whole           the columns of a truth line: declared, proved, awaiting, time_used, gap (percent and points), actions,
                    cancelled, left_out, undeclared, late_stages (numbers), next_due (a day), currency and the amounts with
                    committed_share, paid_share (percent of the budget), spend_gap (points); null where nothing says it
    counts          how many of the leaves are in each state; those left out of the roll-up apart, as in the plan
    finished        how many of the counted actions are completed or implemented; finished_share their percent, null without any
    """

    actions: pl.DataFrame
    whole: Mapping[str, Any]
    counts: Mapping[str, int]
    finished: int
    finished_share: float | None


def part(nodes: pl.DataFrame) -> Part:
    """The actions among some rows of `Truth.nodes`, taken together; what is no action is passed over."""
    leaves = nodes.filter("leaf")
    counted = leaves.filter(pl.col("actions") > 0)
    counts = dict(leaves.filter(pl.col("left_out") == 0).group_by("state", maintain_order=True).len().iter_rows())
    finished = counted.filter(pl.col("state").is_in(FINISHED)).height
    share = 100 * finished / counted.height if counted.height else None
    return Part(leaves, {**_work(leaves, counted), **_money(leaves, counted)}, counts, finished, share)


def by_need(actions: pl.DataFrame) -> pl.DataFrame:
    """Actions in the order in which somebody should look at them: by state, and within one the first due and the least proved first."""
    rank = pl.col("state").replace_strict(BY_NEED, range(len(BY_NEED)), default=len(BY_NEED))
    due = pl.min_horizontal("next_due", "ends")
    return actions.sort(rank, due, "proved", maintain_order=True, nulls_last=True)


def _work(leaves: pl.DataFrame, counted: pl.DataFrame) -> dict[str, Any]:
    proved, used = _mean(counted, "proved"), _mean(counted, "time_used")
    return {
        "declared": _mean(counted, "declared"),
        "proved": proved,
        "awaiting": _mean(counted, "awaiting"),
        "time_used": used,
        "gap": None if proved is None or used is None else proved - used,
        "actions": counted.height,
        "cancelled": int(leaves["cancelled"].sum()),
        "left_out": int(leaves["left_out"].sum()),
        "undeclared": counted["declared"].null_count(),
        "late_stages": int(counted["late_stages"].sum()),
        "next_due": counted["next_due"].min(),
    }


def _money(leaves: pl.DataFrame, counted: pl.DataFrame) -> dict[str, Any]:
    """Sums where all is in one currency; several are named, and have none."""
    currencies = ", ".join(sorted(leaves["currency"].drop_nulls().unique())) or None
    single = currencies is not None and "," not in currencies
    sums = {name: _sum(leaves[name]) if single else None for name in AMOUNTS}
    shares = {f"{name}_share": _percent(sums[name], sums["budget"]) for name in ("committed", "paid")}
    proved, paid = _mean(counted, "proved"), shares["paid_share"]
    gap = None if paid is None or proved is None else paid - proved
    return {"currency": currencies, **sums, **shares, "spend_gap": gap}


def _mean(frame: pl.DataFrame, name: str) -> float | None:
    """Over the actions of which it is known; no action's share passes 100."""
    found = frame.select(pl.col(name).cast(pl.Float64).clip(upper_bound=100.0).mean()).item()
    return None if found is None else float(found)


def _sum(values: pl.Series) -> float | None:
    return None if values.null_count() == len(values) else float(values.sum())


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole
