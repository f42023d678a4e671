"""A figure as a chart: the city's line in its colour, the others grey, each with its name at its end."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboards import charts, formats, palette
from dashboards.explorer.figures import Figure, Series
from dashboards.findings import finding
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator

COLUMNS = {
    "period": pl.Date,
    "value": pl.Float64,
    "at": pl.Float64,
    "series": pl.String,
    "strong": pl.Boolean,
    "text": pl.String,
    "tip": pl.String,
}

Row = tuple[Any, ...]
"""Values in the order of the columns."""


def show(session: Session, figure: Figure) -> None:
    """The chart below the name of what it shows and what it says."""
    indicator = figure.indicators[0]
    said = said_of(session, figure)
    st.markdown(plain(said))
    specification = charts.lines(palette.current(session), session.locale, session.say(indicator.unit))
    charts.show(rows(session, figure), specification, f"chart_{indicator.id}", _described(session, figure, said))


def said_of(session: Session, figure: Figure) -> str:
    """What the strong series shows, or each indicator, with its name: "Villa Quimera: has risen for 5 months"."""
    strong = next((series for series in figure.series if series.strong), figure.series[0])
    told = figure.series if len(figure.indicators) > 1 else [strong]
    return "; ".join(f"{one.name}: {_uncapitalised(finding(one.values, one.indicator, session.locale))}" for one in told) + "."


def rows(session: Session, figure: Figure) -> pl.DataFrame:
    """All rows of the chart, as charts.lines takes them: values, then the lines' names at their ends."""
    told = [row for series in figure.series for row in _values(session, series)]
    return pl.DataFrame([*told, *_names(figure)], schema=COLUMNS, orient="row")


def _values(session: Session, series: Series) -> list[Row]:
    shown = charts.with_gaps(series.rows.select("period", "value"), series.indicator.frequency)
    told = ((period, value, _tip(session, series, period, value)) for period, value in shown.iter_rows())
    return [(period, value, None, series.name, series.strong, None, tip) for period, value, tip in told]


def _tip(session: Session, series: Series, period: date, value: float | None) -> str:
    indicator = series.indicator
    amount = formats.with_unit(value, indicator.unit, indicator.decimals, session.locale)
    return f"{series.name}, {formats.period(period, indicator.frequency, session.locale)}: {amount}"


def _names(figure: Figure) -> list[Row]:
    """A line's name stands after its last value, moved a little where two would lie on each other."""
    named = [series for series in figure.series if series.strong or len(figure.series) <= charts.NAMED]
    heights = charts.apart([series.values[-1][1] for series in named], _least(figure))
    last = max(series.values[-1][0] for series in figure.series)
    return [(last, None, at, series.name, series.strong, series.name, None) for series, at in zip(named, heights, strict=True)]


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


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
