"""The goal files of a home as they were written: each goal beside its file and line, so that a rule can point at it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from data.definitions import Definitions, at, read_part, stamp, unknown
from data.home import Home
from data.model import M
from data.problems import Problem
from data.yaml_file import Document
from kpis.definition import Aim, Kpi, KpiFile, TargetFile
from kpis.metrics.definition import Metric

PARTS: tuple[str, ...] = tuple(Aim.model_fields)
NO_DRAFTS: Mapping[Path, str] = {}


@dataclass(frozen=True)
class Goal:
    """A KPI with what one place wants of it, and where that is written; `place` is None for the KPI's own aim."""

    kpi: Kpi
    place: str | None
    aim: Aim
    parts: frozenset[str]
    document: Document
    location: tuple[str | int, ...]

    def wrote(self, *parts: str) -> bool:
        """Whether one of these parts is written here, and not taken over from the KPI's own aim."""
        return not self.parts.isdisjoint(parts)

    def problem(self, key: str, message: str, hint: str, **values: object) -> Problem:
        """A problem at a key of this goal, such as "target" or "path.steps"."""
        return at(self.document, (*self.location, *_keys(key)), message, hint, **values)

    def unknown(self, key: str, what: str, name: str, known: Sequence[str]) -> Problem:
        """A problem for an id that nothing defines."""
        return unknown(self.document, (*self.location, *_keys(key)), what, name, known)


@dataclass(frozen=True)
class OwnAim:
    """One entry of kpis/targets/<place>.yaml, before it is known whether place and KPI exist."""

    kpi: str
    place: str
    aim: Aim
    document: Document


@dataclass(frozen=True)
class WrittenMetric:
    """A metric with where it is written."""

    metric: Metric
    document: Document
    location: tuple[str | int, ...]

    def problem(self, key: str, message: str, hint: str, **values: object) -> Problem:
        """A problem at a key of this metric; "" is the metric itself."""
        return at(self.document, (*self.location, *_keys(key)), message, hint, **values)

    def unknown(self, key: str, what: str, name: str, known: Sequence[str]) -> Problem:
        """A problem for an id that nothing defines."""
        return unknown(self.document, (*self.location, *_keys(key)), what, name, known)


@dataclass(frozen=True)
class Written:
    """Every goal of a home, in file and line order, with the definitions that they lean on.

    `complete` is False where a file could not be read, so that a goal that is missing may be in it.
    """

    definitions: Definitions
    goals: tuple[Goal, ...]
    own_aims: tuple[OwnAim, ...]
    complete: bool
    metrics: tuple[WrittenMetric, ...] = ()

    @cached_property
    def kpi(self) -> dict[str, Kpi]:
        return {goal.kpi.id: goal.kpi for goal in reversed(self.goals)}

    @cached_property
    def every_goal(self) -> tuple[Goal, ...]:
        """The KPIs' own aims, then what each place wants of them."""
        return (*self.goals, *self._place_goals())

    def _place_goals(self) -> Iterator[Goal]:
        for own in self.own_aims:
            if own.kpi in self.kpi:
                kpi = self.kpi[own.kpi]
                parts = frozenset(own.aim.model_fields_set)
                yield Goal(kpi, own.place, merged(kpi, own.aim), parts, own.document, ("targets", own.kpi))


def merged(kpi: Kpi, own: Aim | None) -> Aim:
    """What a place wants: each part that it wrote itself, and the KPI's own for the rest."""
    given = own.model_fields_set if own else set()
    return Aim.model_construct(**{part: getattr(own if part in given else kpi, part) for part in PARTS})


def goal_files(home: Home) -> list[Path]:
    """The home's files of KPIs, then those of targets, each in the order of their names."""
    return [*sorted(home.definitions.glob("*.yaml")), *sorted(home.targets.glob("*.yaml"))]


def read_goals(
    home: Home, definitions: Definitions, files: Sequence[Path], problems: list[Problem], drafts: Mapping[Path, str] = NO_DRAFTS
) -> Written:
    """The goals in these files; what cannot be read is added to the problems and left out.

    A file that has not changed since it was last read is not read again. `drafts` are texts that count in place of their files.
    """
    goals: list[Goal] = []
    own_aims: list[OwnAim] = []
    metrics: list[WrittenMetric] = []
    for path in files:
        if path.parent.name == home.targets.name:
            targets, document, wrong = _file(TargetFile, path, home, drafts)
            own_aims += [OwnAim(kpi, path.stem, aim, document) for kpi, aim in (targets.targets if targets else {}).items()]
        else:
            found, document, wrong = _file(KpiFile, path, home, drafts)
            goals += [_own_goal(kpi, i, document) for i, kpi in enumerate(found.kpis if found else ())]
            metrics += [WrittenMetric(metric, document, ("metrics", i)) for i, metric in enumerate(found.metrics if found else ())]
        problems += wrong
    return Written(definitions, tuple(goals), tuple(own_aims), complete=not problems, metrics=tuple(metrics))


Read = tuple[M | None, Document, tuple[Problem, ...]]


def _file(kind: type[M], path: Path, home: Home, drafts: Mapping[Path, str]) -> Read[M]:
    """One file as a model, or None with what is wrong in it."""
    return _fresh(kind, path, home, drafts[path]) if path in drafts else _read(kind, path, home, stamp(path))


@lru_cache(maxsize=4096)
def _read(kind: type[M], path: Path, home: Home, _stamp: tuple[Hashable, ...]) -> Read[M]:
    return _fresh(kind, path, home)


def _fresh(kind: type[M], path: Path, home: Home, text: str | None = None) -> Read[M]:
    problems: list[Problem] = []
    found, document = read_part(kind, path, home, problems, text)
    if isinstance(found, KpiFile) and not found.model_fields_set:
        problems.append(at(document, (), "neither goals nor metrics are given", "write `kpis:` or `metrics:`, or remove the file"))
    return found, document, tuple(problems)


def _own_goal(kpi: Kpi, index: int, document: Document) -> Goal:
    return Goal(kpi, None, merged(kpi, None), frozenset(PARTS), document, ("kpis", index))


def _keys(dotted: str) -> tuple[str | int, ...]:
    return tuple(int(key) if key.isdigit() else key for key in dotted.split(".") if key)
