"""What a plan lacks to be carried out: fields nobody filled, owners with too many actions, and posts with nobody in them."""

from collections.abc import Iterable

import polars as pl

from data.people import Post
from data.records.columns import canonical
from kpis.plans.states import FINISHED
from kpis.plans.truth import Truth

ENOUGH = 80.0
"""Percent of the actions below which a field is flagged."""
MANY = 10
"""Actions that one owner can be expected to follow."""

GIVEN = {
    "owner": pl.col("owner").is_not_null(),
    "area": pl.col("area").is_not_null(),
    "dates": pl.col("starts").is_not_null() & pl.col("ends").is_not_null(),
    "stages": pl.col("milestones").fill_null(0) > 0,
    "budget": pl.col("budget").is_not_null() | pl.col("currency").is_not_null(),
    "goals": pl.col("goals").is_not_null() & (pl.col("goals") != "[]"),
    "place": pl.col("place").is_not_null(),
}
"""What every action should have: milestones, which a ladder brings, and at least one goal that it serves."""


def completeness(found: Truth) -> pl.DataFrame:
    """One row for each of GIVEN: field, given, actions, percent, low. Only actions that count; without any, percent is null."""
    actions = _counted(found)
    actions = actions.join(found.tree.nodes.select("id", "goals"), on="id").join(
        found.tree.proofs.select("node", "milestones"), left_on="id", right_on="node", how="left"
    )
    given = actions.select(expression.sum().alias(name) for name, expression in GIVEN.items()).row(0)
    rows = pl.DataFrame({"field": list(GIVEN), "given": given}, schema={"field": pl.String, "given": pl.Int64})
    percent = pl.lit(None, pl.Float64) if actions.is_empty() else 100 * pl.col("given") / actions.height
    rows = rows.with_columns(actions=pl.lit(actions.height, pl.Int64), percent=percent)
    return rows.with_columns(low=(pl.col("percent") < ENOUGH).fill_null(value=False))


def crowded(found: Truth, limit: int = MANY) -> pl.DataFrame:
    """Owners of more actions than `limit` that count and are not finished, the most first: owner, actions."""
    return _owned(found).filter(pl.col("actions") > limit)


def vacant(found: Truth, posts: Iterable[Post]) -> pl.DataFrame:
    """Posts with nobody in them that own actions not finished, the most first: owner, name (Json text), area, actions.

    `posts` as `data.people.posts` gives them for the day.
    """
    empty = [(post.id, canonical(post.name), post.area) for post in posts if post.holder is None]
    named = pl.DataFrame(empty, schema={"owner": pl.Int64, "name": pl.String, "area": pl.String}, orient="row")
    return _owned(found).join(named, on="owner", maintain_order="left").select("owner", "name", "area", "actions")


def _counted(found: Truth) -> pl.DataFrame:
    return found.nodes.filter(pl.col("leaf") & pl.col("excluded").is_null())


def _owned(found: Truth) -> pl.DataFrame:
    running = _counted(found).filter(pl.col("owner").is_not_null() & ~pl.col("state").is_in(FINISHED))
    return running.group_by("owner").agg(actions=pl.len().cast(pl.Int64)).sort("actions", "owner", descending=[True, False])
