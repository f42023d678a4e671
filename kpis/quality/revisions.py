"""Revisions: how often values were changed after they had been known, by how much, and who brought the change.

The usual revision of a series is the median size of its revised periods, from the first value known to the one in force; it
is the noise below which a difference says nothing. A revision is large when it is more than twice what the series usually
moves from one period to the next: then it outweighs whatever the period had said.
"""

from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row
from kpis.quality.series import SERIES, changes, real
from kpis.reasons import difference
from kpis.score import Reason

FEWEST = 3
"""Revised periods from which a usual revision is told: of fewer, the median is one person's bad day."""
LARGE = 2.0
"""Times the usual change (the median change from one period to the next) from which a revision is large."""
LISTED = 6
"""The biggest revisions of a series that are listed with it."""

SAID = N_("{revised} of {held} values were revised, the most by {biggest}; usually by {usual}")
SAID_ONCE = N_("{revised} of {held} values were revised, the most by {biggest}; too few to tell what is usual")
EMPTIED = N_("{revised} of {held} values were revised: each from a value to none, or from none to a value")


def revisions(series: pl.DataFrame, replaced: pl.DataFrame, definitions: Definitions, since: date) -> Found:
    """A finding for each series with a revision; large ones that came since a day are to be checked.

    `replaced` is as data.facts gives it.
    """
    found = sizes(series, replaced, since).sort(pl.col("times").fill_null(0.0), descending=True, maintain_order=True)
    rows = _biggest(replaced)
    return Found(tuple(_finding(row, rows[row["indicator"], row["place"]], definitions) for row in found.to_dicts()))


def usual_revisions(replaced: pl.DataFrame) -> pl.DataFrame:
    """Indicator, place, revised (periods), usual: the median size of a revision, null from fewer than FEWEST."""
    known = pl.col("size").drop_nulls()
    usual = pl.when(known.len() >= FEWEST).then(known.median())
    return _by_period(replaced).group_by(SERIES, maintain_order=True).agg(pl.len().alias("revised"), usual.alias("usual"))


def sizes(series: pl.DataFrame, replaced: pl.DataFrame, since: date) -> pl.DataFrame:
    """Indicator, place, revised and usual as above, held (values ever), biggest, moves, times.

    `moves` is how much the series usually changes from one period to the next, and `times` its multiple that the biggest
    revision since a day amounts to.
    """
    by_period = _by_period(replaced)
    recent = pl.col("size").filter(pl.col("known_on") >= since).max().alias("recent")
    counted = by_period.group_by(SERIES, maintain_order=True).agg(pl.col("size").max().alias("biggest"), recent, pl.col("emptied").sum())
    held = real(series).group_by(SERIES).agg(pl.len().alias("held"))
    moves = changes(series).group_by(SERIES).agg(pl.col("change").abs().median().alias("moves"))
    for table in (usual_revisions(replaced), held, moves):
        counted = counted.join(table, on=SERIES, how="left", maintain_order="left")
    times = pl.when(pl.col("moves") > 0).then(pl.col("recent") / pl.col("moves"))
    return counted.with_columns(times=times, held=pl.col("held").fill_null(0) + pl.col("emptied")).drop("emptied", "recent")


def _by_period(replaced: pl.DataFrame) -> pl.DataFrame:
    """Each period that was revised: by how much in all (null to or from nothing), whether it is empty now, and since when."""
    size = (pl.col("after").last() - pl.col("before").drop_nulls().first()).abs()
    emptied = pl.col("after").last().is_null()
    keys = [*SERIES, "period"]
    return replaced.group_by(keys, maintain_order=True).agg(size.alias("size"), emptied.alias("emptied"), pl.col("known_on").last())


def _biggest(replaced: pl.DataFrame) -> dict[tuple[str, str], tuple[Row, ...]]:
    """The biggest single revisions of each series; those from or to nothing last."""
    size = (pl.col("after") - pl.col("before")).abs()
    ordered = replaced.with_columns(size=size).sort("size", descending=True, nulls_last=True, maintain_order=True)
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    for told in ordered.group_by(SERIES, maintain_order=True).head(LISTED).to_dicts():
        row = Row(told["period"], told["after"], told["before"], note=f"{told['by']} · {told['known_on']}")
        key = told["indicator"], told["place"]
        rows[key] = (*rows.get(key, ()), row)
    return rows


def _finding(row: dict[str, Any], rows: tuple[Row, ...], definitions: Definitions) -> Finding:
    large = (row["times"] or 0.0) > LARGE
    return Finding(
        part="revisions",
        rule="large" if large else "small",
        urgency="check" if large else "known",
        owner=definitions.indicator[row["indicator"]].owner,
        indicators=(row["indicator"],),
        places=(row["place"],),
        reason=_reason(row, definitions),
        weight=row["times"] or 0.0,
        rows=rows,
    )


def _reason(row: dict[str, Any], definitions: Definitions) -> Reason:
    indicator = definitions.indicator[row["indicator"]]
    said: dict[str, object] = {"revised": row["revised"], "held": row["held"]}
    if row["biggest"] is None:
        return Reason(EMPTIED, said)
    said["biggest"] = difference(row["biggest"], indicator)
    if row["usual"] is None:
        return Reason(SAID_ONCE, said)
    return Reason(SAID, {**said, "usual": difference(row["usual"], indicator)})
