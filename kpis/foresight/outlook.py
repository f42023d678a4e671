"""What is likely to come of one place's indicators, from the values that are known, and with what chance its goals are reached."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.definitions import Definitions
from data.periods import Frequency, end_of_year, year_of
from kpis.accumulation import begins
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.foresight import chance as chances
from kpis.foresight.calendar import SEASON, following, steps_between, up_to
from kpis.foresight.forecast import Forecast, Series, forecasts
from kpis.foresight.rate import Rate, rate

LEVELS = (None, "level", "maintain")
"""Accumulations whose goal is held against a single value."""
LEAST_SEASONS = 1
"""Every forecast reaches a year ahead at least, whenever the mandate ends."""
MOST_STEPS = 400
SUMS = {"cumulative": "plan", "flow": "year"}
"""Goals that count what comes in, by their accumulation, and over which stretch."""


@dataclass(frozen=True)
class Outlook:
    """The values of consecutive periods up to `last`, None where one is missing, and what is likely to follow them."""

    last: date
    frequency: Frequency
    values: tuple[float | None, ...]
    forecast: Forecast
    begins: int = 0
    """The place of the first value after the last declared change of the series."""

    def ends(self) -> list[date]:
        """Last days of the periods forecast."""
        return following(self.last, self.frequency, len(self.forecast.mean))

    def step(self, day: date) -> int | None:
        """How many periods ahead a day lies; None where that is not forecast."""
        step = steps_between(self.last, day, self.frequency)
        return step if 1 <= step <= len(self.forecast.mean) else None

    def known(self) -> list[tuple[date, float]]:
        """The values with the last days of their periods."""
        ends = up_to(self.last, self.frequency, len(self.values))
        return [(end, value) for end, value in zip(ends, self.values, strict=True) if value is not None]


def until(catalogue: Catalogue, definitions: Definitions, place: str) -> date:
    """How far it is forecast: to the end of the mandate, or to the last of the place's targets."""
    targets = [aim.target.date for kpi in catalogue.kpis if (aim := catalogue.aim(kpi.id, place)).target]
    return max([definitions.city.mandate.end, *targets])


def outlooks(observations: pl.DataFrame, catalogue: Catalogue, definitions: Definitions, place: str, day: date) -> dict[str, Outlook]:
    """By indicator or metric, of one place's observations as kpis.metrics.observations gives them, as far as a day.

    What begins anew each year is left out: no method here knows of the fall.
    """
    totals = observations.filter((pl.col("place") == place) & (pl.col("segment") == "") & pl.col("value").is_finite())
    parts = {str(name): rows for (name,), rows in totals.partition_by("indicator", as_dict=True).items()}
    parts = {name: rows for name, rows in parts.items() if name in definitions.indicator or name in catalogue.measures}
    parts = {name: rows for name, rows in parts.items() if not catalogue.indicator(name, definitions).restarts}
    every: dict[str, Frequency] = {name: catalogue.indicator(name, definitions).frequency for name in parts}
    known = {name: _consecutive(rows, every[name]) for name, rows in parts.items()}
    asked = [_series(name, known[name], every[name], definitions, place) for name in known]
    steps = {name: _steps(last, day, every[name]) for name, (last, _) in known.items()}
    made = forecasts(asked, max(steps.values(), default=1))
    return {
        name: Outlook(last, every[name], _told(values), forecast.cut(steps[name]), one.begins)
        for (name, (last, values)), one, forecast in zip(known.items(), asked, made, strict=True)
    }


def chance(kpi: Kpi, aim: Aim, outlook: Outlook | None, year_starts: int) -> float | None:
    """The chance that the goal's target is met at its date; None without one.

    Of a range it is the chance to end between its two ends. There is none where that day is past or not forecast, where neither way is
    better, and where what is added up is a way from a baseline.
    """
    step = outlook.step(aim.target.date) if outlook and aim.target else None
    if step is None or outlook is None or aim.target is None:
        return None
    if aim.target.range:
        return chances.of_range(outlook.forecast, step, aim.target.range) if kpi.accumulation in LEVELS else None
    if not kpi.sign:
        return None
    if kpi.accumulation not in (*SUMS, *LEVELS):
        return None
    stretch = SUMS.get(kpi.accumulation or "")
    if stretch is None:
        return chances.of_level(outlook.forecast, step, aim.target.value, kpi.sign)
    return _of_sum(outlook, aim, step, _begins(stretch, aim, year_starts), kpi.sign)


def chances_of(found: Mapping[str, Outlook], catalogue: Catalogue, definitions: Definitions, place: str) -> dict[str, float | None]:
    """The chance of every goal of a place, by the goal's id; `found` as `outlooks` gives it."""
    starts = {kpi.id: catalogue.indicator(kpi.measure, definitions).year_starts for kpi in catalogue.kpis}
    return {kpi.id: chance(kpi, catalogue.aim(kpi.id, place), found.get(kpi.measure), starts[kpi.id]) for kpi in catalogue.kpis}


def asked_rate(kpi: Kpi, aim: Aim, outlook: Outlook) -> Rate | None:
    """What the target asks of each period to come, beside what they have brought; None where there is no way to go, or it is added up.

    Only what came after the last declared change of the series counts, as for the forecast.
    """
    step = outlook.step(aim.target.date) if aim.target else None
    if step is None or aim.target is None or not kpi.sign or kpi.accumulation not in LEVELS:
        return None
    since = outlook.values[outlook.begins :]
    return rate(np.array([np.nan if value is None else value for value in since]), aim.target.value, step, kpi.sign)


def _of_sum(outlook: Outlook, aim: Aim, step: int, since: date | None, sign: int) -> float | None:
    """Only what comes in from `since` on counts; None where a missing period leaves open how much that is so far."""
    if aim.target is None or since is None:
        return None
    ends = up_to(outlook.last, outlook.frequency, len(outlook.values))
    counted = [value for end, value in zip(ends, outlook.values, strict=True) if end > since]
    came = [value for value in counted if value is not None]
    if len(came) < len(counted) or outlook.step(since) is not None:
        return None
    return chances.of_sum(outlook.forecast, step, aim.target.value - sum(came), sign)


def _begins(stretch: str, aim: Aim, year_starts: int) -> date | None:
    """The day after which values count: that before the target's own year, or that before the plan."""
    if stretch == "year" and aim.target:
        return end_of_year(year_of(aim.target.date, year_starts) - 1, year_starts)
    return begins(aim, year_starts)


def _consecutive(rows: pl.DataFrame, frequency: Frequency) -> tuple[date, np.ndarray]:
    """The last period, and the values of all periods up to it."""
    periods: Sequence[date] = rows["period"].to_list()
    last = max(periods)
    back = [-steps_between(last, period, frequency) for period in periods]
    values = np.full(max(back) + 1, np.nan)
    values[[len(values) - 1 - place for place in back]] = rows["value"].to_numpy()
    return last, values


def _series(name: str, known: tuple[date, np.ndarray], frequency: Frequency, definitions: Definitions, place: str) -> Series:
    last, values = known
    changed = _last_change(name, definitions, place, last)
    begins = 0 if changed is None else max(len(values) - 1 + steps_between(last, changed, frequency), 0)
    return Series(values, SEASON[frequency], min(begins, len(values) - 1))


def _last_change(name: str, definitions: Definitions, place: str, last: date) -> date | None:
    """The day of the last declared change of a series: an event of the city that names its indicator, at this place or around it."""
    here: Collection[str | None] = {place, definitions.place[place].parent}
    events = [event for event in definitions.city.events if name in event.indicators and event.date <= last]
    return max((event.date for event in events if set(event.places or [definitions.city.place]) & set(here)), default=None)


def _steps(last: date, day: date, frequency: Frequency) -> int:
    return min(max(steps_between(last, day, frequency), LEAST_SEASONS * SEASON[frequency], 1), MOST_STEPS)


def _told(values: np.ndarray) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
