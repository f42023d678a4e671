"""What the data can tell: a light must not turn on a difference smaller than the data's own corrections.

A goal says it as its `smallest_difference`. Where its values are usually corrected by more than that, the usual correction
stands in its place, and bands that are narrower are widened to it (kpis.judge, kpis.explain).
"""

from dataclasses import replace
from functools import lru_cache

import polars as pl

from kpis.catalogue import Catalogue

FEWEST = 3
"""Loads that corrected a series from which its usual correction is told."""


def by_what_the_data_can_tell(catalogue: Catalogue, replaced: pl.DataFrame) -> Catalogue:
    """The goals as they are to be judged at a place whose values were replaced so: `replaced` is as data.facts gives it.

    The same catalogue where no usual correction is larger than what its goal says.
    """
    usual = dict(usual_corrections(replaced).iter_rows())
    larger = tuple(
        (kpi.id, usual[kpi.measure])
        for kpi in catalogue.kpis
        if kpi.measure in usual and usual[kpi.measure] > (kpi.smallest_difference or 0.0)
    )
    return _with_differences(catalogue, larger) if larger else catalogue


def usual_corrections(replaced: pl.DataFrame) -> pl.DataFrame:
    """Indicator and the usual size of its corrections, of those that FEWEST loads or more have corrected.

    A load that reissues a whole year by a new method is one correction, and not twelve.
    """
    size = (pl.col("after") - pl.col("before")).abs()
    of_a_load = replaced.with_columns(size=size).drop_nulls("size").group_by("indicator", "load", maintain_order=True)
    of_a_series = of_a_load.agg(pl.col("size").median()).group_by("indicator", maintain_order=True)
    return of_a_series.agg(pl.len().alias("loads"), pl.col("size").median()).filter(pl.col("loads") >= FEWEST).drop("loads")


@lru_cache(maxsize=64)
def _with_differences(catalogue: Catalogue, differences: tuple[tuple[str, float], ...]) -> Catalogue:
    """One catalogue for the same differences: other caches go by it."""
    own = dict(differences)
    kpis = (kpi.model_copy(update={"smallest_difference": own[kpi.id]}) if kpi.id in own else kpi for kpi in catalogue.kpis)
    return replace(catalogue, kpis=tuple(kpis))
