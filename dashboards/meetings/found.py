"""What the session's month needs a decision on, ranked; and of each item of an agenda, why, with the figures as they are now."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboards import formats, outlooks, scores
from dashboards.meetings.items import WHYS
from dashboards.plan import shown
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.meetings.agenda import as_item
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.plans.lagging import Lagging, lagging
from data.plans.reading import Plan, plans
from kpis.meetings.agenda import Found, agenda
from kpis.plans.truth import Truth
from kpis.score import Score

Row = Mapping[str, Any]
OLD = {"goal": N_("no fresh figure"), "action": N_("no fresh report")}
"""What is too old, by the kind of the item."""


def ready(session: Session) -> bool:
    """Whether the chances are known; a goal that is off track is ranked by its chance."""
    return session.held is None or outlooks.ready(session.closed)


def found(session: Session, day: date | None = None) -> tuple[Found, ...]:
    """Everything that needs a decision, the most pressing first; follow-ups are overdue by a day, by default the review day.

    Of a closed month it is what it was when that was closed.
    """
    session = session.closed
    return _found(session, session.records_state, day or session.review_day, shown.live(session), ready(session))


def whys(session: Session, row: Row, day: date | None = None) -> list[str]:
    """Why an item of an agenda is talked about, a sentence for each reason; with its figures, where it holds to this day."""
    _, session = translator(session.locale), session.closed
    known = _by_thing(session, session.records_state, day or session.review_day, ready(session))
    now = known.get(as_item(row).about)
    live = [(why.word, formats.reason(why.reason, session.locale)) for why in now.whys] if now else []
    words = {word for word, _said in live}
    told = [_("{why}: {reason}.", why=_word(row, word, _), reason=said) for word, said in live]
    return [*told, *(f"{_word(row, word, _)}." for word in row["whys"] if word not in words)]


def _word(row: Row, word: str, _: Words) -> str:
    said = OLD.get(row["kind"], WHYS[word]) if word == "stale" else WHYS[word]
    return formats.sentence(_(said))


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=scores.KEYED)
def _found(session: Session, stamp: Hashable, day: date, live: bool, forecast: bool) -> tuple[Found, ...]:  # noqa: ARG001 - what the cache goes by
    judged = scores.judged(session) if session.held else ()
    raised = concerns(session.records, session.place)
    return tuple(
        agenda(
            judged,
            _chances(session, judged),
            [_plan(session, plan) for plan in plans(session.records, shown.until(session)) if plan.place == session.place],
            follow_ups(session.records, session.place),
            raised if live else [row for row in raised if row["raised_on"] <= session.review_day],
            day,
            session.at(session.month.plus(-1)).review_day,
        )
    )


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=scores.KEYED)
def _by_thing(session: Session, stamp: Hashable, day: date, forecast: bool) -> dict[tuple[str, Any], Found]:  # noqa: ARG001
    return {each.item.about: each for each in found(session, day)}


def _chances(session: Session, judged: tuple[Score, ...]) -> dict[str, float | None]:
    """Of the goals that are off track, whose chance is looked at."""
    return {score.kpi.id: outlooks.chance(session, score) for score in judged if score.status == "off_track"}


def _plan(session: Session, plan: Plan) -> tuple[Truth, Lagging]:
    return shown.truth_of(session, plan), lagging(session.records, plan.id, session.review_day, live=shown.live(session))
