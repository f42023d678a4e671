"""The panel of a study that reads an indicator: the city or its districts beside the peers, the other districts, or places by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.periods import Frequency
from data.problems import N_, Problem, Refused
from kpis.catalogue import Catalogue
from kpis.foresight.calendar import following, steps_between
from kpis.impact.bridging import filled
from kpis.impact.events import happened
from kpis.impact.faults import faults
from kpis.impact.labels import named, text
from kpis.impact.panel import Numbers, Panel
from kpis.impact.places import compared, treated
from kpis.impact.reading import Written
from kpis.impact.study import Study
from kpis.impact.treatment import by_start
from kpis.metrics.observations import observations

SHORT = 2
"""Periods: a gap that is no longer is bridged by a straight line, and figures that lack no more at an end shorten the panel."""


@dataclass(frozen=True)
class Figures:
    """The panel, with `study` as it is to be estimated; who was left out for lack of figures, and how many were filled in."""

    panel: Panel
    study: Study
    left_out: tuple[str, ...]
    filled: int


def figures(written: Written, start: object, facts: Facts | None, catalogue: Catalogue, definitions: Definitions) -> Figures:
    """The figures of a study's places. Raises Refused with every problem."""
    indicator = catalogue.indicator(str(written.study.indicator), definitions)
    under, beside = treated(written.study, definitions), compared(written.study, definitions)
    series = _series(written.study, facts, catalogue, definitions, [*under, *beside])
    if indicator.restarts:
        message, hint = N_("{name} begins anew each year, so that its periods do not compare"), N_("take the figures of each period")
        raise Refused([written.problem("indicator", message, hint, name=indicator.id)])
    if problems := _without_figures(written, series, under):
        raise Refused(problems)
    held = _together(series, indicator.frequency, under)
    panel = _panel(written, held, start)
    events = happened(panel, held.ends, held.frequency, indicator.id, under, definitions)
    panel = replace(panel, events=events, window=indicator.window or 1)
    study = written.study.model_copy(update=_told(written.study, indicator, catalogue))
    return Figures(panel, study, held.left_out, held.filled)


@dataclass(frozen=True)
class _Held:
    """Places by periods without gaps."""

    values: Mapping[str, Numbers]
    ends: Sequence[date]
    frequency: Frequency
    left_out: tuple[str, ...]
    filled: int
    broken: tuple[str, ...]


Series = Mapping[str, dict[date, float]]
"""The known values of each place, by the last day of their periods."""


def _series(study: Study, facts: Facts | None, catalogue: Catalogue, definitions: Definitions, places: Sequence[str]) -> Series:
    if facts is None:
        return {}
    rows = observations(facts, catalogue, definitions, [str(study.indicator)], places=places)
    known = rows.filter((pl.col("segment") == "") & pl.col("value").is_finite())
    parts = known.partition_by("place", as_dict=True)
    found = {str(place): dict(zip(part["period"], part["value"], strict=True)) for (place,), part in parts.items()}
    return {place: found[place] for place in places if place in found}


def _without_figures(written: Written, series: Series, under: Sequence[str]) -> list[Problem]:
    hint = N_("load them: `python -m data ingest FILE`")
    values = {"indicator": written.study.indicator}
    return [
        written.problem("indicator", N_("no figures of {indicator} are loaded for {place}"), hint, place=place, **values)
        for place in under
        if place not in series
    ]


def _together(series: Series, frequency: Frequency, under: Sequence[str]) -> _Held:
    """All places over the span that they share, bridged where a gap is short; who lacks more is left out, or broken where treated."""
    first = max(min(series[place]) for place in under)
    last = min(max(series[place]) for place in under)
    steps = steps_between(first, last, frequency)
    ends = [first, *following(first, frequency, max(steps, 0))]
    rows = {place: np.array([values.get(end, np.nan) for end in ends]) for place, values in series.items()}
    bridged = {place: filled(values, SHORT) for place, values in rows.items()}
    out = tuple(place for place, (_, whole, _) in bridged.items() if not whole)
    kept = {place: values for place, (values, _, _) in bridged.items() if place not in out or place in under}
    shared = np.flatnonzero(np.isfinite(np.array([values for place, values in kept.items() if place not in out] or [[]])).all(axis=0))
    begin, end = (int(shared[0]), int(shared[-1]) + 1) if shared.size else (0, len(ends))
    counted = sum(int(number) for place, (_, _, number) in bridged.items() if place in kept)
    return _Held(
        {place: values[begin:end] for place, values in kept.items()}, ends[begin:end], frequency,
        tuple(place for place in out if place not in under), counted, tuple(place for place in out if place in under),
    )  # fmt: skip


def _panel(written: Written, held: _Held, start: object) -> Panel:
    periods, problems = named(held.ends, held.frequency), list[Problem]()
    for place in held.broken:
        message, hint = N_("the figures of {place} have gaps longer than {short} periods"), N_("bring them, or take another indicator")
        problems.append(written.problem("indicator", message, hint, place=place, short=SHORT))
    units = tuple(held.values)
    whose = written.study.treated or units[:1]
    known = written.study.model_copy(update={"treated": tuple(map(text, whose))})
    first = by_start(Written(known, written.document, written.path), units, periods, start, problems)
    panel = Panel(units, periods.names, np.array(list(held.values.values())), first)
    problems += faults(panel, written, whole=not problems)
    if problems:
        raise Refused(problems)
    return panel


def _told(study: Study, indicator: Indicator, catalogue: Catalogue) -> dict[str, object]:
    """Which way is better, by the goal on the indicator before the indicator itself, and its unit."""
    goal = next((kpi.polarity for kpi in catalogue.kpis if kpi.measure == indicator.id), indicator.polarity)
    return {"better": study.better or (goal if goal != "neutral" else None), "unit_name": study.unit_name or indicator.unit}
