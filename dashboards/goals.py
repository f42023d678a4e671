"""The list of goals, narrowed by axis, area, status and theme."""

from collections.abc import Mapping, Sequence
from html import escape

import polars as pl
import streamlit as st

from dashboards import downloads, formats, goals_table, layout, outlooks, panel, scores, unknown, unusual
from dashboards import session as visit
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import N_, Words, translator
from kpis.score import STATUSES, Score

ALL = ""
FILTERS = {"axis": N_("Axis"), "area": N_("Area"), "status": N_("Status"), "theme": N_("Theme")}
"""What the list can be narrowed by: the words in the address, and their labels."""


def show(session: Session) -> None:
    """The list below the page's heading: the controls, how many are shown, and the table."""
    _, judged = translator(session.locale), scores.judged(session)
    options = _options(session, judged, _)
    with session.controls:
        chosen = _filters(options, _)
    unknown.say(session, *FILTERS)
    shown = [score for score in judged if matches(score, chosen)]
    if not shown:
        _nothing(_)
        return
    with session.controls:
        downloads.offer(session, "goals", frame(session, shown), _about(session, chosen, options, _))
    names = [options[key][value] for key, value in chosen.items() if value]
    ready = outlooks.ready(session)
    panel.show(_drawn(session, tuple(chosen.items()), " · ".join(names), ready), key="goals")
    if not ready:
        outlooks.watch(session)


def matches(score: Score, chosen: Mapping[str, str]) -> bool:
    """Whether a goal is what the filters ask for; "" asks for nothing."""
    has = {"axis": score.kpi.axis, "area": score.kpi.owner, "status": score.status, "theme": score.indicator.theme}
    return all(wanted in (ALL, has[key]) for key, wanted in chosen.items())


def frame(session: Session, shown: Sequence[Score]) -> pl.DataFrame:
    """The goals as a table to download, numbers as numbers."""
    _ = translator(session.locale)
    axes = {axis.id: session.say(axis.name) for axis in session.definitions.city.mandate.axes}
    rows = [
        {
            _("Goal"): session.say(score.kpi.name),
            _("Axis"): axes.get(score.kpi.axis or "", ""),
            _("Status"): _(LOOKS[score.status].word),
            _("Value"): score.value,
            _("Unit"): session.say(score.indicator.unit),
            _("Period"): formats.period(score.period, score.frequency, session.locale) if score.period else None,
            _("Due now"): score.due,
            _("Target"): score.aim.target and score.aim.target.value,
            _("Target date"): score.aim.target and score.aim.target.date,
            _("Since the period before"): f"{goals_table.change(session, score)} {goals_table.compared_with(session, score)}".strip(),
            _("Unusual"): unusual.newly(session, score) or None,
            _("Why"): formats.reason(score.reason, session.locale),
            _("Owner"): session.say(session.definitions.area[score.kpi.owner]),
            _("Age of the value in days"): score.age_days,
            _("Source"): session.say(score.indicator.source),
        }
        for score in shown
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _options(session: Session, judged: Sequence[Score], _: Words) -> dict[str, dict[str, str]]:
    """For each filter its options and their names, as far as a goal has them; ALL first."""
    known = session.definitions
    used = {
        "axis": {score.kpi.axis for score in judged},
        "area": {score.kpi.owner for score in judged},
        "status": {score.status for score in judged},
        "theme": {score.indicator.theme for score in judged},
    }
    names = {
        "axis": {axis.id: session.say(axis.name) for axis in known.city.mandate.axes},
        "area": {area: session.say(name) for area, name in known.area.items()},
        "status": {status: _(LOOKS[status].word) for status in STATUSES},
        "theme": {theme.id: session.say(theme.name) for theme in known.themes},
    }
    return {key: {ALL: _("All"), **{name: text for name, text in names[key].items() if name in used[key]}} for key in FILTERS}


def _filters(options: Mapping[str, Mapping[str, str]], _: Words) -> dict[str, str]:
    chosen = {key: visit.linked(key, list(options[key]), ALL) for key in FILTERS}
    active = sum(map(bool, chosen.values()))
    with st.popover(_("Filter ({n})", n=active) if active else _("Filter"), icon=":material/filter_list:"):
        for key, label in FILTERS.items():
            st.selectbox(_(label), list(options[key]), key=key, format_func=options[key].__getitem__)
        if active:
            st.button(_("Show all goals"), on_click=_reset, key="reset")
    return chosen


def _nothing(_: Words) -> None:
    layout.section(_("No goal matches"))
    st.write(_("Goals that have all the properties chosen would be listed here."))
    st.button(_("Show all goals"), on_click=_reset, key="reset_empty", type="primary")


def _reset() -> None:
    for key in FILTERS:
        visit.put(key, ALL)


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs=scores.KEYED)
def _drawn(session: Session, chosen: tuple[tuple[str, str], ...], names: str, forecast: bool) -> str:  # noqa: ARG001
    """The list as HTML, drawn once for each session key and choice, and again when the forecasts are there."""
    _, judged = translator(session.locale), scores.judged(session)
    shown = tuple(score for score in judged if matches(score, dict(chosen)))
    said = _.ngettext("{n} of {total} goal", "{n} of {total} goals", len(judged), n=len(shown), total=len(judged))
    count = f'<p class="count">{escape(f"{said}: {names}" if names else said)}</p>'
    return count + goals_table.ages(session) + goals_table.table(session, scores.by_axis(session, shown), scores.histories(session))


def _about(session: Session, chosen: Mapping[str, str], options: Mapping[str, Mapping[str, str]], _: Words) -> dict[str, str]:
    """What must stand beside the figures when they travel."""
    city = session.definitions
    asked = {_(FILTERS[key]): options[key][value] for key, value in chosen.items() if value}
    return {
        _("Place"): session.say(city.place[session.place].name),
        _("Month"): formats.month_name(session.month, session.locale),
        **asked,
    }
