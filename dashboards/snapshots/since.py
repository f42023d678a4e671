"""What is no longer as it was when the month was closed, and why: beside the month as it was, and as it is today."""

from collections.abc import Callable, Hashable, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboards import formats, layout, panel, scores
from dashboards.plan import mandate, shown, truth_line
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.plans.reading import plans
from data.problems import NotPossibleNow
from kpis.moves import Move, Reading
from kpis.reviews import since
from kpis.reviews.since import Figure
from kpis.score import Score

FIGURES = {
    "proved": N_("proved"),
    "declared": N_("declared"),
    "awaiting": N_("awaiting review"),
    "time_used": N_("time used"),
    "committed_share": N_("committed"),
    "paid_share": N_("paid"),
}
KEYED: dict[str | type[Any], Callable[[Any], Any]] = {Session: lambda session: (session.closed.key, session.live.key, session.key)}
"""Both sides, and the view that links lead to."""


def show(session: Session) -> None:
    """The section; nothing of a month that is open."""
    if not session.snapshot:
        return
    try:
        drawn = _drawn(session, _stamp(session))
    except NotPossibleNow as reason:  # today's view does not hang on it
        layout.note(translator(session.locale).not_now(reason))
    else:
        panel.show(drawn, key="since_closed")


def _stamp(session: Session) -> Hashable:
    return mandate.stamp(session.closed), mandate.stamp(session.live)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYED)
def _drawn(session: Session, stamp: Hashable) -> str:  # noqa: ARG001 - what the cache goes by
    _, was, now = translator(session.locale), session.closed, session.live
    assert session.snapshot is not None
    day = formats.day_of(session.snapshot["at"], session.locale)
    title = _("What has changed since it was closed on {day}", day=day)
    goals, figures = _goals(was, now), _plans(was, now)
    nothing = _("Nothing: the month is today as it was closed.")
    none = "" if goals or figures else f"<p>{escape(nothing)}</p>"
    return f"<h2>{escape(title)}</h2>{none}{_goals_table(session, goals, _)}{_plans_table(session, figures, _)}"


def _goals(was: Session, now: Session) -> list[Move]:
    if was.held is None or now.held is None:
        return []
    before, after = (Reading(one.facts, one.catalogue, one.definitions, one.place, one.month) for one in (was, now))
    return since.goals(before, after, {before: scores.judged(was), after: scores.judged(now)})


def _plans(was: Session, now: Session) -> list[tuple[str, Figure]]:
    """The figures that differ of every plan that was there, with the plan's name; none where the records cannot be read."""
    if None in (mandate.stamp(was), mandate.stamp(now)):
        return []
    try:
        before, after = ({plan.key: plan for plan in plans(one.records)} for one in (was, now))
        pairs = [(plan, after[key]) for key, plan in before.items() if key in after]
        return [
            (shown.named(now, plan), figure)
            for old, plan in pairs
            for figure in since.figures(shown.truth_of(was, old), shown.truth_of(now, plan))
            if len(set(_both(now, figure))) > 1  # a difference that nobody can see is none
        ]
    except NotPossibleNow:
        return []


def _goals_table(session: Session, found: Sequence[Move], _: Words) -> str:
    if not found:
        return ""
    titles = (_("Goal"), _("As it was closed"), _("As it is today"), _("Why"))
    rows = [(_name(session, move), _said(session, move.before), _said(session, move.after), _why(session, move)) for move in found]
    return _table(_("Goals that differ"), titles, rows)


def _name(session: Session, move: Move) -> str:
    score = move.after or move.before
    assert score is not None
    return f'<a href="{escape(session.address("goal", kpi=score.kpi.id))}">{escape(session.say(score.kpi.name))}</a>'


def _said(session: Session, score: Score | None) -> str:
    if score is None:
        return formats.NOTHING
    value = escape(formats.measured(score.value, score.indicator, session.locale))
    return f'{panel.status(session, score.status)} <span class="note">{value}</span>'


def _why(session: Session, move: Move) -> str:
    return f"{escape(formats.sentence(formats.reason(move.reason, session.locale)))}."


def _plans_table(session: Session, found: Sequence[tuple[str, Figure]], _: Words) -> str:
    if not found:
        return ""
    titles = (_("Figure of the plan"), _("As it was closed"), _("As it is today"), _("Why"))
    rows = [(_named(name, figure, _), *_both(session, figure), _cause(figure, _)) for name, figure in found]
    return _table(_("Figures of the plan that differ"), titles, rows)


def _named(name: str, figure: Figure, _: Words) -> str:
    word = FIGURES[figure.name]
    return escape(f"{name}: ") + escape(_(word))


def _both(session: Session, figure: Figure) -> tuple[str, str]:
    return _share(session, figure.before), _share(session, figure.after)


def _share(session: Session, value: float | None) -> str:
    return formats.NOTHING if value is None else escape(truth_line.share(value, session.locale))


def _cause(figure: Figure, _: Words) -> str:
    if figure.decided:
        return escape(_("A decision changed the plan."))
    return escape(_("Reported, accepted or paid since, or later than the review day: in the newest month that counts at once."))


def _table(title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th role="columnheader" scope="col">{escape(said)}</th>' for said in titles)
    body = "".join(_row(cells, titles) for cells in rows)
    return (
        f'<table role="table" class="moves"><caption>{escape(title)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(cells: Sequence[str], titles: Sequence[str]) -> str:
    first, was, now, why = cells
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{first}</th><td role="cell" data-name="{escape(titles[1])}">{was}</td>'
        f'<td role="cell" data-name="{escape(titles[2])}">{now}</td><td role="cell" class="why">{why}</td></tr>'
    )
