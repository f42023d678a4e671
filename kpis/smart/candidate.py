"""A goal of one place before the gate, with everything that the checks look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator, Measures
from kpis.accumulation import counted
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Kpi
from kpis.metrics.observations import observations

PEERS_SINCE = timedelta(days=800)
"""How far back a peer's latest value may lie."""


@dataclass(frozen=True)
class Neighbours:
    """All goals of a place: how many each axis has, how many are due on each day, and what those of each objective measure."""

    axes: Mapping[str | None, int]
    dates: Mapping[date, int]
    measured: Mapping[str | None, Mapping[Measures | None, int]]

    @classmethod
    def of(cls, goals: Iterable[tuple[Kpi, Aim]], measured: Mapping[str, Measures | None] | None = None) -> "Neighbours":
        """Counted once for all goals of a place; `measured` says by a goal's id whether its indicator is of work done or of its outcome."""
        told, known = list(goals), measured or {}
        by_objective: defaultdict[str | None, Counter[Measures | None]] = defaultdict(Counter)
        for kpi, _ in told:
            by_objective[objective(kpi)][known.get(kpi.id)] += 1
        return cls(Counter(kpi.axis for kpi, _ in told), Counter(aim.target.date for _, aim in told if aim.target), by_objective)


def objective(kpi: Kpi) -> str | None:
    """What a goal belongs to in the plan: its node, or else its axis."""
    return kpi.plan_node or kpi.axis


@dataclass(frozen=True, eq=False)
class Candidate:
    """`beside` counts all goals of the place, this one among them.

    `series` are its known values by the last day of their period, oldest first, and `peers` the latest one of each place of the
    same kind; both None where no facts are loaded. `chance` of reaching the target comes from a forecast, None where none can be
    told; `looked_ahead` says that somebody has forecast.
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
    looked_ahead: bool = False

    @property
    def starts(self) -> date:
        """The day from which the goal counts: its baseline's, or the last one before the mandate."""
        return self.aim.baseline.date if self.aim.baseline else self.definitions.city.mandate.start - timedelta(days=1)

    @property
    def keeps(self) -> bool:
        """The goal is to keep a value, not to change it."""
        return self.kpi.accumulation == "maintain"

    @property
    def starts_from_nothing(self) -> bool:
        """A sum of what a plan programmes for its years begins at zero: it needs no baseline."""
        return bool(self.aim.programmed) and counted(self.kpi, self.aim, self.indicator).sums is not None

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
    chances: Mapping[str, float | None] | None = None,
) -> list[Candidate]:
    """Every goal of a place, in the catalogue's order; values of periods after `until` are not looked at.

    `chances` by the goal's id are those of a forecast; None: nobody has forecast yet.
    """
    goals = [(kpi, catalogue.aim(kpi.id, place)) for kpi in catalogue.kpis]
    beside = Neighbours.of(goals, {kpi.id: catalogue.indicator(kpi.measure, definitions).measures for kpi, _ in goals})
    series = _series(catalogue, definitions, facts, place, until)
    peers = _peers(catalogue, definitions, facts, place, until)

    def candidate(kpi: Kpi, aim: Aim) -> Candidate:
        indicator = catalogue.indicator(kpi.measure, definitions)
        likely = (chances or {}).get(kpi.id), chances is not None
        return Candidate(kpi, indicator, aim, place, definitions, beside, _known(series, kpi), _known(peers, kpi), *likely)

    return [candidate(kpi, aim) for kpi, aim in goals]


def _known(of: Mapping[str, dict] | None, kpi: Kpi) -> dict | None:
    return None if of is None else of.get(kpi.measure, {})


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
