"""A metric beside what it leans on: its frequency, its kind, and the indicator that judging and screens take it for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.definitions import Definitions
from data.indicators import Compared, Indicator, Measures
from data.model import Text, say
from data.periods import FRESH_DAYS, Frequency
from kpis.metrics.definition import Metric
from kpis.metrics.formula import Name, Negative, Node, Number, Operation, names, parse
from kpis.metrics.grain import FITS, How

SAID = ("id", "name", "description", "unit", "unit_one", "decimals")
"""What a metric says of itself as an indicator does."""
USUAL: dict[str, How] = {"flow": "sum", "level": "last", "ratio": "recompute"}
"""How values make one of a longer period, by an indicator's kind."""
ADDS_UP: dict[How, How] = {"sum": "sum", "count": "sum", "recompute": "recompute", "min": "min", "max": "max"}
"""How a series adds up as it goes, by how it makes one of a longer period; the last of some periods is no sum."""


class MetricAsIndicator(Indicator):
    """What a metric is for whoever shows or judges it: an indicator like any other."""

    sums_places: bool = False
    year_to_date: bool = False

    @property
    def restarts(self) -> bool:
        return self.year_to_date

    @property
    def is_count(self) -> bool:
        return super().is_count and self.sums_places


@dataclass(frozen=True)
class Measure:
    """A metric that holds together.

    `how` says how its values make one of a longer period, `adding` how a cumulative one adds up what it leans on; `tree` is the
    formula of a derived one.
    """

    metric: Metric
    indicator: MetricAsIndicator
    how: How
    adding: How
    tree: Node | None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids that it names, of indicators and of metrics."""
        return inputs(self.metric, self.tree)


def inputs(metric: Metric, tree: Node | None) -> tuple[str, ...]:
    """The ids that a metric names, each once."""
    given = (metric.indicator, metric.input_metric, metric.numerator, metric.denominator)
    return tuple(dict.fromkeys([*filter(None, given), *(name.id for name in (names(tree) if tree else ()))]))


def measures(metrics: Sequence[Metric], definitions: Definitions) -> dict[str, Measure]:
    """Each metric by its id, after those that it leans on. They are sound: every name is known, and none leads back to itself."""
    trees = {metric.id: parse(metric.expr) if metric.expr else None for metric in metrics}
    waiting = {metric.id: metric for metric in metrics}
    found: dict[str, Measure] = {}
    while waiting:
        ready = [metric for metric in waiting.values() if not any(name in waiting for name in inputs(metric, trees[metric.id]))]
        for metric in ready:
            found[metric.id] = _measure(metric, trees[metric.id], definitions, found)
            del waiting[metric.id]
    return found


def usual(indicator: Indicator) -> How:
    """How an indicator's values make one of a longer period where nothing else is declared."""
    return USUAL[indicator.kind]


def longest(frequencies: Iterable[Frequency]) -> Frequency:
    """The frequency with the longest periods."""
    return max(frequencies, key=list(FITS).index)


def _measure(metric: Metric, tree: Node | None, definitions: Definitions, known: Mapping[str, Measure]) -> Measure:
    leans_on = {name: known[name].indicator if name in known else definitions.indicator[name] for name in inputs(metric, tree)}
    frequency = metric.frequency or longest(indicator.frequency for indicator in leans_on.values())
    how = _how(metric, tree, leans_on)
    first = next(iter(leans_on.values()))
    sums_places = _sums_places(metric, tree, leans_on)
    indicator = MetricAsIndicator(
        **{part: getattr(metric, part) for part in SAID},
        kind=_kind(how),
        frequency=frequency,
        window=metric.window,
        theme=first.theme,
        source=_sources(leans_on.values()),
        owner=metric.owner or first.owner,
        measures=_measures(leans_on.values()),
        fiscal_year_starts=first.fiscal_year_starts,
        fresh_days=metric.fresh_days or _fresh_days(frequency, leans_on.values()),
        adds_up=sums_places,
        sums_places=sums_places,
        cases=how in ("sum", "count", "recompute") and all(one.cases for one in leans_on.values()),
        compare=_compared(leans_on.values()) if sums_places else None,
        differs={place: how for one in leans_on.values() for place, how in one.differs.items()},
        year_to_date=frequency != "year" and _restarts(metric, leans_on.values()),
    )
    return Measure(metric, indicator, how, _adding(metric, known, definitions), tree)


def _compared(leans_on: Iterable[Indicator]) -> Compared | None:
    """What a count is divided by, where everything that it adds up is divided alike."""
    first, *others = [indicator.compare for indicator in leans_on]
    return first if all(one == first for one in others) else None


def _kind(how: How) -> Literal["level", "flow", "ratio"]:
    if how == "recompute":
        return "ratio"
    return "flow" if how in ("sum", "count") else "level"


def _how(metric: Metric, tree: Node | None, leans_on: Mapping[str, Indicator]) -> How:
    if metric.type == "cumulative":
        return "last"
    if metric.agg:
        return metric.agg
    if "time" in metric.non_additive_over:
        return "last"
    if metric.type == "ratio":
        return "recompute"
    if tree:
        return "sum" if _is_linear(tree, {name for name, indicator in leans_on.items() if indicator.kind == "flow"}) else "last"
    return usual(next(iter(leans_on.values())))


def _adding(metric: Metric, known: Mapping[str, Measure], definitions: Definitions) -> How:
    if metric.type != "cumulative":
        return "last"
    if metric.agg:
        return metric.agg
    own = known[metric.input_metric].how if metric.input_metric else usual(definitions.indicator[str(metric.indicator)])
    return "last" if "time" in metric.non_additive_over else ADDS_UP.get(own, "last")


def _sums_places(metric: Metric, tree: Node | None, leans_on: Mapping[str, Indicator]) -> bool:
    """Whether the districts' values make up their city's."""
    if "place" in metric.non_additive_over or metric.type == "ratio" or metric.agg in ("average", "min", "max", "count"):
        return False
    counts = {name for name, indicator in leans_on.items() if indicator.is_count}
    return _is_linear(tree, counts) if tree else bool(counts)


def _is_linear(tree: Node, adding_up: set[str]) -> bool:
    """Whether the formula adds up because its names do: sums, differences and multiples of them, and nothing else."""
    if isinstance(tree, Name):
        return tree.id in adding_up
    if isinstance(tree, Negative):
        return _is_linear(tree.of, adding_up)
    if not isinstance(tree, Operation):
        return False
    left, right = tree.left, tree.right
    if tree.operator in "+-":
        return _is_linear(left, adding_up) and _is_linear(right, adding_up)
    if isinstance(right, Number):
        return _is_linear(left, adding_up)
    return tree.operator == "*" and isinstance(left, Number) and _is_linear(right, adding_up)


def _measures(leans_on: Iterable[Indicator]) -> Measures | None:
    """An outcome where one of its inputs is one; work done where all of them are."""
    kinds = {indicator.measures for indicator in leans_on}
    return "outcome" if "outcome" in kinds else "output" if kinds == {"output"} else None


def _restarts(metric: Metric, leans_on: Iterable[Indicator]) -> bool:
    """Whether it is added up since its year began, or made of what is; of a ratio of two such sums nothing is left of that."""
    if metric.type == "cumulative":
        return metric.grain_to_date == "year"
    return metric.type != "ratio" and any(indicator.restarts for indicator in leans_on)


def _fresh_days(frequency: Frequency, leans_on: Iterable[Indicator]) -> int:
    """It is as late as the latest of its inputs may be."""
    return max([FRESH_DAYS[frequency], *(indicator.freshness_limit for indicator in leans_on if indicator.frequency == frequency)])


def _sources(leans_on: Iterable[Indicator]) -> Text:
    """Who measured what it is computed from, each once."""
    texts = [indicator.source for indicator in leans_on]
    languages = dict.fromkeys(language for text in texts if not isinstance(text, str) for language in text)
    said = {language: "; ".join(dict.fromkeys(say(text, language) for text in texts))[:2000] for language in languages}
    return said or "; ".join(dict.fromkeys(str(text) for text in texts))[:2000]
