"""The scorecard: one place's goals in one month, judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.periods import Month
from kpis.band_reasons import band_of, band_reason, widened
from kpis.catalogue import Catalogue, with_metrics
from kpis.definition import Aim, Kpi
from kpis.judge import judge
from kpis.metrics.observations import observations
from kpis.reasons import reason
from kpis.score import Change, Score
from kpis.signals import latest
from kpis.unusual import signal
from kpis.widening import by_what_the_data_can_tell


def scorecard(
    facts: Facts,
    catalogue: Catalogue,
    definitions: Definitions,
    place: str,
    month: Month,
    as_known: date | None = None,
    known: pl.DataFrame | None = None,
) -> list[Score]:
    """One score for each KPI, in the catalogue's order; `as_known` a day, revisions that came later are left out.

    `known` is what `held` gave up to that month, where it was asked already.
    """
    if known is None:
        known = held(facts, catalogue, definitions, place, month, as_known)
    told = as_the_data_can_tell(facts, catalogue, place, month, as_known)
    return judged(known, told, definitions, place, month, latest(known, with_metrics(catalogue, definitions)))


def held(
    facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str, until: Month, as_known: date | None = None
) -> pl.DataFrame:
    """What is held of a place's goals up to the end of a month."""
    names = [kpi.measure for kpi in catalogue.kpis]
    return observations(facts, catalogue, definitions, names, places=[place], until=until.last, as_known=as_known)


def as_the_data_can_tell(facts: Facts, catalogue: Catalogue, place: str, month: Month, as_known: date | None = None) -> Catalogue:
    """The goals with their bands as wide as the usual correction of their values, as far as was known."""
    found = facts.replaced([place], month.last)
    return by_what_the_data_can_tell(catalogue, found if as_known is None else found.filter(pl.col("known_on") <= as_known))


def judged(
    held: pl.DataFrame, catalogue: Catalogue, definitions: Definitions, place: str, month: Month, found: Mapping[str, Mapping[str, Any]]
) -> list[Score]:
    """The month judged on these observations, of which later ones do not count; `found` gives an indicator's row of kpis.signals."""
    return judged_in(held, catalogue, definitions, place, [month], found)


def judged_in(
    held: pl.DataFrame,
    catalogue: Catalogue,
    definitions: Definitions,
    place: str,
    months: Sequence[Month],
    found: Mapping[str, Mapping[str, Any]],
) -> list[Score]:
    """Several months as `judged` gives one: each goal's, in the order of the months."""
    verdicts = judge(held, catalogue, definitions, [place], months)
    return [_of_row(row, catalogue, definitions, Month.of(row["month"]), found) for row in verdicts.iter_rows(named=True)]


def as_score(
    verdict: Mapping[str, Any], kpi: Kpi, aim: Aim, indicator: Indicator, month: Month, found: Mapping[str, Any] | None = None
) -> Score:
    """A row of kpis.judge as a score, with its reason; `found` is the value's row of kpis.signals."""
    band = band_of(kpi, verdict["band"])
    same = ("place", "value", "period", "due", "progress", "attainment", "status", "age_days", "limit_days")
    more = ("reported", "base", "hold", "annual_compliance", "plan_progress")
    return Score(
        kpi=kpi,
        indicator=indicator,
        aim=aim,
        month=month,
        frequency=indicator.frequency,
        bands=kpi.bands_in_force,
        reason=band_reason(kpi, indicator, verdict, band) if band else reason(kpi, indicator, aim, verdict),
        change=_change(verdict),
        target_now=verdict["target"],
        listed_band=band,
        widened=widened(kpi, verdict["edges"]),
        signal=None if found is None else signal(kpi, indicator, found),
        **{name: verdict[name] for name in (*same, *more)},
    )


def _of_row(
    verdict: Mapping[str, Any], catalogue: Catalogue, definitions: Definitions, month: Month, found: Mapping[str, Mapping[str, Any]]
) -> Score:
    kpi = catalogue.kpi[verdict["kpi"]]
    aim, indicator = catalogue.aim(kpi.id, verdict["place"]), catalogue.indicator(kpi.measure, definitions)
    return as_score(verdict, kpi, aim, indicator, month, found.get(kpi.measure))


def _change(verdict: Mapping[str, Any]) -> Change | None:
    if verdict["reported"] is None:
        return None
    return Change(verdict["previous"], verdict["previous_period"], verdict["difference"], verdict["direction"])
