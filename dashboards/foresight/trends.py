"""The register of trends, area by area, with beside it how many study cities look at the same."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.problems import Refused
from kpis.foresight import register
from kpis.foresight.register import AREAS, Area, Study, Trend
from kpis.shares import wilson

NAMES: dict[Area, str] = {
    "population": N_("Population"),
    "environment": N_("Environment"),
    "economy": N_("Economy"),
    "sectors": N_("Sectors"),
    "technology": N_("Technology"),
    "inequality": N_("Inequality"),
    "talent": N_("Talent"),
}


def show(session: Session) -> None:
    """The register below its heading; a broken file is said here and takes nothing else down."""
    _ = translator(session.locale)
    layout.section(_("Trends that the city watches"))
    try:
        found = register.load(session.home, session.definitions)
    except Refused as refused:
        layout.problems(refused.problems, _)
        return
    if not found:
        st.write(_("No trend is watched yet. They are written in kpis/trends.yaml; a file with one of them:"))
        st.code(EXAMPLE, language="yaml")
    panel.show(_table(session, found, register.study(), _), key="foresight_trends")
    layout.note(_about(register.study(), _))


EXAMPLE = """trends:
  - id: ageing
    name: {es: Envejecimiento, en: Ageing}
    area: population
    watched: {es: Personas mayores que viven solas, en: Older people living alone}
    source: {es: Padrón, en: Residents' register}
"""


def _table(session: Session, found: Sequence[Trend], study: Study, _: Words) -> str:
    titles = [_("Trend"), _("What is watched, and what would be news"), _("Source"), _("Study cities that look at this")]
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in titles)
    bodies = "".join(_area(session, area, [trend for trend in found if trend.area == area], study, _) for area in AREAS)
    return f'<table role="table" class="findings trends"><thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table>'


def _area(session: Session, area: Area, found: Sequence[Trend], study: Study, _: Words) -> str:
    """The area's name with its share, and a row for each trend of it."""
    share = next(share for share in study.shares if share.area == area)
    low, high = (formats.number(100 * part, 0, session.locale) for part in wilson(share.cities, study.base))
    counted = _("{n} of {base}", n=share.cities, base=study.base)
    between = _("in general {low} to {high} %", low=low, high=high)
    none = escape(_("none watched here"))
    nothing = "" if found else f'<span class="note">{none}</span>'
    title = f'<th role="rowheader" scope="rowgroup" class="axis" colspan="3">{escape(_(NAMES[area]))}{nothing}</th>'
    cities = f'{escape(counted)}<span class="note">{escape(between)}</span>'
    heading = f'<tr role="row">{title}<td role="cell" class="axis" title="{escape(share.question)}">{cities}</td></tr>'
    return f'<tbody role="rowgroup">{heading}{"".join(_row(session, trend) for trend in found)}</tbody>'


def _row(session: Session, trend: Trend) -> str:
    name = escape(session.say(trend.name))
    if trend.indicator and "explorer" in session.definitions.city.modules:
        address = escape(session.address("explorer", indicators=trend.indicator, view="chart"))
        name = f'<a href="{address}">{name}</a>'
    return (
        f'<tr role="row" data-trend="{escape(trend.id)}"><th role="rowheader" scope="row">{name}</th>'
        f'<td role="cell">{escape(session.say(trend.watched))}</td><td role="cell" class="owner">{escape(session.say(trend.source))}</td>'
        '<td role="cell"></td></tr>'
    )


def _about(study: Study, _: Words) -> str:
    told = {"base": study.base, "asked": study.asked, "name": study.name}
    said = _("{name}: of {asked} cities that answered, {base} do foresight; counts are of those {base}, ranges of 95 % certainty.", **told)
    return " ".join([said, _("A voluntary sample: a reference, not a norm.")])
