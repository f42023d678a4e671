"""A series' entries taken together over the last days, as Boston's CityScore does for its day, week, month and quarter.

A window reaches so many days back from the series' own latest entry, that day counted. What is judged is the mean of its entries; the rule
that judges it is the preset's own, and so is how the windows of all series become one.
"""

from typing import Any

import polars as pl

from kpis.presets.preset import Preset
from kpis.presets.verdicts import judge_table, overall, with_own_history

WINDOW = ("series", "days", "from", "to", "values", "value", "target", "attainment", "band", "status", "reason")


def windows(table: pl.DataFrame, preset: Preset) -> pl.DataFrame:
    """One row for each series and window, with the columns WINDOW; entries without a series or a date are left out.

    `value` is the mean of the window's entries, `values` how many they are, and `target` the latest entry's own, or the series' history.
    """
    dated = with_own_history(table).filter(pl.col("series").is_not_null() & pl.col("date").is_not_null() & pl.col("value").is_not_null())
    dated = dated.sort("series", "date", maintain_order=True).with_columns(latest=pl.col("date").max().over("series"))
    found = [_of(dated, days) for days in preset.windows]
    if not found or dated.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(WINDOW, pl.String))
    judged = judge_table(pl.concat(found).sort("series", "days"), preset)
    return judged.select(WINDOW)


def city(judged: pl.DataFrame, preset: Preset) -> list[dict[str, Any]]:
    """For each window all series as one: their plain mean, rounded as the rule rounds; series without a score are left out."""
    told = []
    for days in preset.windows:
        found = overall(judged.filter(days=days), preset) if not judged.is_empty() else None
        if found:
            told.append({"days": days, **found})
    return told


def _of(dated: pl.DataFrame, days: int) -> pl.DataFrame:
    """Each series as one row: the mean of what it holds of these days."""
    inside = dated.filter(pl.col("date") > pl.col("latest") - pl.duration(days=days))
    told = inside.group_by("series", maintain_order=True).agg(
        pl.exclude("value", "date", "latest", "trend").last(),
        value=pl.col("value").mean(),
        values=pl.len(),
        trend=pl.col("trend").last() & (days == 1),  # only its own day has no score where nothing happened
        to=pl.col("latest").last(),
    )
    return told.with_columns(pl.lit(days).alias("days"), (pl.col("to") - pl.duration(days=days - 1)).alias("from"))
