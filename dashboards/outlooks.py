"""What is likely to come of the session's place: computed in the background, never while somebody waits for a page."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from html import escape

import streamlit as st

from dashboards import behind, formats
from dashboards import session as visit
from dashboards.behind import Behind, Work
from dashboards.session import Session
from dashboards.words import translator
from kpis.foresight import kept
from kpis.foresight import outlook as foresight
from kpis.foresight.kept import Outlooks
from kpis.foresight.outlook import Outlook
from kpis.score import Score

REMEMBERED = 64
"""Places and versions held in memory."""
TOO_NARROW = 0.6
"""Share of the past values inside intervals of 80 % below which a chance has little to go by."""

_behind = Behind[Outlooks]("forecasts", REMEMBERED)


def of(session: Session) -> Outlooks | None:
    """By indicator; None while they are computed, which this starts. Empty before the first load."""
    return _behind.of(_key(session), _work(session)) if session.held is not None else {}


def ready(session: Session) -> bool:
    """Whether they are there; a cache of a drawn page goes by it."""
    return of(session) is not None


def settle(session: Session) -> None:
    """Compute them now where nobody has, for whoever asks once and waits: a report made without a page."""
    if session.held is not None:
        _behind.settle(_key(session), _work(session))


def of_score(session: Session, score: Score) -> Outlook | None:
    """What is likely to follow the value shown; None while that is not known, and where newer values are."""
    found = (of(session) or {}).get(score.indicator.id)
    return found if found and found.forecast.mean and found.last == score.period else None


def chance(session: Session, score: Score) -> float | None:
    """The chance that the goal's target is reached at its date, seen from the value shown."""
    return foresight.chance(score.kpi, score.aim, of_score(session, score), score.indicator.year_starts)


def said(chance: float | None, locale: str) -> str:
    """62 %; never 0 and never 100, which nobody can know."""
    _ = translator(locale)
    if chance is None:
        return formats.NOTHING
    if chance < 0.01:
        return _("under 1 %")
    if chance > 0.99:
        return _("over 99 %")
    return f"{formats.number(100 * chance, 0, locale)}{formats.BOUND}%"


def is_rough(session: Session, score: Score) -> bool:
    """Whether so many values left their intervals so far that the chance is no more than a rough guess."""
    outlook = of_score(session, score)
    tested = outlook.forecast.backtest if outlook and chance(session, score) is not None else None
    return bool(tested and tested.coverage80 is not None and tested.coverage80 < TOO_NARROW)


def told(session: Session, score: Score) -> str:
    """The chance for a sentence; where it is rough, that stands beside it."""
    _, figure = translator(session.locale), said(chance(session, score), session.locale)
    return _("{chance} (little to go by)", chance=figure) if is_rough(session, score) else figure


def mark(session: Session, score: Score) -> str:
    """The same below the figure in a table, as HTML; "" where there is enough to go by."""
    if not is_rough(session, score):
        return ""
    _ = translator(session.locale)
    few = _("little to go by")
    return f'<span class="note rough" title="{escape(why_rough(session))}">{escape(few)}</span>'


def why_rough(session: Session) -> str:
    """What the mark means, for the foot of a table: nobody can point at it on a phone."""
    _ = translator(session.locale)
    return _("Little to go by: of the past values of this series fewer than 60 % lay where 80 % should, so its chance is a rough guess.")


def foot(session: Session, scores: Sequence[Score]) -> str:
    """What the mark means, as HTML, where some chance has it."""
    marked = any(is_rough(session, score) for score in scores)
    return f'<p class="note">{escape(why_rough(session))}</p>' if marked else ""


@st.fragment(run_every=behind.LOOK_AGAIN)
def watch(session: Session) -> None:
    """Says that the forecasts are being computed, and shows the page again when they are there."""
    _ = translator(session.locale)
    if ready(session):
        visit.show_again()
    st.caption(_("The forecasts are being computed; they appear here in a moment."))


def _key(session: Session) -> Hashable:
    return session.home, session.facts.version, session.catalogue, session.definitions, session.place


def _work(session: Session) -> Work[Outlooks]:
    known = (session.facts, session.catalogue, session.definitions, session.place)
    return Work(f"the forecasts of {session.place}", lambda: kept.kept(session.home, *known), lambda: _computed(session), {})


def _computed(session: Session) -> Outlooks:
    known = (session.facts, session.catalogue, session.definitions, session.place)
    found = kept.compute(*known)
    with suppress(OSError):  # where nothing can be written, they are computed again after the next start
        kept.keep(session.home, *known, found)
    return found
