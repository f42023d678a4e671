"""A figure as a table: a row for each period, newest first, and a column for each series."""

from datetime import date
from html import escape

from dashboards import formats
from dashboards.explorer.figures import Figure, Series
from dashboards.session import Session
from dashboards.words import translator

MOST_ROWS = 120
"""Periods that the page lists; a download has them all."""


def table(session: Session, figure: Figure) -> str:
    """The figure as an HTML table; on a phone each period is a block of its own."""
    _, indicator = translator(session.locale), figure.indicators[0]
    held = [dict(series.values) for series in figure.series]
    periods = sorted({period for values in held for period in values}, reverse=True)
    titles = "".join(f'<th role="columnheader" scope="col" class="number">{escape(series.name)}</th>' for series in figure.series)
    first, unit = escape(_("Period")), escape(session.say(indicator.unit))
    head = f'<tr role="row"><th role="columnheader" scope="col">{first}</th>{titles}</tr>'
    body = "".join(_row(session, figure, period, [values.get(period) for values in held]) for period in periods[:MOST_ROWS])
    listed = (
        f'<table role="table" class="values stacked"><caption>{unit}</caption><thead role="rowgroup">{head}</thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )
    left = len(periods) - MOST_ROWS
    older = _.ngettext("{n} older period is in the download.", "{n} older periods are in the download.", left, n=left)
    return f"{listed}<p>{escape(older)}</p>" if left > 0 else listed


def _row(session: Session, figure: Figure, period: date, values: list[float | None]) -> str:
    said = formats.sentence(formats.period(period, figure.indicators[0].frequency, session.locale))
    cells = "".join(_cell(session, series, value) for series, value in zip(figure.series, values, strict=True))
    return f'<tr role="row"><th role="rowheader" scope="row">{escape(said)}</th>{cells}</tr>'


def _cell(session: Session, series: Series, value: float | None) -> str:
    said = escape(formats.in_table(value, series.indicator, session.locale))
    return f'<td role="cell" class="number" data-name="{escape(series.name)}">{said}</td>'
