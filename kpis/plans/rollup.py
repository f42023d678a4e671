"""The headline of a plan under several methods side by side, and the sum behind any figure of it, so that both can be audited."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from data.plans.reading import Tree
from kpis.plans.forest import forest
from kpis.plans.truth import Truth, truth

METHODS = ("mean", "weighted", "budget", "finished_only")
"""mean: every action the same. weighted: as the plan says, else by the weights given by hand. budget: by the amount in force.
finished_only: an action counts 100 once it is completed (declared) or implemented (proved), before that 0."""
HEADLINES = {
    "method": pl.String, "declared": pl.Float64, "proved": pl.Float64, "counted": pl.Int64, "left_out": pl.Int64, "undeclared": pl.Int64,
}  # fmt: skip


def headlines(tree: Tree) -> pl.DataFrame:
    """One row for each of METHODS, with the columns of HEADLINES: percent, and the numbers of actions that weigh something and do not.

    `declared` and `proved` are null where no action that counts has such a weight. Of those counted, `undeclared` declare nothing.
    """
    plain = truth(tree, "equal")
    by_hand = tree.plan.weights if tree.plan.weights in ("manual", "beneficiaries") else "manual"
    rows = [_weighed("mean", plain), _weighed("weighted", truth(tree, by_hand)), _weighed("budget", truth(tree, "budget"))]
    return pl.DataFrame([*rows, _finished(plain)], schema=HEADLINES)


def audit(found: Truth, node_id: int | None = None) -> pl.DataFrame:
    """The sum behind a node, or behind the plan: one row for each child, in order.

    id, key, name, leaf, state, actions, cancelled, left_out, undeclared;
    share, proved, adds                     what it adds to `proved`, in points: the column adds up to the figure above
    declared_share, declared, declared_adds the same of `declared`
    excluded, excluded_why                  why it adds nothing: cancelled, left_out (with the reason given), nothing_counts (all of it is
                                            cancelled or left out), no_weight; null where it counts
    """
    children = found.nodes.filter(pl.col("parent").eq_missing(pl.lit(node_id, dtype=pl.Int64)))
    excluded = (
        pl.when(pl.col("excluded").is_not_null()).then("excluded")
        .when(pl.col("actions") == 0).then(pl.lit("nothing_counts"))
        .when(pl.col("share") == 0).then(pl.lit("no_weight"))
    )  # fmt: skip
    return children.select(
        "id", "key", "name", "leaf", "state", "actions", "cancelled", "left_out", "undeclared", "share", "proved",
        _adds("share", "proved").alias("adds"), "declared_share", "declared", _adds("declared_share", "declared").alias("declared_adds"),
        excluded.alias("excluded"), "excluded_why",
    )  # fmt: skip


def _adds(share: str, value: str) -> pl.Expr:
    return pl.col(share) * pl.col(value).fill_null(0) / 100


def _weighed(method: str, found: Truth) -> dict[str, Any]:
    """The headline over the actions whose share is above zero all the way up; without weights there is none."""
    trees = forest(found.tree.nodes)
    weightless = trees.origins(pl.Series([*found.nodes["share"], 100.0]).eq(0).to_numpy())[:-1] >= 0
    actions = found.nodes.filter("leaf").height
    counting = found.nodes.filter(pl.col("leaf") & ~pl.Series(weightless, dtype=pl.Boolean))
    told = {"counted": counting.height, "left_out": actions - counting.height, "undeclared": counting["declared"].null_count()}
    if not counting.height or not any(_weights(method, found)):
        return {"method": method, "declared": None, "proved": None, "counted": 0, "left_out": actions, "undeclared": 0}
    return {"method": method, "declared": found.whole["declared"], "proved": found.whole["proved"], **told}


def _weights(method: str, found: Truth) -> Iterator[float | None]:
    """What weighs in a method: nodes by hand or by people, money, or each action."""
    if method == "weighted":
        column = "beneficiaries" if found.weights == "beneficiaries" else "weight"
        return iter(found.tree.nodes[column])
    return iter(found.nodes["budget"] if method == "budget" else found.nodes["actions"])


def _finished(found: Truth) -> dict[str, Any]:
    counted, actions = found.whole["actions"], found.nodes.filter("leaf").height
    implemented = 100 * found.counts["implemented"] / counted if counted else None
    return {
        "method": "finished_only", "declared": found.finished_share, "proved": implemented,
        "counted": counted, "left_out": actions - counted, "undeclared": 0,
    }  # fmt: skip
