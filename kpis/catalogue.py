"""Every goal of a home, found by its id, with what each place wants of it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from data.definitions import Definitions, stamp
from data.home import Home
from data.indicators import Indicator
from data.problems import Problem, Refused
from kpis.definition import Aim, Kpi
from kpis.definition_files import Written, goal_files, merged, read_goals
from kpis.metrics.compute import needed
from kpis.metrics.measure import Measure, measures
from kpis.rules import broken


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The KPIs in file and line order, and the metrics by id, each after those it leans on. One reading is one object: caches go by it."""

    kpis: tuple[Kpi, ...]
    own_aims: dict[tuple[str, str], Aim]
    measures: Mapping[str, Measure] = field(default_factory=dict)

    @cached_property
    def kpi(self) -> dict[str, Kpi]:
        return {kpi.id: kpi for kpi in self.kpis}

    @cached_property
    def places_with_own_aims(self) -> frozenset[str]:
        return frozenset(place for _kpi, place in self.own_aims)

    def aim(self, kpi: str, place: str | None) -> Aim:
        """What a place wants of a KPI: each part that the place gives itself, and the KPI's own for the rest (None: only that)."""
        return merged(self.kpi[kpi], self.own_aims.get((kpi, place)) if place else None)

    def indicator(self, name: str, definitions: Definitions) -> Indicator:
        """An indicator by its id, or a metric as one: what a KPI's `measure` names."""
        measure = self.measures.get(name)
        return measure.indicator if measure else definitions.indicator[name]

    def sources(self, kpi: Kpi) -> frozenset[str]:
        """The indicators whose values move a KPI: its own, or those that its metric leans on."""
        if kpi.measure not in self.measures:
            return frozenset({kpi.measure})
        return frozenset().union(*needed(self.measures, [kpi.measure]).values())


@lru_cache(maxsize=16)
def with_metrics(catalogue: Catalogue, definitions: Definitions) -> Definitions:
    """The definitions with each metric as an indicator, for what looks at every series alike; sums that begin anew are none."""
    plain = (measure.indicator for measure in catalogue.measures.values() if measure.metric.type != "cumulative")
    return replace(definitions, indicators=(*definitions.indicators, *plain)) if catalogue.measures else definitions


def load(home: Home, definitions: Definitions) -> Catalogue:
    """The home's goals, read again only when a file has changed. Raises Refused with every problem of every file."""
    files = tuple(goal_files(home))
    return _load(home, definitions, files, stamp(*files))


@lru_cache(maxsize=4)
def _load(home: Home, definitions: Definitions, files: tuple[Path, ...], _stamp: tuple[Hashable, ...]) -> Catalogue:
    problems: list[Problem] = []
    written = read_goals(home, definitions, files, problems)
    problems += broken(written)
    if problems:
        raise Refused(problems)
    return as_written(written)


def as_written(written: Written) -> Catalogue:
    """The catalogue of goals that hold together, as their files give them."""
    own_aims = {(own.kpi, own.place): own.aim for own in written.own_aims}
    known = measures([one.metric for one in written.metrics], written.definitions)
    return Catalogue(tuple(goal.kpi for goal in written.goals), own_aims, known)
