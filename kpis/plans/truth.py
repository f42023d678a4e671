"""The truth line of every node of a plan: what is declared, what is proved, how much time and money is used, and what state that is.

The headline is what is proved: shares of milestones whose evidence somebody outside the area has accepted. What nobody declared is not
known (null), and left out of `declared`; what nobody proved is 0. Weights are in `weighing.py`, states in `states.py`, days in `pace.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from data.plans.reading import Tree
from data.records.columns import canonical
from kpis.plans import weighing
from kpis.plans.forest import Array, Forest, forest
from kpis.plans.money import Money, money
from kpis.plans.pace import delay_days, forecast_end, time_used
from kpis.plans.states import FINISHED, STATES, of_action, of_parent

COLUMNS = (
    "id", "parent", "level", "key", "name", "area", "owner", "ladder", "place", "status", "state", "leaf", "actions", "cancelled",
    "left_out", "undeclared", "declared", "proved", "awaiting", "time_used", "gap", "late_stages", "next_due", "starts", "ends",
    "first_ends", "forecast_end", "delay_days", "currency", "budget", "committed", "accrued", "paid", "committed_share", "paid_share",
    "spend_gap", "share", "declared_share", "excluded", "excluded_why",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Truth:
    """The truth line of each node, and of the plan as a whole.

    nodes    one row for each node in the order of the document, with COLUMNS:
             status            as its area declares it; null where nobody said
             state             found out, one of STATES (states.py)
             leaf              whether it is an action: nothing lies below it
             actions           how many actions count in it, itself included
             cancelled, left_out, undeclared   how many do not count, for which reason; how many count and declare nothing
             declared, proved, awaiting        percent, 0 to 100; `declared` null where nobody below declares anything
             time_used         percent; null without dates
             gap               proved - time_used, in percentage points; null where nothing counts
             late_stages, next_due             milestones that are late (states.py); the first day that one not proved is due
             starts, ends, first_ends          its own days, else the first and last of the actions that count
             forecast_end, delay_days          at the pace until today (pace.py)
             currency, budget, committed, accrued, paid       amounts, null where no line says it, or in several currencies
             committed_share, paid_share       percent of the budget; null without one
             spend_gap         paid_share - proved, in percentage points: above zero, money runs ahead of work; null for a parent
                               in which nothing counts
             share             percent with which it counts in what it is part of; 0: it does not
             declared_share    the same in `declared`, which leaves out what declares nothing
             excluded, excluded_why            `cancelled` or `left_out`, and the reason that was given, also of what it is part of
    whole    the same columns for the plan as a whole; its id and parent are null
    counts   the number of actions in each state, those left out apart
    finished, finished_share   how many of the actions that count are finished, and in percent; null where none counts
    weights  how children count: what was asked for, else the plan's own
    """

    tree: Tree
    nodes: pl.DataFrame
    whole: Mapping[str, Any]
    counts: Mapping[str, int]
    weights: str

    @property
    def finished(self) -> int:
        return sum(self.counts[state] for state in FINISHED)

    @property
    def finished_share(self) -> float | None:
        return 100 * self.finished / self.whole["actions"] if self.whole["actions"] else None


def truth(tree: Tree, weights: str | None = None) -> Truth:
    """The truth line at the end of `tree.day`. `weights` is one of data.plans.vocabulary.WEIGHTS, else the plan's own."""
    method = weights or tree.plan.weights
    trees = forest(tree.nodes)
    rows = _rows(tree, trees)
    amounts = money(trees, tree.nodes["id"], tree.money)
    rows = _with_states(_with_progress(rows, trees, weighing_of(method, tree, trees, amounts)), trees, tree)
    rows = _with_money(rows, amounts).with_columns(time_used=time_used(pl.lit(tree.day)), forecast_end=forecast_end(pl.lit(tree.day)))
    counts_it = pl.when(pl.col("actions") > 0)
    says_it = pl.when(pl.col("leaf") | (pl.col("actions") > 0))
    rows = rows.with_columns(
        delay_days=delay_days(pl.lit(tree.day)),
        gap=counts_it.then(pl.col("proved") - pl.col("time_used")),
        committed_share=_percent("committed"),
        paid_share=_percent("paid"),
        spend_gap=says_it.then(_percent("paid") - pl.col("proved")),
    )
    return Truth(tree, rows.select(COLUMNS).head(tree.nodes.height), rows.select(COLUMNS).row(-1, named=True), _counts(rows), method)


def weighing_of(method: str, tree: Tree, trees: Forest, amounts: Money) -> weighing.Weights:
    """The weights of a method; where amounts are in several currencies, budgets weigh nothing and actions count equally."""
    if method == "equal":
        return weighing.equal(trees)
    if method == "manual":
        return weighing.by_hand(_array(tree.nodes, "weight"))
    if method == "beneficiaries":
        return weighing.of_actions(trees, _array(tree.nodes, "beneficiaries"))
    if method == "budget":
        return weighing.of_all(amounts.own)
    raise ValueError(method)


def _array(nodes: pl.DataFrame, name: str) -> Array:
    """A column of the nodes, nan where it is null, and nan for the plan as a whole."""
    return np.append(nodes[name].cast(pl.Float64).fill_null(np.nan).to_numpy(), np.nan)


def _rows(tree: Tree, trees: Forest) -> pl.DataFrame:
    """The nodes with what is proved of each, and the plan as the last row; `excluded` handed down from whatever is not counted."""
    per_share = 100 / pl.col("shares")
    proofs = tree.proofs.select(
        "node", "milestones", "open", "late", "next_due", proved=pl.col("proved") * per_share, awaiting=pl.col("awaiting") * per_share
    )
    plan = {"level": -1, "key": tree.plan.key, "name": canonical(tree.plan.name), "place": tree.plan.place}
    whole = pl.DataFrame(
        [plan | {"starts": tree.plan.starts, "ends": tree.plan.ends}], schema_overrides={"starts": pl.Date, "ends": pl.Date}
    )
    nodes = tree.nodes.join(proofs, left_on="id", right_on="node", how="left", maintain_order="left")
    rows = pl.concat([nodes, whole.cast({"level": pl.Int64})], how="diagonal")
    rows = rows.with_columns(
        pl.col("milestones", "open", "late").fill_null(0), pl.col("proved", "awaiting").fill_null(0.0), leaf=trees.leaves
    )
    return _with_exclusions(rows, trees)


def _with_exclusions(rows: pl.DataFrame, trees: Forest) -> pl.DataFrame:
    cancelled = trees.origins((rows["status"] == "cancelled").fill_null(value=False).to_numpy())
    left_out = trees.origins(rows["left_out"].is_not_null().to_numpy())
    gone, out = cancelled >= 0, (left_out >= 0) & (cancelled < 0)
    why = pl.when("gone").then(rows["status_reason"].gather(np.maximum(cancelled, 0)))
    why = why.when("out").then(rows["left_out"].gather(np.maximum(left_out, 0)))
    excluded = pl.when("gone").then(pl.lit("cancelled")).when("out").then(pl.lit("left_out"))
    return rows.with_columns(gone=pl.Series(gone), out=pl.Series(out)).with_columns(excluded=excluded, excluded_why=why)


def _with_progress(rows: pl.DataFrame, trees: Forest, weights: weighing.Weights) -> pl.DataFrame:
    counted = (~rows["gone"] & ~rows["out"]).to_numpy()
    leaf = trees.leaves
    declared = weighing.rolled(trees, counted, _column(rows, "declared"), weights)
    proved = weighing.rolled(trees, counted, _column(rows, "proved"), weights)
    awaiting = weighing.rolled(trees, counted, _column(rows, "awaiting"), weights)
    numbers = trees.sums(np.column_stack([leaf & counted, leaf & rows["gone"].to_numpy(), leaf & rows["out"].to_numpy()]))
    return rows.with_columns(
        pl.Series("declared", declared.values).fill_nan(None),
        pl.Series("proved", proved.values).fill_nan(0.0),
        pl.Series("awaiting", awaiting.values).fill_nan(0.0),
        pl.Series("share", proved.shares),
        pl.Series("declared_share", declared.shares),
        *(pl.Series(name, numbers[:, at]).cast(pl.Int64) for at, name in enumerate(("actions", "cancelled", "left_out"))),
        counts=pl.Series(leaf & counted),
        undeclared=pl.Series(numbers[:, 0] - declared.known).cast(pl.Int64),
    )


def _with_states(rows: pl.DataFrame, trees: Forest, tree: Tree) -> pl.DataFrame:
    """What state each row is in; days and stages that a parent has from the actions that count."""
    rows = _with_days(rows, trees).with_columns(state=of_action(pl.lit(tree.day)))
    state, counts = rows["state"], rows["counts"].to_numpy()
    inside = trees.sums(np.column_stack([counts & (state == name).to_numpy() for name in STATES if name != "cancelled"]))
    held = rows.select("ends", "actions", "cancelled").with_columns(
        pl.Series(name, inside[:, at]) for at, name in enumerate(name for name in STATES if name != "cancelled")
    )
    parents = held.select(of_parent(pl.lit(tree.day))).to_series()
    return rows.with_columns(state=pl.when("leaf").then(state).otherwise(parents))


def _with_days(rows: pl.DataFrame, trees: Forest) -> pl.DataFrame:
    counts = rows["counts"].to_numpy()
    late = np.where(trees.leaves, rows["late"].to_numpy(), 0)
    inside = trees.sums(np.where(counts, late, 0))
    return rows.with_columns(
        _own_or("starts", rows, trees.lowest, counts), _own_or("ends", rows, trees.highest, counts),
        _own_or("first_ends", rows, trees.highest, counts), _own_or("next_due", rows, trees.lowest, counts),
        late_stages=pl.when("leaf").then(pl.Series(late)).otherwise(pl.Series(inside)).cast(pl.Int64),
    )  # fmt: skip


def _own_or(name: str, rows: pl.DataFrame, furthest: Any, counts: Array) -> pl.Series:
    """A row's own day, else the furthest of the actions in it."""
    own = _column(rows.select(pl.col(name).to_physical()), name)
    below = furthest(np.where(counts, own, np.nan))
    return pl.Series(name, np.where(np.isnan(own), below, own)).fill_nan(None).cast(pl.Int32).cast(pl.Date)


def _column(rows: pl.DataFrame, name: str) -> Array:
    return rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _with_money(rows: pl.DataFrame, amounts: Money) -> pl.DataFrame:
    sums = [pl.Series(name, values).fill_nan(None) for name, values in amounts.amounts.items()]
    return rows.with_columns(pl.Series("currency", amounts.currency, dtype=pl.String), *sums)


def _percent(name: str) -> pl.Expr:
    return pl.when(pl.col("budget") > 0).then(100 * pl.col(name) / pl.col("budget"))


def _counts(rows: pl.DataFrame) -> dict[str, int]:
    """Actions left out are not counted here; cancelled ones are, as such."""
    actions = rows.filter(pl.col("leaf") & ~pl.col("out"))
    found = dict(actions.group_by("state").len().iter_rows())
    return {state: found.get(state, 0) for state in STATES}
