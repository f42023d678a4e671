"""The month in one look: a sentence, the plan's truth line or the time used, what needs a decision, and every goal."""

from collections.abc import Hashable
from datetime import timedelta
from html import escape

import polars as pl
import streamlit as st

from dashboards import changed, checklist, formats, glossary, goals_table, layout, outlooks, panel, scores, unusual
from dashboards.peers import positions
from dashboards.plan import mandate
from dashboards.reports import button
from dashboards.session import Session
from dashboards.snapshots import since
from dashboards.words import Words, translator
from data.city import Mandate
from data.periods import Month
from kpis.headline import Headline, headline
from kpis.score import Score


def show(session: Session) -> None:
    """The Overview below its heading; without figures what the plan says, and how to load some."""
    if session.held is None:
        _without_figures(session)
        since.show(session)
        return
    with session.controls:
        button.offer(session, ["brief"])
    ready, compared = outlooks.ready(session), positions.ready(session)
    panel.show(_drawn(session, mandate.stamp(session), ready, compared), key="overview")
    since.show(session)
    if not ready:
        outlooks.watch(session)
    elif not compared:
        positions.watch(session)


def _without_figures(session: Session) -> None:
    _, plan = translator(session.locale), mandate.block(session)
    if plan:
        panel.show(plan, key="overview_plan")
    layout.nothing_yet(session, _("No figures of goals yet") if plan else "")


@st.cache_resource(show_spinner=False, max_entries=100, hash_funcs=scores.KEYED)
def _drawn(session: Session, stamp: Hashable, forecast: bool, compared: bool) -> str:  # noqa: ARG001
    """The page as HTML, drawn once for each session key and state of the records, and again when forecasts and positions are there."""
    judged, histories = scores.judged(session), scores.histories(session)
    _, found = translator(session.locale), headline(judged)
    cards = "".join(_card(session, score, histories) for score in found.needs_decision)
    decide, every = escape(_("Needs a decision")), escape(_("All goals"))
    parts = [
        checklist.block(session),
        f'<p class="headline">{escape(sentence(found, _))}</p>',
        mandate.block(session) or _time_used(session, _),
        f'<h2>{decide}</h2><ul class="cards">{cards}</ul>' if cards else "",
        changed.block(session),
        f"<h2>{every}</h2>{goals_table.ages(session)}",
        goals_table.table(session, scores.by_axis(session, judged), histories, compared=compared),
    ]
    return "".join(parts)


def sentence(found: Headline, _: Words) -> str:
    """The month in plain words: "12 of 22 goals are on track or better. 3 got worse." """
    if not found.judged:
        return _("No goal with a target is due here yet.")
    said = [
        _.ngettext(
            "{good} of {n} goal is on track or better.",
            "{good} of {n} goals are on track or better.",
            found.judged,
            good=found.on_track_or_better,
            n=found.judged,
        )
    ]
    if found.worsened:
        worse = found.worsened
        said.append(_.ngettext("{n} got worse since its last figure.", "{n} got worse since their last figure.", worse, n=worse))
    else:
        said.append(_("None got worse."))
    if found.without_data:
        said.append(_.ngettext("{n} has no fresh data.", "{n} have no fresh data.", found.without_data, n=found.without_data))
    return " ".join(said)


def time_used(mandate: Mandate, month: Month) -> float:
    """The share of the mandate that was over when the month ended."""
    used, whole = month.last + timedelta(days=1) - mandate.start, mandate.end + timedelta(days=1) - mandate.start
    return min(max(used / whole, 0.0), 1.0)


def _time_used(session: Session, _: Words) -> str:
    used = time_used(session.definitions.city.mandate, session.month)
    share = f"{formats.number(100 * used, 0, session.locale)}{formats.BOUND}%"
    label, said = glossary.link(session, "time_used", _("Time")), escape(_("{share} of the mandate used", share=share))
    return (
        f'<div class="truth"><span>{label}</span>'
        f'<span class="bar" role="img" aria-label="{said}"><span style="width:{100 * used:.1f}%"></span></span><b>{said}</b></div>'
    )


def _card(session: Session, score: Score, histories: dict[str, pl.DataFrame]) -> str:
    address = escape(session.address("goal", kpi=score.kpi.id))
    frame = goals_table.time_frame(session, width=320, height=70)
    return (
        f'<li class="card">{panel.status(session, score.status)}'
        f'<h3><a href="{address}">{escape(session.say(score.kpi.name))}</a></h3>'
        f"<p>{escape(why(session, score))}{_unusual(session, score)}</p>{goals_table.drawing(session, score, histories, frame)}"
        f'<p class="owner">{escape(session.say(session.definitions.area[score.kpi.owner]))}</p></li>'
    )


def _unusual(session: Session, score: Score) -> str:
    """Why its latest value is more than chance, where that is new, as HTML."""
    said = unusual.newly(session, score)
    return f' <span class="news">{escape(said)}.</span>' if said else ""


def why(session: Session, score: Score) -> str:
    """The status's reason, and how the value moved."""
    _, found = translator(session.locale), score.change
    said = formats.sentence(formats.reason(score.reason, session.locale))
    if found is None or found.difference is None:
        return f"{said}."
    before = formats.period(found.previous_period, score.frequency, session.locale)
    if found.direction == "equal":
        return _("{reason}. The same as in {period}.", reason=said, period=before)
    return _("{reason}. {change} than in {period}.", reason=said, change=goals_table.change(session, score), period=before)
