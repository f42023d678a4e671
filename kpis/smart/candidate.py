"""A goal of one place before the gate, with everything that the checks look at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.metrics.observations import observations

PEERS_SINCE = timedelta(days=800)
"""How far back a peer's latest value may lie."""


@dataclass(frozen=True)
class Neighbours:
    """All goals of a place: how many each axis has, and how many are due on each day."""

    axes: Mapping[str | None, int]
    dates: Mapping[date, int]

    @classmethod
    def of(cls, goals: Iterable[tuple[Kpi, Aim]]) -> "Neighbours":
        """Counted once for all goals of a place."""
        told = list(goals)
        return cls(Counter(kpi.axis for kpi, _ in told), Counter(aim.target.date for _, aim in told if aim.target))


@dataclass(frozen=True, eq=False)
class Candidate:
    """`beside` counts all goals of the place, this one among them.

    `series` are its known values by the last day of their period, oldest first, and `peers` the latest one of each place of the
    same kind; both None where no facts are loaded. `chance` of reaching the target comes from a forecast, None without one.
    """

    kpi: Kpi
    indicator: Indicator
    aim: Aim
    place: str
    definitions: Definitions
    beside: Neighbours
    series: Mapping[date, float] | None
    peers: Mapping[str, float] | None
    chance: float | None

    @property
    def starts(self) -> date:
        """The day from which the goal counts: its baseline's, or the last one before the mandate."""
        return self.aim.baseline.date if self.aim.baseline else self.definitions.city.mandate.start - timedelta(days=1)

    @property
    def keeps(self) -> bool:
        """The goal is to keep a value, not to change it."""
        return self.kpi.accumulation == "maintain"

    @cached_property
    def horizon(self) -> int | None:
        """Months from the start to the target's date; None without a target."""
        if self.aim.target is None:
            return None
        end = self.aim.target.date
        return (end.year - self.starts.year) * 12 + end.month - self.starts.month


def candidates(
    catalogue: Catalogue,
    definitions: Definitions,
    place: str,
    facts: Facts | None = None,
    until: date | None = None,
    chances: Mapping[str, float] | None = None,
) -> list[Candidate]:
    """Every goal of a place, in the catalogue's order; values of periods after `until` are not looked at."""
    goals = [(kpi, catalogue.aim(kpi.id, place)) for kpi in catalogue.kpis]
    beside, chances = Neighbours.of(goals), chances or {}
    series = _series(catalogue, definitions, facts, place, until)
    peers = _peers(catalogue, definitions, facts, place, until)

    def known(of: Mapping[str, dict] | None, kpi: Kpi) -> dict | None:
        return None if of is None else of.get(kpi.measure, {})

    def candidate(kpi: Kpi, aim: Aim) -> Candidate:
        indicator = catalogue.indicator(kpi.measure, definitions)
        return Candidate(kpi, indicator, aim, place, definitions, beside, known(series, kpi), known(peers, kpi), chances.get(kpi.id))

    return [candidate(kpi, aim) for kpi, aim in goals]


def _series(
    catalogue: Catalogue, definitions: Definitions, facts: Facts | None, place: str, until: date | None
) -> dict[str, dict[date, float]] | None:
    if facts is None:
        return None
    found = observations(facts, catalogue, definitions, _measures(catalogue), places=[place], until=until)
    return _by_indicator(found, "period")


def _peers(
    catalogue: Catalogue, definitions: Definitions, facts: Facts | None, place: str, until: date | None
) -> dict[str, dict[str, float]] | None:
    """The latest value of each other place of the same kind, by indicator."""
    if facts is None:
        return None
    kind = definitions.place[place].kind
    others = [other.id for other in definitions.places if other.kind == kind and other.id != place]
    latest = until or max((last for other in others if (last := facts.last_period(other))), default=None)
    if latest is None:
        return {}
    since = latest - PEERS_SINCE
    found = observations(facts, catalogue, definitions, _measures(catalogue), places=others, since=since, until=latest)
    return _by_indicator(found, "place")


def _by_indicator(found: pl.DataFrame, key: str) -> dict[str, dict]:
    """The finite values by period, or the last one by place: rows come oldest first."""
    known: dict[str, dict] = {}
    finite = found.filter(pl.col("value").is_finite())
    for indicator, name, value in finite.select("indicator", key, "value").iter_rows():
        known.setdefault(indicator, {})[name] = value
    return known


def _measures(catalogue: Catalogue) -> list[str]:
    return sorted({kpi.measure for kpi in catalogue.kpis})
