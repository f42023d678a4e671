"""Facts and metrics in one frame: whoever judges or draws asks here for an indicator or a metric, and need not know which it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.segments import TOTAL
from kpis.catalogue import Catalogue
from kpis.metrics.compute import compute, needed


def observations(
    facts: Facts,
    catalogue: Catalogue,
    definitions: Definitions,
    names: Sequence[str],
    *,
    places: Sequence[str],
    since: date | None = None,
    until: date | None = None,
    as_known: date | None = None,
) -> pl.DataFrame:
    """The totals of indicators and metrics, as data.facts gives them: by indicator, place and period.

    A metric's rows are computed from everything held up to `until`, for its older values count too; they have no flag and no load.
    """
    metrics, plain = _apart(catalogue, names)
    if not metrics:
        return facts.observations(places=places, indicators=plain, since=since, until=until, as_known=as_known)
    asked = needed(catalogue.measures, metrics)
    asked[TOTAL] = asked.get(TOTAL, set()).union(plain)
    held = _held(facts, asked, places=places, until=until, as_known=as_known)
    found = held.filter(pl.col("indicator").is_in(plain) & (pl.col("segment") == TOTAL))
    rows = pl.concat([found, compute(held, catalogue.measures, metrics, definitions)], how="diagonal_relaxed")
    return rows.filter(pl.col("period") >= (since or date.min)).sort("indicator", "place", "segment", "period")


def _apart(catalogue: Catalogue, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The metrics among some names, and the indicators, each once."""
    every = dict.fromkeys(names)
    return [name for name in every if name in catalogue.measures], [name for name in every if name not in catalogue.measures]


def _held(facts: Facts, asked: Mapping[str, set[str]], **narrow: Any) -> pl.DataFrame:
    """The values of some indicators of each segment: one question for each segment, and most often one in all."""
    return pl.concat(facts.observations(indicators=sorted(indicators), segment=segment, **narrow) for segment, indicators in asked.items())
