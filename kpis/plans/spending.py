"""What a plan's budget lines say together: by node, by year, by source, and where an amount cannot be right.

Currencies are never added together: every frame has one row for each currency. An amount that no line says is null, never 0.
"""

from collections.abc import Sequence

import polars as pl

from data.plans.checking import rising
from data.plans.vocabulary import PHASES
from kpis.plans.truth import Truth

BUDGET = "budget"
AMOUNTS = (*PHASES, BUDGET)
RISES = {"id": pl.Int64, "before": pl.String, "before_amount": pl.Float64, "phase": pl.String, "amount": pl.Float64}
SHARES = {"committed_share": "committed", "accrued_share": "accrued", "paid_share": "paid"}


def in_force(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with the budget that holds now, in the column `budget`: as it was last modified, else as it began."""
    return lines.with_columns(pl.coalesce("modified", "initial").alias(BUDGET))


def together(lines: pl.DataFrame, keys: Sequence[str] = ()) -> pl.DataFrame:
    """The sums of lines that have `budget`, for each of the keys and each currency: keys, currency, lines, AMOUNTS, SHARES.

    A share is in percent of the budget in force; null where the amount or the budget is not known, or the budget is 0.
    """
    sums = (pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in AMOUNTS)
    found = lines.group_by(*keys, "currency", maintain_order=True).agg(pl.len().alias("lines"), *sums)
    budget = pl.when(pl.col(BUDGET) > 0).then(pl.col(BUDGET))
    return found.with_columns((100 * pl.col(amount) / budget).alias(share) for share, amount in SHARES.items())


def with_what_is_below(nodes: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The sums of each node with everything below it: node, currency, lines, AMOUNTS, SHARES; `nodes` has id and parent.

    Every line counts, also those of actions that were cancelled or left out: what was spent on them was spent.
    """
    return together(_passed_up(nodes, lines), ["node"])


def rises(lines: pl.DataFrame) -> pl.DataFrame:
    """Amounts above that of the phase before, where they should not be: id, before, before_amount, phase, amount.

    What an import warns of too (`data.plans.checking.rising`); the first phase is the budget in force, whichever amount that is.
    """
    found = [(row["id"], rise) for row in lines.iter_rows(named=True) for rise in rising(row)]
    told = [(line, rise["before"], rise["more"], rise["phase"], rise["less"]) for line, rise in found]
    frame = pl.DataFrame(told, schema=RISES, orient="row")
    return frame.with_columns(pl.col("before").replace({"initial": BUDGET, "modified": BUDGET}))


def ahead(truth: Truth, least: float) -> pl.DataFrame:
    """Actions whose paid share is ahead of what is proved by at least so many points, the furthest first.

    The columns of `Truth.nodes`, and `amount_ahead`: what was paid beyond the proved share of the budget. An action without stages is
    left out: nothing of it can be proved, so that nobody can say whether money and work go together (`unprovable`).
    """
    found = _with_stages(truth).filter(pl.col("spend_gap") >= least)
    return found.sort("spend_gap", "amount_ahead", descending=True, maintain_order=True)


def behind(truth: Truth, least: float) -> pl.DataFrame:
    """The reverse: actions of which more is proved than paid, the furthest first; `amount_ahead` is below zero."""
    return _with_stages(truth).filter(pl.col("spend_gap") <= -least).sort("spend_gap", maintain_order=True)


def unprovable(truth: Truth) -> pl.DataFrame:
    """Actions that were paid for and have no stages, the largest payment first."""
    staged = truth.tree.proofs["node"].implode()
    return truth.nodes.filter(pl.col("leaf") & (pl.col("paid") > 0) & ~pl.col("id").is_in(staged)).sort("paid", descending=True)


def per_beneficiary(nodes: pl.DataFrame) -> pl.DataFrame:
    """Actions that say whom they reach and have a budget, with `each`: the budget in force for each of them; the dearest first."""
    known = nodes.filter(pl.col("leaf") & (pl.col("beneficiaries") > 0) & pl.col("budget").is_not_null())
    return known.with_columns(each=pl.col("budget") / pl.col("beneficiaries")).sort("each", descending=True, maintain_order=True)


def _with_stages(truth: Truth) -> pl.DataFrame:
    staged = pl.col("id").is_in(truth.tree.proofs["node"].implode())
    known = truth.nodes.filter(pl.col("leaf") & staged & pl.col("spend_gap").is_not_null())
    return known.with_columns(amount_ahead=pl.col("spend_gap") * pl.col("budget") / 100)


def _passed_up(nodes: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Each line once for its own node and once for every node above that."""
    parents = nodes.select(pl.col("id").alias("node"), "parent")
    told, here = [], lines
    while here.height:
        told.append(here)
        up = here.join(parents, on="node", how="inner", maintain_order="left").filter(pl.col("parent").is_not_null())
        here = up.with_columns(node="parent").select(lines.columns)
    return pl.concat(told) if told else lines
