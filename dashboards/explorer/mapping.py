"""A figure as a map: every chosen place at the newest period of any of them, beside the same values as a table."""

from datetime import date
from html import escape

import streamlit as st

from dashboards import formats, layout, maps, palette, panel
from dashboards.explorer.figures import Figure, Series
from dashboards.maps import Bubble
from dashboards.session import Session
from dashboards.words import translator
from data.indicators import Indicator


def show(session: Session, figure: Figure) -> None:
    """One map, and its table beside it, for each indicator of the figure."""
    for indicator in figure.indicators:
        _one(session, indicator, [series for series in figure.series if series.indicator.id == indicator.id])


def newest(series: list[Series]) -> date:
    """The newest period of any of the places."""
    return max(one.values[-1][0] for one in series)


def bubbles(session: Session, indicator: Indicator, series: list[Series]) -> list[Bubble]:
    """The places that have coordinates, at the newest period; a place whose parts are shown as well is left to the table."""
    period, shown = newest(series), {one.place for one in series}
    whole = {place.parent for place in session.definitions.places if place.id in shown}
    told = []
    for one in series:
        place = session.definitions.place[one.place]
        if place.latitude is None or place.longitude is None or place.id in whole:
            continue
        value = dict(one.values).get(period)
        name, said = session.say(place.name), formats.with_unit(value, indicator.unit, indicator.decimals, session.locale)
        said = formats.in_table(value, indicator, session.locale) if len(said) > 14 else said
        told.append(Bubble(name, place.latitude, place.longitude, place.population, value, said))
    return told


def _one(session: Session, indicator: Indicator, series: list[Series]) -> None:
    _, found = translator(session.locale), bubbles(session, indicator, series)
    period = formats.period(newest(series), indicator.frequency, session.locale)
    drawn, listed = st.columns([2, 1], gap="medium")
    with drawn:
        if found:
            name = session.say(indicator.name)
            alt = _("Map of {name}, {period}. The table beside it lists the same values.", name=name, period=period)
            maps.show(found, palette.current(session), f"map_{indicator.id}", alt)
            layout.note(
                _(
                    "{period}. The stronger the colour, the higher the value; the larger, the more residents.",
                    period=formats.sentence(period),
                )
            )
        else:
            st.write(_("None of these places has coordinates, so there is nothing to draw. `data/places.yaml` may give them."))
    with listed:
        panel.show(table(session, indicator, series, period), key=f"map_table_{indicator.id}")


def table(session: Session, indicator: Indicator, series: list[Series], period: str) -> str:
    """The values of the period as an HTML table, the highest first."""
    _, last = translator(session.locale), newest(series)
    values = [(one, dict(one.values).get(last)) for one in series]
    ordered = sorted(values, key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    body = "".join(_row(session, indicator, one, value) for one, value in ordered)
    caption, unit = escape(f"{session.say(indicator.name)}, {period}"), escape(session.say(indicator.unit))
    place = escape(_("Place"))
    head = f'<tr><th scope="col">{place}</th><th scope="col" class="number">{unit}</th></tr>'
    return f'<table class="values wide"><caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody></table>'


def _row(session: Session, indicator: Indicator, series: Series, value: float | None) -> str:
    name = escape(session.say(session.definitions.place[series.place].name))
    shown = f"<b>{name}</b>" if series.strong else name
    return f'<tr><th scope="row">{shown}</th><td class="number">{escape(formats.in_table(value, indicator, session.locale))}</td></tr>'
