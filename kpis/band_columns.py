"""Which band of a preset or a list each goal is in, and the status that this band means, as columns over the verdicts.

A goal is reached or exceeded by its final target alone: short of it, the best that a band can mean is on track.
"""

from collections.abc import Hashable

import polars as pl

from kpis.band_widths import edge, with_widened_edges
from kpis.bands import RANK, Band, BandStatus, Of, Scales, edges_by, find_by
from kpis.catalogue import Catalogue

BY_BANDS = ("off_track", "at_risk", "on_track")
NOWHERE = pl.lit(None, pl.List(pl.Float64))
JUDGED = (*BY_BANDS, "reached", "exceeded")


def with_bands(verdicts: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The verdicts with the column `band`, null where a goal has no bands of its own names, and the status of that band.

    `edges` says where its bands begin where the data cannot tell less, so that they are widened; null elsewhere.
    """
    scales, scale_of = _scales(catalogue)
    if not scales:
        return verdicts.with_columns(band=pl.lit(None, dtype=pl.String), edges=NOWHERE)
    scale = pl.col("kpi").replace_strict(list(scale_of), list(scale_of.values()), default=None, return_dtype=pl.String)
    found = verdicts.with_columns(scale=scale).with_columns(number=_number(scales))
    found = _with_edges(found, scales)
    judged = pl.when(pl.col("status").is_in(JUDGED)).then("number")
    band, means = (find_by(pl.col("scale"), judged, scales, what, pl.col("passed")) for what in (_name, _meaning))
    status = pl.when(pl.col("status").is_in(BY_BANDS)).then(pl.coalesce(means, "status")).otherwise("status")
    return found.with_columns(band=band, status=status).drop("scale", "number", "passed")


def _number(scales: Scales) -> pl.Expr:
    """What is held against the bands."""
    return pl.when(_of_value(scales)).then("value").otherwise("attainment")


def _of_value(scales: Scales) -> pl.Expr:
    return pl.col("scale").is_in([name for name, (_, of) in scales.items() if of == "value"]).fill_null(value=False)


def _with_edges(found: pl.DataFrame, scales: Scales) -> pl.DataFrame:
    """`passed`: how many edges of its scale each number is past; and `edges`, where some are not where they were written."""
    edges = edges_by(pl.col("scale"), scales)
    if "smallest" not in found.columns or not (found["smallest"] > 0).any():
        return found.with_columns(passed=pl.sum_horizontal(pl.col("number") >= one for one in edges), edges=NOWHERE)
    named = found.with_columns(one.alias(edge(nth)) for nth, one in enumerate(edges, start=1))
    return with_widened_edges(named, len(edges), _of_value(scales))


def _name(band: Band) -> str:
    return band.name


def _meaning(band: Band) -> BandStatus:
    return min(band.status, "on_track", key=RANK.__getitem__)


def _scales(catalogue: Catalogue) -> tuple[dict[str, tuple[tuple[Band, ...], Of]], dict[str, str]]:
    """The different scales by a number, and the scale of each goal that has one."""
    scales: dict[str, tuple[tuple[Band, ...], Of]] = {}
    numbers: dict[Hashable, str] = {}
    scale_of: dict[str, str] = {}
    for kpi in catalogue.kpis:
        bands = kpi.bands.scale if kpi.bands else ()
        if bands:
            of: Of = "value" if kpi.basis == "absolute" else "share"
            ends = tuple((band.name, band.status, band.start, band.end, band.includes) for band in bands)
            scale_of[kpi.id] = numbers.setdefault((of, ends), str(len(numbers)))
            scales[scale_of[kpi.id]] = (bands, of)
    return scales, scale_of
