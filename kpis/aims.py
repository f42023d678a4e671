"""What places want of the KPIs, as one table that a whole city, or twenty-four, can be judged against at once."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from data.definitions import Definitions
from data.periods import MONTHS
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.paths import first_day

COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "kpi": pl.String,
    "place": pl.String,
    "indicator": pl.String,
    "sign": pl.Int8,
    "basis": pl.String,
    "on_track": pl.Float64,
    "at_risk": pl.Float64,
    "baseline": pl.Float64,
    "baseline_date": pl.Date,
    "target": pl.Float64,
    "target_date": pl.Date,
    "stepped": pl.Boolean,
    "first_day": pl.Date,
    "limit_days": pl.Int32,
    "period_months": pl.Int32,
    "period_days": pl.Int32,
}
STEPS: dict[str, type[pl.DataType]] = {"kpi": pl.String, "place": pl.String, "step_date": pl.Date, "step": pl.Float64}
PERIOD_DAYS = {"day": 1, "week": 7}


@lru_cache(maxsize=64)
def aims(catalogue: Catalogue, definitions: Definitions, places: tuple[str, ...]) -> pl.DataFrame:
    """One row for each KPI and place, in that order. A period lasts `period_months`, or else `period_days`."""
    rows = [_row(kpi, catalogue.aim(kpi.id, place), place, definitions) for kpi in catalogue.kpis for place in places]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@lru_cache(maxsize=64)
def steps(catalogue: Catalogue, places: tuple[str, ...]) -> pl.DataFrame:
    """The steps of all stepped paths: kpi, place, step_date, step; in the order of their dates."""
    rows = [
        (kpi.id, place, step.date, step.value)
        for kpi in catalogue.kpis
        for place in places
        for step in catalogue.aim(kpi.id, place).path.steps
    ]
    return pl.DataFrame(rows, schema=STEPS, orient="row")


def _row(kpi: Kpi, aim: Aim, place: str, definitions: Definitions) -> Sequence[object]:
    indicator = definitions.indicator[kpi.indicator]
    bands, baseline, target = kpi.bands_in_force, aim.baseline, aim.target
    return (
        kpi.id,
        place,
        kpi.indicator,
        kpi.sign,
        kpi.basis,
        bands and bands.on_track,
        bands and bands.at_risk,
        baseline and baseline.value,
        baseline and baseline.date,
        target and target.value,
        target and target.date,
        bool(aim.path.steps),
        first_day(aim),
        indicator.freshness_limit,
        MONTHS.get(indicator.frequency, 0),
        PERIOD_DAYS.get(indicator.frequency, 0),
    )
