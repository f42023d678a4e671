"""What places want of the KPIs, as one table that a whole city, or twenty-four, can be judged against at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.indicators import Indicator
from data.periods import MONTHS
from kpis.accumulation import Counting, begins, counted, direction, form, on_top_of, scale
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.paths import Leg, first_day, legs

OF_AN_AIM: dict[str, pl.DataType | type[pl.DataType]] = {
    "indicator": pl.String,
    "sign": pl.Int8,
    "basis": pl.String,
    "form": pl.String,
    "asks_target": pl.Boolean,
    "on_track": pl.Float64,
    "at_risk": pl.Float64,
    "baseline": pl.Float64,
    "base": pl.Float64,
    "target": pl.Float64,
    "target_date": pl.Date,
    "low": pl.Float64,
    "high": pl.Float64,
    "low_limit": pl.Float64,
    "high_limit": pl.Float64,
    "scale_min": pl.Float64,
    "scale_max": pl.Float64,
    "binary": pl.Boolean,
    "tolerance": pl.Float64,
    "smallest": pl.Float64,
    "accumulation": pl.String,
    "sums": pl.String,
    "sums_from": pl.Date,
    "sums_on": pl.Float64,
    "sums_by": pl.Float64,
    "year_starts": pl.Int32,
    "seasonal": pl.Boolean,
    "programmed": pl.Boolean,
    "broken": pl.Boolean,
    "plan_total": pl.Float64,
    "first_day": pl.Date,
    "review_day": pl.Int8,
    "limit_days": pl.Int32,
    "period_months": pl.Int32,
    "period_days": pl.Int32,
    "restarts": pl.Boolean,
}
OF_A_LEG: dict[str, pl.DataType | type[pl.DataType]] = {
    "leg_day": pl.Date,
    "leg_value": pl.Float64,
    "leg_end_day": pl.Date,
    "leg_end_value": pl.Float64,
}
ONLY_FOR: dict[str, tuple[str, ...]] = {
    "range": ("low", "high", "low_limit", "high_limit"),
    "performance": ("scale_min", "scale_max"),
    "binary": ("binary",),
    "room": ("tolerance", "smallest"),
    "restarts": ("restarts",),
    "counted": ("accumulation", "sums", "sums_from", "sums_on", "sums_by", "seasonal", "broken", "plan_total", "programmed"),
    "fiscal": ("year_starts",),
}
"""Columns that only some aims need: left out where none does, because each is held for every goal and month."""
PERIOD_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Aims:
    """`table` has one row for each KPI and place, in that order; `aim` numbers the different aims among them.

    `legs` (aim, since, and the leg's ends) and `years` (aim, year, amount) say when how much of an aim is due. `needs` names
    what some aim uses beyond a baseline, a target and a straight line, so that nothing else is computed. `series` numbers
    the pairs of `places` and `indicators`.
    """

    table: pl.DataFrame
    legs: pl.DataFrame
    years: pl.DataFrame
    needs: frozenset[str]
    places: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def series(self) -> pl.Expr:
        """The number of a row's series, by its place and indicator; null where no goal asks for it. Numbers sort and join fast."""
        place, indicator = (_number(name, known) for name, known in (("place", self.places), ("indicator", self.indicators)))
        return (place * len(self.indicators) + indicator).alias("series")


def _number(name: str, known: tuple[str, ...]) -> pl.Expr:
    return pl.col(name).cast(pl.Enum(known), strict=False).to_physical().cast(pl.UInt32)


@lru_cache(maxsize=64)
def aims(catalogue: Catalogue, definitions: Definitions, places: tuple[str, ...]) -> Aims:
    """The aims of these places. A period lasts `period_months`, or else `period_days`."""
    indicators = {kpi.id: catalogue.indicator(kpi.measure, definitions) for kpi in catalogue.kpis}
    own = [place for place in places if place in catalogue.places_with_own_aims]
    told: list[tuple[Kpi, Aim, Counting]] = []
    wanted: list[tuple[str, str, int]] = []
    for kpi in catalogue.kpis:
        numbers = {}
        for place in (None, *own):  # all other places share the KPI's own aim
            aim = catalogue.aim(kpi.id, place)
            numbers[place] = len(told)
            told.append((kpi, aim, counted(kpi, aim, indicators[kpi.id])))
        wanted += [(kpi.id, place, numbers.get(place, numbers[None])) for place in places]
    rows = [_row(kpi, aim, how, indicators[kpi.id], definitions.city.review_day) for kpi, aim, how in told]
    found = pl.DataFrame(rows, schema={**OF_AN_AIM, **OF_A_LEG}, orient="row")
    table = pl.DataFrame(wanted, schema={"kpi": pl.String, "place": pl.String, "aim": pl.UInt32}, orient="row")
    table = table.join(found.with_row_index("aim"), on="aim", how="left", maintain_order="left")
    all_legs = pl.DataFrame(_legs(told), schema={"aim": pl.UInt32, "since": pl.Date, **OF_A_LEG}, orient="row")
    known = tuple(sorted(set(places))), tuple(sorted({kpi.measure for kpi in catalogue.kpis}))
    made = Aims(table, all_legs, _years(told), _needs(found, all_legs), *known)
    used = made.needs | ({"range", "performance", "binary"} if "room" in made.needs else set())
    unused = [name for need, names in ONLY_FOR.items() if need not in used for name in names]
    return replace(made, table=table.with_columns(made.series).drop(unused))


def _row(kpi: Kpi, aim: Aim, how: Counting, indicator: Indicator, review_day: int) -> Sequence[Any]:
    row = {
        "indicator": indicator.id,
        "sign": kpi.sign,
        "accumulation": how.accumulation,
        "first_day": first_day(aim, how),
        "review_day": (kpi.review and kpi.review.day) or review_day,
        "limit_days": indicator.freshness_limit,
        "period_months": MONTHS.get(indicator.frequency, 0),
        "period_days": PERIOD_DAYS.get(indicator.frequency, 0),
        "restarts": indicator.restarts,
        **_formula(kpi, how, indicator),
        **_target(kpi, aim, how),
        **_counting(aim, how),
    }
    return [*(row[name] for name in OF_AN_AIM), *_only_leg(kpi, aim, how)]


def _formula(kpi: Kpi, how: Counting, indicator: Indicator) -> dict[str, Any]:
    """Which formula gives the attainment, and how strictly it is read."""
    bands, ends = kpi.bands_in_force, scale(kpi, indicator)
    return {
        "basis": kpi.basis,
        "form": form(kpi, how),
        "asks_target": kpi.basis in ("progress", "performance"),
        "on_track": bands and bands.on_track,
        "at_risk": bands and bands.at_risk,
        "scale_min": ends and ends.min,
        "scale_max": ends and ends.max,
        "binary": kpi.attainment == "binary",
        "tolerance": kpi.tolerance,
        "smallest": kpi.smallest_difference,
    }


def _target(kpi: Kpi, aim: Aim, how: Counting) -> dict[str, Any]:
    """Where the goal starts and where it must arrive. A neutral one has no target, so that it is never judged."""
    baseline, target = aim.baseline, aim.target if kpi.polarity != "neutral" else None
    formula = form(kpi, how)
    measured = baseline is not None and formula != "range" and (formula == "way" or how.accumulation is None)
    return {
        "baseline": baseline and baseline.value,
        "base": baseline.value if baseline and measured else None,
        "target": target and target.value,
        "target_date": target and target.date,
        **{name: getattr(target, name, None) for name in ("low", "high", "low_limit", "high_limit")},
        "plan_total": sum(aim.programmed.values()) if how.sums == "year" else target and target.value,
    }


def _counting(aim: Aim, how: Counting) -> dict[str, Any]:
    """What is added up, from when, and on top of what."""
    return {
        "sums": how.sums,
        "year_starts": how.year_starts,
        "sums_from": begins(aim, how.year_starts) if how.sums else None,
        "sums_on": on_top_of(aim, how),
        "sums_by": direction(aim, how),
        "seasonal": how.sums is not None and aim.path.method == "seasonal",
        "programmed": bool(aim.programmed),
        "broken": how.broken,
    }


def _only_leg(kpi: Kpi, aim: Aim, how: Counting) -> Sequence[Any]:
    found = legs(aim, kpi.basis, how)
    return _ends(found[0]) if len(found) == 1 else (None, None, None, None)


def _ends(leg: Leg) -> Sequence[Any]:
    return leg.day, leg.value, leg.end_day, leg.end_value


def _legs(told: Sequence[tuple[Kpi, Aim, Counting]]) -> Iterator[Sequence[Any]]:
    for number, (kpi, aim, how) in enumerate(told):
        for leg in legs(aim, kpi.basis, how):
            yield number, leg.since, *_ends(leg)


def _years(told: Sequence[tuple[Kpi, Aim, Counting]]) -> pl.DataFrame:
    rows = [(number, int(year), value) for number, (_, aim, _how) in enumerate(told) for year, value in aim.programmed.items()]
    return pl.DataFrame(rows, schema={"aim": pl.UInt32, "year": pl.Int32, "amount": pl.Float64}, orient="row")


def _needs(found: pl.DataFrame, all_legs: pl.DataFrame) -> frozenset[str]:
    several = not all_legs.is_empty() and all_legs["aim"].is_duplicated().any()
    uses = {
        "legs": several,
        "longer": (found["period_months"] > 1).any(),
        "range": found["low"].is_not_null().any(),
        "counted": (found["accumulation"].is_not_null() | found["programmed"]).any(),
        "sums": found["sums"].is_not_null().any(),
        "seasons": found["seasonal"].any(),
        "fiscal": (found["year_starts"] != 1).any(),
        "last_year": (found["accumulation"] == "reduction_annual").any(),
        "performance": (found["form"] == "performance").any(),
        "binary": found["binary"].any(),
        "room": (found["tolerance"].fill_null(0) + found["smallest"].fill_null(0) > 0).any(),
        "programme": found["programmed"].any(),
        "restarts": found["restarts"].any(),
    }
    return frozenset(name for name, used in uses.items() if used)
