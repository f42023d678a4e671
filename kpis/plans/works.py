"""The key works of a plan: how far each is, what it costs, where it stands; and the same together for each district."""

from collections.abc import Mapping, Sequence

import polars as pl

from kpis.plans.states import BY_NEED, FINISHED
from kpis.plans.truth import Truth

WORK = (
    "id", "key", "name", "area", "owner", "place", "latitude", "longitude", "state", "declared", "proved", "awaiting", "time_used",
    "starts", "ends", "first_ends", "forecast_end", "delay_days", "currency", "budget", "committed", "paid", "paid_share", "spend_gap",
    "beneficiaries", "district",
)  # fmt: skip


def works(truth: Truth, districts: Mapping[str, str]) -> pl.DataFrame:
    """One row for each key work, with WORK: in the order of BY_NEED (states.py), then by delay, then by budget.

    `districts` names the district of each place that lies in one; `district` of any other work is null, and the work is still there.
    """
    more = truth.tree.nodes.filter("work").select("id", "latitude", "longitude", "beneficiaries")
    found = truth.nodes.join(more, on="id", how="inner", maintain_order="left")
    district = pl.col("place").replace_strict(districts, default=None, return_dtype=pl.String)
    order = pl.col("state").replace_strict({state: place for place, state in enumerate(BY_NEED)}, return_dtype=pl.Int64)
    late, large = pl.col("delay_days").fill_null(0), pl.col("budget").fill_null(0)
    ordered = found.with_columns(district=district).sort(order, -late, -large, maintain_order=True)
    return ordered.select(WORK)


def together(found: pl.DataFrame, keys: Sequence[str] = ()) -> pl.DataFrame:
    """Works counted and added up for each of the keys and currencies: keys, currency, works, late, finished, budget, committed, paid."""
    sums = (pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in ("budget", "committed", "paid"))
    late, finished = (pl.col("state") == "late").sum(), pl.col("state").is_in(FINISHED).sum()
    return found.group_by(*keys, "currency", maintain_order=True).agg(
        pl.len().alias("works"), late.alias("late"), finished.alias("finished"), *sums
    )
