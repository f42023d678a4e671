"""What moved in a plan between two days."""

import polars as pl

from kpis.plans.truth import Truth

SMALLEST = 1e-6
"""Percentage points below which a figure has not moved: what adding in another order makes."""


def moved(before: Truth, now: Truth) -> pl.DataFrame:
    """Nodes, parents too, whose declared or proved figure or state is another than before, in the order of now.

    id, declared_was, declared, proved_was, proved, state_was, state; of a node that was not there, what was is null.
    """
    was = before.nodes.select("id", declared_was="declared", proved_was="proved", state_was="state")
    both = now.nodes.join(was, on="id", how="left", maintain_order="left")
    other = _differs("declared") | _differs("proved") | pl.col("state").ne_missing(pl.col("state_was"))
    return both.filter(other).select("id", "declared_was", "declared", "proved_was", "proved", "state_was", "state")


def _differs(name: str) -> pl.Expr:
    known = pl.col(name).is_null() != pl.col(f"{name}_was").is_null()
    return known | ((pl.col(name) - pl.col(f"{name}_was")).abs() > SMALLEST).fill_null(value=False)
