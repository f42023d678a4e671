"""A new goal: what it is measured by, and the text that it begins with."""

from datetime import date

import streamlit as st

from dashboards import layout
from dashboards.session import Session
from dashboards.words import LANGUAGES, Words, translator
from dashboards.workshop import desk
from dashboards.workshop.desk import Bench
from data.ids import id_of
from data.indicators import Indicator
from data.model import say
from data.yaml_text import written
from kpis.metrics.observations import observations
from kpis.workshop import parts


def show(session: Session, bench: Bench) -> None:
    """Asks for the indicator or metric; the choice begins the goal."""
    _ = translator(session.locale)
    layout.section(_("A new goal"))
    st.write(_("Choose what it is measured by. It begins with what is known of that; the rest stands there as comments to fill in."))
    names = {name: session.say(session.indicator(name).name) for name in session.measured}
    if not names:
        st.write(_("No indicator is defined yet: the page Load data adds the first ones, or data/indicators.yaml."))
        return
    chosen = st.selectbox(
        _("Indicator or metric"),
        list(names),
        index=None,
        key="workshop_measure",
        format_func=names.__getitem__,
        placeholder=_("Choose"),
        width=520,
    )
    if st.button(_("Begin"), key="workshop_begin", type="primary", disabled=chosen is None) and chosen:
        desk.begin(bench, template(session, chosen))
        st.rerun()


def template(session: Session, measure: str) -> str:
    """The text of a new goal on an indicator or a metric, valid as it stands, with the rest of the language as comments."""
    _, indicator, city = translator(session.locale), session.indicator(measure), session.definitions.city
    key = "metric" if measure in session.catalogue.measures else "indicator"
    taken = set(parts.goals(session.home))
    start = _("Where it starts, and where it must arrive: a value and the last day of its period")
    strictness = _("How strictly: from which share of what is due it is on track, and at risk")
    asked_for = _("What the Smart Rule asks for")
    lines = [
        f"- id: {id_of(measure, taken)}",
        f"  name: {written({language: say(indicator.name, language) for language in LANGUAGES})}",
        f"  {key}: {measure}",
        f"  polarity: {indicator.polarity}",
        f"  owner: {indicator.owner}",
        *([f"  # axis: {' | '.join(axis.id for axis in city.mandate.axes)}"] if city.mandate.axes else []),  # not ours to guess
        f"  # {start}",
        *_baseline(session, measure),
        f"  # target: {{value: , date: {city.mandate.end}}}",
        f"  # {strictness}",
        "  # bands: {on_track: 0.90, at_risk: 0.60}",
        f"  # {asked_for}",
        *_asked(_),
    ]
    return "".join(f"{line}\n" for line in lines)


def _asked(_: Words) -> list[str]:
    comments = {
        "statement": _("the goal in one sentence that begins with a verb"),
        "question": _("the question it answers, in a neighbour's words"),
        "if_off_track": _("what is done when it is off track"),
        "verification": _("where anybody can check the figure"),
        "budget": _("what it costs until the target's date; 0: nothing beyond the usual"),
        "sdg": _('the target of the Sustainable Development Goals it serves, as ["11.6"]'),
    }
    return [f"  # {key}:  # {comment}" for key, comment in comments.items()]


def _baseline(session: Session, measure: str) -> list[str]:
    """The value where the mandate began, where one is known."""
    known = _value_at_the_start(session, session.indicator(measure)) if session.held else None
    if known is None:
        return [f"  # baseline: {{value: , date: {session.definitions.city.mandate.start}}}"]
    return [f"  baseline: {written({'value': known[1], 'date': known[0].isoformat()})}"]


def _value_at_the_start(session: Session, indicator: Indicator) -> tuple[date, float] | None:
    start = session.definitions.city.mandate.start
    found = observations(session.facts, session.catalogue, session.definitions, [indicator.id], places=[session.place], until=start)
    rows = found.select("period", "value").drop_nulls().rows()
    return rows[-1] if rows else None
