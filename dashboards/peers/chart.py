"""An indicator over time: the city, and the median of its peers over the same periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboards import charts, formats, layout, palette
from dashboards.peers.saying import Said
from kpis.peers.standing import Trend

LEAST = 2
"""Periods of which a line can be drawn."""


@dataclass(frozen=True, eq=False)
class Line:
    """What the chart draws, and what it shows in words."""

    rows: pl.DataFrame
    told: str


def line(said: Said) -> Line | None:
    """None where too few periods are shared."""
    trend = said.standing.trend
    return Line(rows(said, trend), described(said, trend)) if trend and len(trend.periods) >= LEAST else None


def show(said: Said, drawn: Line) -> None:
    """The chart under its heading."""
    _, session, indicator = said.words, said.session, said.standing.indicator
    layout.section(_("Over time"))
    specification = charts.lines(palette.current(session), session.locale, said.unit, indicator.frequency)
    charts.show(drawn.rows, specification, f"peers_{indicator.id}", drawn.told)
    layout.note(_same(said))


def _same(said: Said) -> str:
    """Whose median it is."""
    _, trend = said.words, said.standing.trend
    n, total = trend.peers if trend else 0, len(said.standing.ranked)
    return _.ngettext(
        "The median is of {n} peer of the {total} compared, the same from end to end, so that whoever begins to report does not move it.",
        "The median is of {n} peers of the {total} compared, the same from end to end, so that whoever begins to report does not move it.",
        n,
        n=n,
        total=total,
    )


def rows(said: Said, trend: Trend) -> pl.DataFrame:
    """The lines with their names at their ends, as charts.lines draws them."""
    drawn = pl.DataFrame([*_values(said, trend), *_names(said, trend)], charts.LINES, orient="row")
    return charts.over_names(drawn, said.standing.indicator.frequency)


def described(said: Said, trend: Trend) -> str:
    """The chart for whoever cannot see it."""
    _ = said.words
    frequency, locale = said.standing.indicator.frequency, said.session.locale
    since, until = (formats.period(day, frequency, locale) for day in (trend.periods[0], trend.periods[-1]))
    return _(
        "Line chart of {name} from {since} to {until}: {own} at the end, the median of the peers {median}.",
        name=said.name,
        since=since,
        until=until,
        own=said.value(trend.own[-1]),
        median=said.value(trend.median[-1]),
    )


def _lines(said: Said, trend: Trend) -> tuple[tuple[str, bool, tuple[float, ...]], ...]:
    _ = said.words
    median = _("Median of the peers")
    return (said.place(said.session.place), True, trend.own), (median, False, trend.median)


def _values(said: Said, trend: Trend) -> Iterator[tuple[object, ...]]:
    for name, strong, values in _lines(said, trend):
        for period, value in zip(trend.periods, values, strict=True):
            yield period, value, None, name, strong, None, _tip(said, name, period, value)


def _names(said: Said, trend: Trend) -> Iterator[tuple[object, ...]]:
    every = (*trend.own, *trend.median)
    least = (max(every) - min(every)) * 1.35 * charts.LABEL_HEIGHT / charts.HEIGHT
    heights = charts.apart([trend.own[-1], trend.median[-1]], least)
    for (name, strong, _values), height in zip(_lines(said, trend), heights, strict=True):
        yield trend.periods[-1], None, height, name, strong, name, None


def _tip(said: Said, name: str, period: date, value: float) -> str:
    return f"{name}, {formats.period(period, said.standing.indicator.frequency, said.session.locale)}: {said.value(value)}"
