"""The scorecard: one place's goals in one month, judged."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.judge import judge
from kpis.reasons import reason
from kpis.score import Change, Score


def scorecard(
    facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str, month: Month, as_known: date | None = None
) -> list[Score]:
    """One score for each KPI, in the catalogue's order; `as_known` a day, revisions that came later are left out."""
    indicators = list({kpi.indicator: None for kpi in catalogue.kpis})
    observations = facts.observations(places=[place], indicators=indicators, until=month.last, as_known=as_known)
    verdicts = judge(observations, catalogue, definitions, [place], [month])
    return [_of_row(verdict, catalogue, definitions, month) for verdict in verdicts.iter_rows(named=True)]


def as_score(verdict: Mapping[str, Any], kpi: Kpi, aim: Aim, indicator: Indicator, month: Month) -> Score:
    """A row of kpis.judge as a score, with its reason."""
    same = ("place", "value", "period", "due", "progress", "attainment", "status", "age_days", "limit_days")
    return Score(
        kpi=kpi,
        indicator=indicator,
        aim=aim,
        month=month,
        frequency=indicator.frequency,
        bands=kpi.bands_in_force,
        reason=reason(kpi, indicator, aim, verdict),
        change=_change(verdict),
        **{name: verdict[name] for name in same},
    )


def _of_row(verdict: Mapping[str, Any], catalogue: Catalogue, definitions: Definitions, month: Month) -> Score:
    kpi = catalogue.kpi[verdict["kpi"]]
    return as_score(verdict, kpi, catalogue.aim(kpi.id, verdict["place"]), definitions.indicator[kpi.indicator], month)


def _change(verdict: Mapping[str, Any]) -> Change | None:
    if verdict["value"] is None:
        return None
    return Change(verdict["previous"], verdict["previous_period"], verdict["difference"], verdict["direction"])
