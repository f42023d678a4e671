"""Standings as a table: one row for each indicator and place, with all that is said of it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.model import say
from data.periods import written
from kpis.peers.standing import Beside, Standing

COLUMNS: Mapping[str, type[pl.DataType]] = {
    "indicator": pl.String, "name": pl.String, "unit": pl.String, "per": pl.Float64, "by": pl.String,
    "place": pl.String, "place_name": pl.String, "own": pl.Boolean, "period": pl.String, "value": pl.Float64, "raw": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "rank": pl.Int64, "ranked": pl.Int64, "marks": pl.String, "differs": pl.String,
    "missing": pl.String, "median": pl.Float64, "gap": pl.Float64, "smallest_difference": pl.Float64, "told_by": pl.String,
    "verdict": pl.String, "best_improver": pl.Boolean,
}  # fmt: skip
"""`rank` is null where neither way is better. `value` is as it is compared and `raw` as it was measured; `marks` are joined by
spaces. What is said of the city alone (from `gap` to `verdict`) stands in its own row."""


def frame(standings: Mapping[str, Standing], definitions: Definitions, language: str) -> pl.DataFrame:
    """The city first, then its peers in their order, for each indicator; words in the language."""
    rows = [_row(standing, figure, definitions, language) for standing in standings.values() for figure in (standing.own, *standing.peers)]
    return pl.DataFrame(rows, schema=COLUMNS)


def _row(standing: Standing, figure: Beside, definitions: Definitions, language: str) -> dict[str, Any]:
    indicator, own = standing.indicator, figure is standing.own
    return {
        "indicator": indicator.id,
        "name": say(indicator.name, language),
        "unit": say(indicator.unit, language),
        "per": standing.per.per if standing.per else None,
        "by": standing.per.by if standing.per else None,
        "place_name": say(definitions.place[figure.place].name, language),
        "own": own,
        "ranked": standing.of or len(standing.ranked),
        "median": standing.median,
        "best_improver": standing.improver is not None and standing.improver.place == figure.place,
        **_figure(figure, standing, language),
        **(_said(standing) if own else {}),
    }


def _figure(figure: Beside, standing: Standing, language: str) -> dict[str, Any]:
    return {
        "place": figure.place,
        "period": written(figure.period, standing.indicator.frequency) if figure.period else None,
        "value": figure.value,
        "raw": figure.raw,
        "low": figure.low,
        "high": figure.high,
        "rank": figure.rank if standing.sign else None,
        "marks": " ".join(figure.marks),
        "differs": say(figure.differs, language) if figure.differs is not None else None,
        "missing": figure.missing,
    }


def _said(standing: Standing) -> dict[str, Any]:
    return {
        "gap": standing.gap,
        "smallest_difference": standing.least.difference if standing.least else None,
        "told_by": standing.least.told if standing.least else None,
        "verdict": standing.verdict,
    }
