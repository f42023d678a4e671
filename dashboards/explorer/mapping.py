"""A figure as a map: every chosen place at the newest period of any of them, beside the same values as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from dashboards import formats, layout, maps, palette, panel
from dashboards.explorer import legend
from dashboards.explorer.figures import Figure, Series
from dashboards.maps import Area, Bubble, Classes
from dashboards.markdown import plain
from dashboards.plan import mandate
from dashboards.session import Session
from dashboards.words import translator
from data import boundaries
from data.boundaries import Outlines
from data.indicators import Indicator
from data.places import Place
from data.problems import Refused

SHORT = 14
"""Letters of a value that still fit on a map with its unit."""


def show(session: Session, figure: Figure) -> None:
    """One map, and its table beside it, for each indicator of the figure; parts of places are left to the other views."""
    for indicator in figure.indicators:
        _one(session, indicator, of_whole_places(figure, indicator))


def of_whole_places(figure: Figure, indicator: Indicator) -> list[Series]:
    """The series of one indicator, without those of parts of places."""
    return [series for series in figure.series if series.indicator.id == indicator.id and not series.segment]


def newest(series: Sequence[Series]) -> date:
    """The newest period of any of the places."""
    return max(one.values[-1][0] for one in series)


def areas(session: Session, indicator: Indicator, series: Sequence[Series], outlines: Outlines) -> list[Area]:
    """The places with an outline, at the newest period. A count is no colour: it would say how large a place is."""
    period, coloured = newest(series), not indicator.is_count
    told = []
    for one in _parts_alone(session, series):
        if shape := outlines.get(one.place):
            place, value = session.definitions.place[one.place], dict(one.values).get(period)
            said = _said(session, indicator, value)
            told.append(Area(session.say(place.name), shape, value, said, coloured, float(place.population or 0), one.strong))
    return told


def bubbles(session: Session, indicator: Indicator, series: Sequence[Series], outlines: Outlines) -> list[Bubble]:
    """The places without an outline but with coordinates, and of a count all that have a value: its size is the circle's."""
    period, told = newest(series), []
    for one in _parts_alone(session, series):
        place, value = session.definitions.place[one.place], dict(one.values).get(period)
        at = _at(place, outlines)
        if at is None or (place.id in outlines and not indicator.is_count):
            continue
        if indicator.is_count and value is None:
            continue
        size = value if indicator.is_count else place.population
        told.append(Bubble(session.say(place.name), at[0], at[1], size, value, _said(session, indicator, value), one.strong))
    return told


def _parts_alone(session: Session, series: Sequence[Series]) -> list[Series]:
    """A place whose parts are shown as well is left to the table."""
    shown = {one.place for one in series}
    whole = {place.parent for place in session.definitions.places if place.id in shown}
    return [one for one in series if one.place not in whole]


def _at(place: Place, outlines: Outlines) -> tuple[float, float] | None:
    """Latitude and longitude: of its outline's inside, or as its file says."""
    if shape := outlines.get(place.id):
        longitude, latitude = maps.middle(shape)
        return latitude, longitude
    return None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)


def _said(session: Session, indicator: Indicator, value: float | None) -> str:
    said = formats.measured(value, indicator, session.locale)
    return formats.in_table(value, indicator, session.locale) if len(said) > SHORT else said


@dataclass(frozen=True)
class Drawn:
    """What one map shows: its indicator, its period in words, the places and the steps of their colour.

    `silent` counts the places that have no value in the period, drawn or not.
    """

    indicator: Indicator
    period: str
    areas: list[Area]
    bubbles: list[Bubble]
    classes: Classes
    silent: int


def drawn(session: Session, indicator: Indicator, series: Sequence[Series]) -> Drawn:
    """The map of one indicator."""
    outlines = _outlines(session, series)
    shown_areas, shown_bubbles = areas(session, indicator, series, outlines), bubbles(session, indicator, series, outlines)
    period = formats.period(newest(series), indicator.frequency, session.locale)
    silent = sum(newest(series) not in dict(one.values) for one in _parts_alone(session, series))
    return Drawn(indicator, period, shown_areas, shown_bubbles, _classes(indicator, shown_areas, shown_bubbles), silent)


def said_of(session: Session, found: Drawn) -> str:
    """What the map shows: "Highest in Mist Harbour (48.9), lowest in Almond Trees (21.3)"; "" where there is nothing to compare."""
    _ = translator(session.locale)
    places = [(one.value, one.name, one.said) for one in (*found.areas, *found.bubbles) if one.value is not None]
    if len(places) < 2:
        return ""
    (_low, low, least), (_high, high, most) = min(places), max(places)
    return _("Highest in {high} ({most}), lowest in {low} ({least}).", high=high, most=most, low=low, least=least)


def _one(session: Session, indicator: Indicator, series: list[Series]) -> None:
    _, found, shades = translator(session.locale), drawn(session, indicator, series), palette.current(session)
    if said := said_of(session, found):
        st.markdown(plain(said))
    if found.silent:
        layout.note(
            _.ngettext("{n} place has no value in this period.", "{n} places have no value in this period.", found.silent, n=found.silent)
        )
    left, right = st.columns([2, 1], gap="medium")
    with left:
        if found.areas or found.bubbles:
            name = session.say(indicator.name)
            alt = _("Map of {name}, {period}. The table beside it lists the same values.", name=name, period=found.period)
            maps.show(maps.deck(found.areas, found.bubbles, found.classes, shades), f"map_{indicator.id}", alt)
            explained = legend.legend(session, indicator, found.period, found.classes, shades, (*found.areas, *found.bubbles))
            panel.show(explained, key=f"legend_{indicator.id}")
        elif found.silent < len(_parts_alone(session, series)):
            st.write(_("None of these places has coordinates, so there is nothing to draw. `data/places.yaml` may give them."))
    with right:
        panel.show(table(session, indicator, series, found.period), key=f"map_table_{indicator.id}")


def _outlines(session: Session, series: Sequence[Series]) -> Outlines:
    """The outlines of the places shown; a file that cannot be read is said, and its places become bubbles."""
    found: Outlines = {}
    for place in {(place.parent, place.kind): place for place in (session.definitions.place[one.place] for one in series)}.values():
        try:
            found |= boundaries.outlines(session.home, place)
        except Refused as refused:
            layout.note(translator(session.locale).problem(refused.problems[0]))
    return found


def _classes(indicator: Indicator, drawn_areas: Sequence[Area], drawn_bubbles: Sequence[Bubble]) -> Classes:
    """Of a count, the circle's size says it all: one colour."""
    values = [place.value for place in (*drawn_areas, *drawn_bubbles) if place.value is not None]
    return Classes.of(values[:1] if indicator.is_count else values)


def table(session: Session, indicator: Indicator, series: Sequence[Series], period: str) -> str:
    """The values of the period as an HTML table, the highest first."""
    _, last, led = translator(session.locale), newest(series), _have_pages(session)
    values = [(one, dict(one.values).get(last)) for one in series]
    ordered = sorted(values, key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    body = "".join(_row(session, indicator, one, value, led=led) for one, value in ordered)
    caption, unit = escape(f"{session.say(indicator.name)}, {period}"), escape(session.say(indicator.unit))
    place = escape(_("Place"))
    head = f'<tr><th scope="col">{place}</th><th scope="col" class="number">{unit}</th></tr>'
    return f'<table class="values wide"><caption>{caption}</caption><thead>{head}</thead><tbody>{body}</tbody></table>'


def _have_pages(session: Session) -> bool:
    """Whether the city has a plan, so that each of its districts has a page of its own."""
    return mandate.of_place(session.at_place(session.definitions.city.place)) is not None


def _row(session: Session, indicator: Indicator, series: Series, value: float | None, *, led: bool) -> str:
    place = session.definitions.place[series.place]
    name = escape(session.say(place.name))
    shown = f"<b>{name}</b>" if series.strong else name
    if led and place.parent == session.definitions.city.place:
        shown = f'<a href="{escape(session.address("neighbourhood", district=place.id))}">{shown}</a>'
    return f'<tr><th scope="row">{shown}</th><td class="number">{escape(formats.in_table(value, indicator, session.locale))}</td></tr>'
