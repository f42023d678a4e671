"""What the panel itself knows about an appraisal's indicator: its goal, its figures, and who else has them."""

from dataclasses import dataclass
from datetime import date

from data.definitions import Definitions
from data.facts import Facts
from kpis.appraisals.appraisal import Appraisal
from kpis.catalogue import Catalogue


@dataclass(frozen=True)
class PanelKnows:
    """Of the indicator: whether a goal on it has a baseline, how many periods have a value, how many of them before the start.

    `old` says that the latest value is past its age limit; `peers` and `districts` count other cities and own districts with values.
    """

    baseline: bool = False
    periods: int = 0
    before: int = 0
    old: bool = False
    peers: int = 0
    districts: int = 0


def panel_knows(told: Appraisal, definitions: Definitions, catalogue: Catalogue, facts: Facts | None, day: date | None) -> PanelKnows:
    """What is known on a day (None: the day of the last value) for the city of the home; nothing without an indicator."""
    if told.indicator is None:
        return PanelKnows()
    baseline = _has_baseline(told.indicator, definitions.city.place, catalogue)
    if facts is None:
        return PanelKnows(baseline=baseline)
    city = definitions.city.place
    known = facts.observations(indicators=[told.indicator], until=day).drop_nulls("value")
    places = set(known["place"].unique().to_list())
    own = known.filter(known["place"] == city)["period"]
    last = max(own, default=None)
    limit = definitions.indicator[told.indicator].freshness_limit
    start = told.start
    return PanelKnows(
        baseline=baseline,
        periods=len(own),
        before=sum(period < start.first for period in own) if start else 0,
        old=bool(last and day and (day - last).days > limit),
        peers=sum(place.kind == "city" and place.id in places and place.id != city for place in definitions.places),
        districts=sum(place.parent == city and place.id in places for place in definitions.places),
    )


def _has_baseline(indicator: str, place: str, catalogue: Catalogue) -> bool:
    return any(catalogue.aim(kpi.id, place).baseline is not None for kpi in catalogue.kpis if kpi.measure == indicator)
