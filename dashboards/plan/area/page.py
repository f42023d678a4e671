"""The page below its heading: one area, or the list of all."""

from collections.abc import Hashable
from html import escape

import streamlit as st

from dashboards import downloads, formats, goals_table, layout, outlooks, panel, scores
from dashboards.meetings.concerns import raising
from dashboards.plan import actions_table, shown, truth_line
from dashboards.plan.area import duties, known, listing, posts, reporting, saying
from dashboards.plan.area.known import Known
from dashboards.reports import button
from dashboards.session import Session
from dashboards.words import translator
from data.plans.reading import Plan
from kpis.score import Score


def asked(session: Session) -> str | None:
    """The area that the address names: `area?area=ID`; None where it names none of the city's."""
    area = st.query_params.get("area", "")
    return area if area in session.definitions.area else None


def heading(session: Session, area: str | None) -> None:
    """The area's name, and what the page is for."""
    _ = translator(session.locale)
    if area is None:
        layout.head(session, _("Areas"), _("How far each area is, and what it owes"), needs_facts=False)
        return
    day = formats.day(session.review_day, session.locale)
    purpose = _("What it promised, what it owes and how it stands, by the review of {day}", day=day)
    layout.head(session, session.say(session.definitions.area[area]), purpose, needs_facts=False)


def show(session: Session, area: str | None) -> None:
    """One area; without one that is known, all of them."""
    plan = shown.asked(session)
    if plan is None:
        shown.nothing_yet(session)
        return
    if area is None:
        _say_unknown(session)
        listing.show(session, plan)
        return
    found = known.of_area(session, plan, area)
    with session.controls:
        _ = translator(session.locale)
        about = {_("Plan"): session.say(plan.name)}
        downloads.offer(session, f"area-{area}", lambda: actions_table.frame(session, found.actions, found.owners), about)
        button.offer(session, ["area"], area)
    ready = session.held is not None and outlooks.ready(session)
    top, rest = _drawn(session, shown.key(session), plan, area, ready)
    panel.show(top, key="area_top")
    reporting.show(session, plan, area)
    panel.show(rest, key="area_rest")
    raising.link(session, area=area)
    if not ready and _own_goals(session, area):
        outlooks.watch(session)


@st.cache_resource(show_spinner=False, max_entries=100, hash_funcs={**scores.KEYED, Plan: lambda plan: plan.id})
def _drawn(session: Session, stamp: Hashable, plan: Plan, area: str, forecast: bool) -> tuple[str, str]:  # noqa: ARG001
    """What stands above and below the place where the area reports; drawn once for each state of the records and of the facts."""
    found = known.of_area(session, plan, area)
    return _top(session, found), _rest(session, plan, found)


def _top(session: Session, found: Known) -> str:
    _ = translator(session.locale)
    line = truth_line.block(session, found.part.whole) if found.part.whole["actions"] else ""
    owes = escape(_("What it owes by the review"))
    return f'<p class="headline">{escape(saying.sentence(session, found))}</p>{line}<h2>{owes}</h2>{duties.block(session, found)}'


def _rest(session: Session, plan: Plan, found: Known) -> str:
    _ = translator(session.locale)
    held = escape(_("Its posts"))
    parts = [
        _actions(session, found),
        _goals(session, found),
        f"<h2>{held}</h2>{posts.block(session, found)}",
        _all_areas(session, plan),
    ]
    return "".join(parts)


def _actions(session: Session, found: Known) -> str:
    """Nothing where there are none: the headline has said so."""
    if found.actions.is_empty():
        return ""
    _ = translator(session.locale)
    title, caption = escape(_("Its actions")), _("Actions of the area, what needs attention first")
    return f"<h2>{title}</h2>{actions_table.block(session, found.actions, found.owners, caption)}"


def _goals(session: Session, found: Known) -> str:
    """The goals that the area answers for, as they stand everywhere else."""
    _, own = translator(session.locale), _own_goals(session, found.area)
    if not own:
        return ""
    title = escape(_("Its goals"))
    return f"<h2>{title}</h2>{goals_table.table(session, scores.by_axis(session, own), scores.histories(session))}"


def _own_goals(session: Session, area: str) -> tuple[Score, ...]:
    return tuple(score for score in scores.judged(session) if score.kpi.owner == area) if session.held else ()


def _all_areas(session: Session, plan: Plan) -> str:
    _ = translator(session.locale)
    address, said = escape(session.address("area", plan=plan.key)), escape(_("All areas"))
    return f'<p class="more"><a href="{address}">{said}</a></p>'


def _say_unknown(session: Session) -> None:
    _ = translator(session.locale)
    if st.query_params.get("area"):
        st.warning(_("The link names no area of the city. All areas are listed here."), icon=":material/link_off:")
