"""A figure as a chart: the city's line in its colour, the others grey, each with its name at its end."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards import charts, formats, palette
from dashboards.explorer.figures import Figure, Series
from dashboards.explorer.saying import said_of
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.city import Event
from data.periods import start

COLUMNS = {
    **charts.LINES,
    "event": pl.String,
    "side": pl.String,
    "lane": pl.Int64,
}

LETTER = 0.02
"""About the share of a chart's width that a letter of an event's name takes: between a phone's and a desk's."""
Row = tuple[Any, ...]
"""Values in the order of the columns."""


def show(session: Session, figure: Figure) -> None:
    """The chart below the name of what it shows and what it says."""
    indicator = figure.indicators[0]
    said = said_of(session, figure)
    st.markdown(plain(said))
    specification = charts.lines(palette.current(session), session.locale, session.say(indicator.unit), indicator.frequency)
    charts.show(rows(session, figure), specification, f"chart_{figure.key}", _described(session, figure, said))


def rows(session: Session, figure: Figure) -> pl.DataFrame:
    """All rows of the chart, as charts.lines takes them: values, then the lines' names at their ends, then events."""
    told = [row for series in figure.series for row in _values(session, series)]
    lines = [(*row, None, None, None) for row in (*told, *_names(figure))]
    drawn, events = (pl.DataFrame(part, schema=COLUMNS, orient="row") for part in (lines, _events(session, figure)))
    again = {series.name: series.indicator.year_starts for series in figure.series if series.indicator.restarts and not series.compared}
    drawn = (
        charts.by_year(drawn, pl.col("series").is_in(list(again)), pl.col("series").replace_strict(again, default=1)) if again else drawn
    )
    return pl.concat([charts.over_names(drawn, figure.indicators[0].frequency), events], how="diagonal")


def _values(session: Session, series: Series) -> list[Row]:
    known = series.rows.filter(pl.col("period") >= series.values[0][0])
    shown = charts.with_gaps(known.select("period", "value"), series.indicator.frequency)
    told = ((period, value, _tip(session, series, period, value)) for period, value in shown.iter_rows())
    return [(period, value, None, series.name, series.strong, None, tip) for period, value, tip in told]


def _tip(session: Session, series: Series, period: date, value: float | None) -> str:
    indicator = series.indicator
    amount = formats.measured(value, indicator, session.locale)
    return f"{series.name}, {formats.period(period, indicator.frequency, session.locale)}: {amount}"


def _names(figure: Figure) -> list[Row]:
    """A line's name stands after its last value, moved a little where two would lie on each other."""
    named = [series for series in figure.series if series.strong or len(figure.series) <= charts.NAMED]
    heights = charts.apart([series.values[-1][1] for series in named], _least(figure))
    last = max(series.values[-1][0] for series in figure.series)
    return [(last, None, at, series.name, series.strong, series.name, None) for series, at in zip(named, heights, strict=True)]


def _events(session: Session, figure: Figure) -> list[Row]:
    """What happened between the first and the last period, one name below the other where they would lie on each other."""
    periods = [period for series in figure.series for period, _value in series.values]
    frequency = figure.indicators[0].frequency
    first, last = start(min(periods), frequency), max(periods)
    shown = [event for event in events_of(session, figure) if first <= event.date <= last]
    ends: list[float] = []
    told: list[Row] = []
    for event in sorted(shown, key=lambda event: event.date):
        at, name = (event.date - first) / (last - first) if last > first else 0.0, session.say(event.name)
        left = at + len(name) * LETTER <= 1
        begin, end = (at, at + len(name) * LETTER) if left else (at - len(name) * LETTER, at)
        lane = next((number for number, taken in enumerate(ends) if taken < begin), len(ends))
        ends[lane:] = [end, *ends[lane + 1 :]]
        told.append((event.date, None, None, None, None, None, None, name, "left" if left else "right", lane))
    return told


def events_of(session: Session, figure: Figure) -> list[Event]:
    """The events of `data/city.yaml` that concern the figure; what concerns a place concerns the places in it."""
    indicators, city = {indicator.id for indicator in figure.indicators}, session.definitions.city
    shown = {series.place for series in figure.series}
    places = shown | {session.definitions.place[place].parent for place in shown}
    return [
        event
        for event in city.events
        if (not event.indicators or indicators & set(event.indicators)) and places & set(event.places or [city.place])
    ]


def _least(figure: Figure) -> float:
    """How far apart two names must be, in the unit of the values."""
    values = [value for series in figure.series for _period, value in series.values]
    return (max(values) - min(values)) * 1.35 * charts.LABEL_HEIGHT / charts.HEIGHT


def _described(session: Session, figure: Figure, said: str) -> str:
    """The chart for whoever cannot see it."""
    _ = translator(session.locale)
    names = ", ".join(series.name for series in figure.series)
    chart = _("Line chart of {name} for {places}.", name=figure.title, places=names)
    return " ".join([chart, said, _("The table view lists all values.")])
