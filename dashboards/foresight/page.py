"""The Foresight page below its heading: one sentence, the goals by their chance, what if, and what the city watches."""

from html import escape

import streamlit as st

from dashboards import downloads, formats, layout, outlooks, panel, scores
from dashboards.foresight import listing, trends, what_if
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.score import Score

EVEN = 0.5


def show(session: Session) -> None:
    """Goals that have a forecast, those that have none and why, scenarios for one of them, and the register."""
    _ = translator(session.locale)
    if not outlooks.ready(session):
        outlooks.watch(session)
    else:
        _goals(session, _)
    trends.show(session)


def _goals(session: Session, _: Words) -> None:
    aimed = [score for score in scores.judged(session) if score.aim.target]
    likely = sorted((score for score in aimed if outlooks.chance(session, score) is not None), key=lambda score: _chance(session, score))
    if not likely:
        _nothing(session, aimed, _)
        return
    with session.controls:
        downloads.offer(session, "foresight", listing.frame(session, likely), listing.about(session))
    panel.show(_drawn(session, likely, aimed, _), key="foresight")
    what_if.show(session, likely)


def sentence(chances: list[float], _: Words) -> str:
    """How many goals are more likely than not: "5 of 18 goals are more likely than not to reach their target." """
    good = sum(chance >= EVEN for chance in chances)
    return _.ngettext(
        "{good} of {n} goal is more likely than not to reach its target, if things go on as so far.",
        "{good} of {n} goals are more likely than not to reach their target, if things go on as so far.",
        len(chances),
        good=good,
        n=len(chances),
    )


def _drawn(session: Session, likely: list[Score], aimed: list[Score], _: Words) -> str:
    said = sentence([_chance(session, score) for score in likely], _)
    without, title = [score for score in aimed if score not in likely], _("Goals, the least likely first")
    return (
        f'<p class="headline">{escape(said)}</p><h2>{escape(title)}</h2>{listing.table(session, likely)}{listing.without(session, without)}'
    )


def _nothing(session: Session, aimed: list[Score], _: Words) -> None:
    layout.section(_("No chance can be told here"))
    if not aimed:
        st.write(_("The chance of each goal's target would stand here. No goal has a target for this place."))
    else:
        month = formats.month_name(session.month, session.locale)
        st.write(
            _(
                "A chance is computed from the newest values of each goal, and none of them is of {month} with its target ahead.",
                month=month,
            )
        )
    st.page_link("pages/home/overview.py", label=_("All goals"), query_params=session.query())


def _chance(session: Session, score: Score) -> float:
    return outlooks.chance(session, score) or 0.0
