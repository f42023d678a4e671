"""The series of metrics, from the values of the indicators that they lean on.

An input is brought to the metric's own frequency first, by its own rule, and only then divided, added up or put into a formula.
"""

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from data.definitions import Definitions
from data.periods import Frequency
from data.segments import TOTAL
from kpis.metrics.expression import column, divided, expression, finite
from kpis.metrics.grain import SERIES, VALUE, coarser, whole
from kpis.metrics.measure import Measure, usual
from kpis.metrics.running import over_window, to_date


def needed(measures: Mapping[str, Measure], wanted: Sequence[str]) -> dict[str, set[str]]:
    """The indicators that some metrics lean on, through others too, by the segment that is asked of them."""
    found: dict[str, set[str]] = {}
    waiting, seen = list(wanted), set(wanted)
    while waiting:
        measure = measures[waiting.pop()]
        for name in measure.inputs:
            if name not in measures:
                found.setdefault(measure.metric.segment, set()).add(name)
            elif name not in seen:
                seen.add(name)
                waiting.append(name)
    return found


def compute(rows: pl.DataFrame, measures: Mapping[str, Measure], wanted: Sequence[str], definitions: Definitions) -> pl.DataFrame:
    """The metrics wanted, as rows of place, indicator (the metric's id), segment, period, value, numerator, denominator.

    `rows` are those of the indicators that `needed` names, as data.facts gives them. A period without a value has no row.
    """
    computing = _Computing(rows, measures, definitions)
    found = [_as_rows(computing.series(name, measures[name].indicator.frequency), name) for name in wanted]
    return pl.concat(found) if found else _as_rows(pl.DataFrame(schema=SERIES), "")


def _as_rows(series: pl.DataFrame, name: str) -> pl.DataFrame:
    known = series.filter(VALUE.is_not_null())
    named = known.with_columns(indicator=pl.lit(name), segment=pl.lit(TOTAL))
    return named.select("place", "indicator", "segment", "period", "value", "numerator", "denominator")


class _Computing:
    """One computing: each series once, however many metrics lean on it."""

    def __init__(self, rows: pl.DataFrame, measures: Mapping[str, Measure], definitions: Definitions) -> None:
        self._measures, self._definitions = measures, definitions
        self._rows = rows.partition_by("indicator", "segment", as_dict=True)
        self._done: dict[tuple[str, Frequency], pl.DataFrame] = {}

    def series(self, name: str, frequency: Frequency) -> pl.DataFrame:
        """An indicator or metric by periods of a frequency."""
        key = (name, frequency)
        if key not in self._done:
            measure = self._measures.get(name)
            self._done[key] = self._metric(measure, frequency) if measure else self._indicator(name, frequency)
        return self._done[key]

    def _indicator(self, name: str, frequency: Frequency) -> pl.DataFrame:
        indicator = self._definitions.indicator[name]
        return coarser(self._held(name, TOTAL), usual(indicator), indicator.frequency, frequency)

    def _held(self, name: str, segment: str) -> pl.DataFrame:
        rows = self._rows.get((name, segment), pl.DataFrame(schema=SERIES))
        numbers = (finite(pl.col(part)) for part in ("value", "numerator", "denominator"))
        return whole(rows.select("place", "period", *numbers), self._definitions.indicator[name].frequency)

    def _metric(self, measure: Measure, frequency: Frequency) -> pl.DataFrame:
        own = measure.indicator.frequency
        kept = measure.metric.type == "cumulative" or "time" in measure.metric.non_additive_over
        if kept and measure.metric.type != "simple" and frequency != own:
            return coarser(whole(self.series(measure.metric.id, own), own), "last", own, frequency)
        by_type = {"simple": self._simple, "ratio": self._ratio, "derived": self._derived, "cumulative": self._cumulative}
        return by_type[measure.metric.type](measure, frequency)

    def _simple(self, measure: Measure, frequency: Frequency) -> pl.DataFrame:
        name, metric = str(measure.metric.indicator), measure.metric
        rows = self._held(name, metric.segment)
        if metric.fill_nulls_with is not None:
            rows = rows.with_columns(VALUE.fill_null(metric.fill_nulls_with))
        return coarser(rows, measure.how, self._definitions.indicator[name].frequency, frequency)

    def _ratio(self, measure: Measure, frequency: Frequency) -> pl.DataFrame:
        above, below = str(measure.metric.numerator), str(measure.metric.denominator)
        rows = self._joined([above, below], frequency)
        parts = {"numerator": pl.col(column(above)), "denominator": pl.col(column(below))}
        return rows.select("place", "period", value=finite(measure.metric.factor * divided(*parts.values())), **parts)

    def _derived(self, measure: Measure, frequency: Frequency) -> pl.DataFrame:
        assert measure.tree is not None
        rows = self._joined(measure.inputs, frequency)
        nothing = pl.lit(None, pl.Float64)
        return rows.select("place", "period", value=expression(measure.tree, frequency), numerator=nothing, denominator=nothing)

    def _cumulative(self, measure: Measure, frequency: Frequency) -> pl.DataFrame:
        metric = measure.metric
        rows, how = whole(self.series(measure.inputs[0], frequency), frequency), measure.adding
        if metric.window:
            return over_window(rows, how, metric.window)
        mandate = self._definitions.city.mandate
        within = (mandate.start, mandate.end) if metric.grain_to_date == "mandate" else None
        return to_date(rows, how, frequency, within, measure.indicator.year_starts)

    def _joined(self, names: Sequence[str], frequency: Frequency) -> pl.DataFrame:
        """One column for each name, a row for every period between a place's first and last."""
        each = [self.series(name, frequency).select("place", "period", value=VALUE).rename({"value": column(name)}) for name in names]
        joined = reduce(lambda one, other: one.join(other, on=["place", "period"], how="full", coalesce=True), each)
        return whole(joined, frequency)
