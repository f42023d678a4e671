"""What is demanded of a metric, and of a goal that names one. A rule is a function that returns problems, as in kpis.rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from data.indicators import Indicator
from data.located import near
from data.problems import N_, Problem
from data.segments import MARKS
from kpis.definition_files import Written, WrittenMetric
from kpis.metrics.definition import NEEDED, TAKEN
from kpis.metrics.expression import YEAR
from kpis.metrics.formula import Call, Node, NotAFormula, names, parse, walk
from kpis.metrics.grain import FITS
from kpis.metrics.measure import Measure, inputs, measures

DEEPEST = 10
"""How many metrics may stand on each other. Nobody can explain a number that is further from what was measured."""

AGGREGATIONS: dict[str, tuple[str, ...]] = {
    "simple": ("sum", "average", "min", "max", "last", "count"),
    "cumulative": ("sum", "average", "min", "max"),
}
REFUSED_OVER_TIME: dict[str, dict[str, str]] = {
    "level": {"sum": N_("{name} does not add up over time")},
    "ratio": {
        "sum": N_("{name} is a rate, and rates do not add up"),
        "average": N_("{name} is a rate, and never averaged: it is computed anew from its numerators and denominators"),
    },
}


def a_metric_has_an_id_of_its_own(written: Written) -> Iterator[Problem]:
    first: dict[str, WrittenMetric] = {}
    for one in written.metrics:
        name = one.metric.id
        if name in written.definitions.indicator:
            yield one.problem("id", "an indicator has the id {name!r} already", "rename the metric", name=name)
        if name in first:
            line = first[name].document.mark((*first[name].location, "id"))[0]
            there = f"{first[name].document.path}:{line}"
            yield one.problem("id", "the id {name!r} is given twice, first in {there}", "rename one of them", name=name, there=there)
        first.setdefault(name, one)


def a_metric_has_the_keys_of_its_type(written: Written) -> Iterator[Problem]:
    typed = {key for kind in NEEDED for key in _keys(kind)}
    for one in written.metrics:
        kind, given = one.metric.type, one.metric.model_fields_set
        for choice in NEEDED[kind]:
            found = [key for key in choice if key in given and getattr(one.metric, key) is not None]
            if len(found) != 1:
                message, hint = N_("a metric of type {type} needs exactly one of: {keys}"), N_("give one of them")
                yield one.problem(found[1] if found else "", message, hint, type=kind, keys=", ".join(choice))
        for key in sorted((typed - _keys(kind)) & given):
            message, hint = N_("a metric of type {type} takes no `{foreign}`"), N_("remove it, or correct the type; it takes: {keys}")
            yield one.problem(key, message, hint, type=kind, foreign=key, keys=", ".join(sorted(_keys(kind))))


def a_formula_can_be_read(written: Written) -> Iterator[Problem]:
    for one in written.metrics:
        found = _read(one)
        if isinstance(found, NotAFormula):
            yield one.problem("expr", found.message, found.hint, **found.values)


def names_of_metrics_are_known(written: Written) -> Iterator[Problem]:
    metrics = [one.metric.id for one in written.metrics]
    indicators = list(written.definitions.indicator)
    either = [*indicators, *metrics]
    for one in written.metrics:
        metric, area = one.metric, written.definitions.area
        for key, known, what in (
            ("indicator", indicators, "indicator"),
            ("input_metric", metrics, "metric"),
            ("numerator", either, "indicator or metric"),
            ("denominator", either, "indicator or metric"),
        ):
            name = getattr(metric, key)
            if name is not None and name not in known and (known is indicators or written.complete):
                yield one.unknown(key, what, name, known)
        if metric.owner is not None and metric.owner not in area:
            yield one.unknown("owner", "area", metric.owner, list(area))
        yield from _unknown_in_formula(one, either) if written.complete else ()


def _unknown_in_formula(one: WrittenMetric, known: list[str]) -> Iterator[Problem]:
    tree = _tree(one)
    for name in names(tree) if tree else ():
        if name.id not in known:
            message, hint = N_("character {at}: {name!r} is not a known indicator or metric"), N_("write {near}, or define it first")
            yield one.problem("expr", message, hint, at=name.at, name=name.id, near=near(name.id, known))


def metrics_go_in_no_circle(written: Written) -> Iterator[Problem]:
    leads = {one.metric.id: inputs(one.metric, _tree(one)) for one in written.metrics}
    told: set[frozenset[str]] = set()
    for one in written.metrics:
        circle = _circle(one.metric.id, leads)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            message, hint = N_("the metric leads back to itself: {circle}"), N_("take one of the steps out")
            yield one.problem("", message, hint, circle=" → ".join(circle))


def _circle(start: str, leads: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from a metric back to itself, both ends said; [] where there is none."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        for name in leads.get(way[-1], ()):
            if name == start:
                return [*way, name]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def metrics_agree_with_what_they_lean_on(written: Written) -> Iterator[Problem]:
    """Asked only where every metric can be put beside its inputs: what else is wrong is said first."""
    if not written.complete or any(problem for rule in SOUND for problem in rule(written)):
        return
    known = measures([one.metric for one in written.metrics], written.definitions)
    heights: dict[str, int] = {}
    for name, measure in known.items():
        heights[name] = 1 + max(heights.get(leans_on, 0) for leans_on in measure.inputs)
    for one in written.metrics:
        measure = known[one.metric.id]
        leans_on = {name: known[name].indicator if name in known else written.definitions.indicator[name] for name in measure.inputs}
        if heights[one.metric.id] == DEEPEST + 1:
            message, hint = N_("more than {deepest} metrics stand on each other below this one"), N_("compute it from fewer steps")
            yield one.problem("", message, hint, deepest=DEEPEST)
        yield from _periods(one, measure, leans_on)
        yield from _aggregation(one, leans_on)
        if one.metric.type == "cumulative":
            yield from _adding(one, measure)


def _periods(one: WrittenMetric, measure: Measure, leans_on: Mapping[str, Indicator]) -> Iterator[Problem]:
    own = measure.indicator.frequency
    for name, indicator in leans_on.items():
        if own not in FITS[indicator.frequency]:
            message = N_("{name} is known by {theirs}, which does not make whole periods by {own}")
            hint = N_("write a `frequency` that it fits into: {possible}")
            values = {"name": name, "theirs": indicator.frequency, "own": own, "possible": ", ".join(FITS[indicator.frequency])}
            yield one.problem("frequency", message, hint, **values)
    if measure.tree and own not in YEAR and any(isinstance(node, Call) and node.function == "year_ago" for node in walk(measure.tree)):
        message = N_("year_ago has no meaning for days: a weekday of last year is another date")
        yield one.problem("expr", message, "write `frequency: month`")
    if one.metric.grain_to_date == "year" and own in ("week", "year"):
        message = N_("periods by {own} are no parts of a calendar year")
        yield one.problem("grain_to_date", message, "write another `frequency`, or use `window`", own=own)


def _aggregation(one: WrittenMetric, leans_on: Mapping[str, Indicator]) -> Iterator[Problem]:
    name, indicator = next(iter(leans_on.items()))
    kind = "level" if "time" in one.metric.non_additive_over and indicator.kind == "flow" else indicator.kind
    refused = REFUSED_OVER_TIME.get(kind, {})
    if one.metric.agg in refused:
        possible = ", ".join(agg for agg in AGGREGATIONS[one.metric.type] if agg not in refused)
        hint = N_("remove `agg`, or use one of: {possible}")
        yield one.problem("agg", refused[str(one.metric.agg)], hint, name=name, possible=possible)


def _adding(one: WrittenMetric, measure: Measure) -> Iterator[Problem]:
    agg = one.metric.agg
    if agg is not None and agg not in AGGREGATIONS["cumulative"]:
        message, hint = N_("a cumulative metric does not take agg {agg}"), N_("use one of: {possible}")
        yield one.problem("agg", message, hint, agg=agg, possible=", ".join(AGGREGATIONS["cumulative"]))
    elif measure.adding == "last":
        message, hint = N_("{name} does not add up over time"), N_("write `agg:` with average, min or max, or take a flow or a rate")
        yield one.problem("", message, hint, name=measure.inputs[0])


def a_filter_names_parts(written: Written) -> Iterator[Problem]:
    for one in written.metrics:
        for dimension, part in one.metric.filter.items():
            if any(mark in part for mark in MARKS):
                message, hint = (
                    N_("the part {part!r} holds a mark that separates parts"),
                    N_("write one dimension and its part on each line"),
                )
                yield one.problem(f"filter.{dimension}", message, hint, part=part)


def a_goal_tracks_one_thing(written: Written) -> Iterator[Problem]:
    known = [one.metric.id for one in written.metrics]
    for goal in written.goals:
        kpi = goal.kpi
        if kpi.indicator is None and kpi.metric is None:
            yield goal.problem("", "the goal says neither `indicator` nor `metric`", "write what it tracks")
        if kpi.indicator is not None and kpi.metric is not None:
            yield goal.problem("metric", "the goal says both `indicator` and `metric`", "keep one")
        if kpi.metric is not None and kpi.metric not in known and written.complete:
            yield goal.unknown("metric", "metric", kpi.metric, known)


def a_filter_names_a_declared_dimension(written: Written) -> Iterator[Problem]:
    sources = written.definitions.sources
    if not sources or any(source.columns.segment for source in sources):
        return  # whatever stands in that column is a segment
    known = sorted({dimension for source in sources for dimension in source.columns.segments})
    for one in written.metrics:
        for dimension in one.metric.filter:
            if dimension not in known:
                message = N_("no source has a column for the dimension {dimension!r}")
                hint = N_("write {near}, unless its values come in another way")
                yield one.problem(f"filter.{dimension}", message, hint, dimension=dimension, near=near(dimension, known))


def _keys(kind: str) -> set[str]:
    return {key for choice in NEEDED[kind] for key in choice} | set(TAKEN[kind])


def _read(one: WrittenMetric) -> Node | NotAFormula | None:
    try:
        return parse(one.metric.expr) if one.metric.expr is not None else None
    except NotAFormula as fault:
        return fault


def _tree(one: WrittenMetric) -> Node | None:
    found = _read(one)
    return None if isinstance(found, NotAFormula) else found


Rule = Callable[[Written], Iterable[Problem]]
SOUND: tuple[Rule, ...] = (
    a_metric_has_an_id_of_its_own,
    a_metric_has_the_keys_of_its_type,
    a_formula_can_be_read,
    names_of_metrics_are_known,
    metrics_go_in_no_circle,
)
METRIC_RULES: tuple[Rule, ...] = (
    *SOUND,
    metrics_agree_with_what_they_lean_on,
    a_filter_names_parts,
    a_goal_tracks_one_thing,
)
METRIC_WARNINGS: tuple[Rule, ...] = (a_filter_names_a_declared_dimension,)
