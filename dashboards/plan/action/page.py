"""One action on one page: how it stands and why, its stages and what shows them, its money, its story, and its forms."""

from html import escape

import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards import session as visit
from dashboards.assessments import about as policies
from dashboards.impact import about as did_it_work
from dashboards.meetings import about as in_the_meetings
from dashboards.meetings.concerns import raising
from dashboards.plan import doing, judging, review, shown, states, truth_line
from dashboards.plan.action import (
    about as promise,
)
from dashboards.plan.action import (
    budgeting,
    children,
    concluding,
    deciding,
    describing,
    figures,
    files,
    goals,
    history,
    ledger,
    money,
    proving,
    reporting,
    stages,
    story,
    subject,
    verdict,
)
from dashboards.plan.action.subject import Subject
from dashboards.session import Session
from dashboards.words import translator
from data.plans.reading import plans
from data.plans.waiting import may_judge


def asked(session: Session) -> Subject | None:
    """The node that the address names: `action?node=ID`; None where there is no such node."""
    node = visit.asked_id("node")
    return None if node is None else subject.of(session, node)


def heading(session: Session, about: Subject | None) -> None:
    """The way down to the node, its name, what it is, and who answers for it."""
    _ = translator(session.locale)
    if about is None:
        layout.head(session, _("Action"), _("One piece of the plan: how far it is, and what shows it"), needs_facts=False)
        return
    with session.heading:
        panel.show(_path(about), key="action_path")
    owner = about.post(about.node["owner"]) or (_("nobody owns it") if about.leaf else "")
    told = (f"{about.level(about.node['level'])} {about.node['key']}", about.area(about.node["area"]), owner)
    layout.head(session, about.say(about.node["name"]), " · ".join(filter(None, told)), needs_facts=False)


def show(session: Session, about: Subject | None) -> None:
    """The page below its heading."""
    if about is None:
        _nothing_asked(session)
        return
    with session.controls:
        _offer(about)
    for part in PARTS:
        with st.container():  # a room for each, so that none moves, and folds up, when something is said above it
            part(about.today if part in FORMS else about)


def _how_it_stands(about: Subject) -> None:
    session = about.session
    panel.show(verdict.headline(about), key="action_verdict")
    if session.actor and not session.newest:
        _ = about.words
        month = formats.month_name(session.month, session.locale)
        layout.note(_("You are looking at {month}: what you write down now shows in the newest month.", month=month))


def _what_shows_it(about: Subject) -> None:
    panel.show(children.block(about) + stages.steps(about), key="action_stages")
    files.offer(about.session, about.found.evidence)


def _what_was_promised(about: Subject) -> None:
    panel.show(_columns(promise.table(about), goals.block(about) + promise.participation(about)), key="action_promise")


def _what_came_of_it(about: Subject) -> None:
    panel.show(
        _columns(ledger.decisions(about), ledger.outcomes(about)) + ledger.results(about) + figures.block(about), key="action_ledger"
    )


def _what_it_costs(about: Subject) -> None:
    panel.show(money.table(about), key="action_money")


def _what_was_reported(about: Subject) -> None:
    panel.show(story.story(about), key="action_story")


def _did_it_work(about: Subject) -> None:
    did_it_work.show(about.session, action=about.node["key"])


def _what_worries(about: Subject) -> None:
    policies.show(about.session, node=about.node["id"])
    in_the_meetings.show(about.session, node=about.node["id"])
    raising.link(about.session, node=str(about.node["id"]))


def _path(about: Subject) -> str:
    """The plan and each part above the node, as links."""
    _ = about.words
    session = about.session
    first = f'<li><a href="{escape(session.address("progress", plan=about.plan.key))}">{escape(about.say(about.plan.name))}</a></li>'
    above = "".join(
        f'<li><a href="{escape(session.address("action", node=str(row["id"])))}">{escape(about.say(row["name"]))}</a></li>'
        for row in about.found.path
    )
    label = escape(_("Where it stands in the plan"))
    return f'<nav aria-label="{label}"><ol class="way">{first}{above}</ol></nav>'


def _columns(*sections: str) -> str:
    """Sections side by side; one alone has the whole width."""
    found = [section for section in sections if section]
    return f'<div class="columns">{"".join(f"<div>{each}</div>" for each in found)}</div>' if len(found) > 1 else "".join(found)


def _judged(about: Subject) -> None:
    """What waits and this person may judge, each with its note and its two buttons."""
    _ = about.words
    actor = about.session.actor
    if actor:
        doing.said(judging.PLACE)
    mine = [piece for piece in about.found.evidence if piece["state"] == "awaiting"]
    mine = [piece for piece in mine if actor and may_judge(actor, piece, about.node)]
    if not mine:
        return
    steps = {stage.row["id"]: stage.name for stage in stages.stages(about)}
    layout.section(_("Awaiting your review"))
    for piece in mine:
        with st.container(border=True):
            panel.show(f"<h3>{escape(steps[piece['milestone']])}</h3>{review.paper(about.session, piece)}", key=f"piece_{piece['id']}")
            judging.show(about.session, piece)
    review.link(about.session)


def _changes(about: Subject) -> None:
    _ = about.words
    with st.expander(_("Who changed what")):
        panel.show(history.table(about), key="action_history")


def _offer(about: Subject) -> None:
    """Stages, or for a part of the plan its children, with what they are."""
    _, session = about.words, about.session
    frame = stages.frame(about) if about.leaf else children.frame(about)
    if frame.is_empty() or session.held is None:
        return
    told = {
        _("Plan"): about.say(about.plan.name),
        _("Part of the plan"): f"{about.node['key']} {about.say(about.node['name'])}",
        _("State"): states.word(about.row["state"], session.locale),
        _("Proved"): truth_line.share(about.row["proved"], session.locale),
        _("Measured on"): formats.day(session.review_day, session.locale),
    }
    downloads.offer(session, f"action-{about.node['key']}", frame, told)


def _nothing_asked(session: Session) -> None:
    """Without a node: what waits for this person's judgement; all actions are on Progress."""
    _ = translator(session.locale)
    if not plans(session.records):
        shown.nothing_yet(session)
        return
    if st.query_params.get("node"):
        layout.section(_("There is no such action"))
        month = formats.month_name(session.month, session.locale)
        nothing = _("The link names nothing that is in the plan.")
        st.write(nothing if session.newest else _("The link names nothing that was in the plan in {month}.", month=month))
    review.show(session)
    st.page_link("pages/plan/progress.py", label=_("All actions of the plan"), query_params=session.query())


PARTS = (
    _how_it_stands, reporting.show, _what_shows_it, _judged, proving.show, _what_it_costs, budgeting.show, _what_was_promised,
    describing.show, _what_came_of_it, deciding.show, concluding.show, _did_it_work, _what_was_reported, _what_worries, _changes,
)  # fmt: skip
"""The page from top to bottom: each part is read first, and then the form that keeps it up to date."""
FORMS = frozenset({
    reporting.show, _judged, proving.show, budgeting.show, describing.show, deciding.show, concluding.show,
})  # fmt: skip
"""Parts that change something, and so take the action as it stands now."""
