"""The money of every node: its own lines and all below it, also of actions that no longer count, because what was spent was spent."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.plans.forest import Array, Forest

AMOUNTS = ("budget", "committed", "accrued", "paid")
"""`budget` is the amount in force: of each line the modified, else the initial."""


@dataclass(frozen=True)
class Money:
    """By row: `currency` (several are listed, and then have no sum), `amounts` by AMOUNTS, `own` budgets that can weigh."""

    currency: list[str | None]
    amounts: dict[str, Array]
    own: Array


def money(trees: Forest, ids: pl.Series, lines: pl.DataFrame) -> Money:
    """`lines` is `Tree.money`. An amount that no line has is nan; so are amounts in several currencies, which cannot be added."""
    rows = pl.DataFrame({"node": ids}).with_row_index("row")
    placed = lines.join(rows, on="node", how="inner")
    codes = sorted(placed["currency"].unique())
    amounts = np.full((len(trees.up), len(AMOUNTS)), np.nan)
    held = np.zeros((len(trees.up), len(codes)), dtype=bool)
    own = np.full(len(trees.up), np.nan)
    for number, code in enumerate(codes):
        here = placed.filter(pl.col("currency") == code)
        added, held[:, number] = _added(trees, here)
        amounts = np.where(held[:, [number]], added, amounts)
        own[here["row"].to_numpy()] = here["budget"].to_numpy()
    amounts[held.sum(axis=1) > 1] = np.nan
    named = [", ".join(code for code, has in zip(codes, row, strict=True) if has) or None for row in held.tolist()]
    return Money(named, dict(zip(AMOUNTS, amounts.T, strict=True)), own if len(codes) == 1 else np.full(len(own), np.nan))


def _added(trees: Forest, lines: pl.DataFrame) -> tuple[Array, Array]:
    """Sums of one currency for every row, and which rows have a line of it."""
    found = lines.select(AMOUNTS).cast(pl.Float64).to_numpy()
    values = np.full((len(trees.up), len(AMOUNTS)), np.nan)
    values[lines["row"].to_numpy()] = found
    has = np.zeros(len(trees.up))
    has[lines["row"].to_numpy()] = 1.0
    counted = trees.sums(np.column_stack([np.nan_to_num(values), ~np.isnan(values), has]))
    sums, said = counted[:, : len(AMOUNTS)], counted[:, len(AMOUNTS) : -1]
    return np.where(said > 0, sums, np.nan), counted[:, -1] > 0
