"""One policy on one page: what was recommended, why it should work, what carries it out, how it was judged, and what people say."""

from html import escape

import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards.assessments import listing, vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.impact import about as did_it_work
from dashboards.plan import areas, doing
from dashboards.policy import chain, citizens, describing, frames, judged, linked, scoring, writing
from dashboards.policy.places import PLACE
from dashboards.session import Session
from dashboards.words import translator
from kpis.assessments.due import span


def asked(session: Session) -> tuple[Known, Row | None]:
    """The policy that the address names: `policy?policy=KEY`; None where there is no such policy."""
    known = Known(session)
    return known, known.policy(st.query_params.get("policy", ""))


def heading(session: Session, known: Known, policy: Row | None) -> None:
    """Its name, who answers for it, and from when to when it runs."""
    _ = translator(session.locale)
    if policy is None:
        layout.head(session, _("Policy"), _("Why one policy should work, and how it was judged"), needs_facts=False)
        return
    starts, ends = (known.date(day) for day in span(policy, known.items.nodes))
    runs = _("{starts} to {ends}", starts=starts, ends=ends) if starts and ends else starts or ends
    told = (areas.name(session, policy["area"]), known.items.post(policy["owner"]) if policy["owner"] else "", runs)
    layout.head(session, known.say(policy["name"]), " · ".join(filter(None, told)) or _("Policy"), needs_facts=False)


def show(session: Session, known: Known, policy: Row | None) -> None:
    """The page below its heading."""
    if policy is None:
        _unknown(known)
        return
    doing.said(PLACE)
    with session.controls:
        downloads.offer(session, f"policy-{policy['key']}", lambda: frames.scores(known, policy), frames.about(known, policy))
    panel.show(f'<p class="headline">{escape(headline(known, policy))}</p>{_next(known, policy)}', key="policy_verdict")
    _to_decide(known, policy)
    panel.show(chain.block(known, policy) + linked.block(known, policy), key="policy_chain")
    did_it_work.show(session, policy=policy["key"])
    describing.show(known, policy)
    writes = known.may("keep_assessment", policy)
    panel.show(judged.block(known, policy, writes=writes) + citizens.block(known, policy), key="policy_judged")
    writing.show(known, policy)
    scoring.show(known, policy)


def headline(known: Known, policy: Row) -> str:
    """ "Recommended by the mid-term assessment of 3 Feb 2026: adjust. The lanes alone are not enough." """
    _, found = known.words, listing.last(known, policy)
    if found is None:
        return _("Nobody has assessed this policy yet.")
    moment, word = vocabulary.MOMENTS[found["moment"]], vocabulary.RECOMMENDATIONS[found["recommendation"]]
    told = {"moment": _(moment), "day": known.date(found["done_on"]), "word": _(word), "why": known.say(found["why"]).rstrip(".")}
    return _("Recommended by the {moment} assessment of {day}: {word}. {why}.", **told)


def _to_decide(known: Known, policy: Row) -> None:
    """What should be otherwise is decided on Accountability, and changes the plan only then: the way there for whoever may."""
    _, session, found = known.words, known.session, listing.last(known, policy)
    asks = found is not None and found["recommendation"] in ("adjust", "stop") and "plan" in session.definitions.city.modules
    if asks and known.may("record_decision"):
        label = _("Record the decision that follows from it")
        st.page_link("pages/plan/accountability.py", label=label, icon=":material/gavel:", query_params=session.query())


def _next(known: Known, policy: Row) -> str:
    """What of it is due next, as HTML."""
    _ = known.words
    found = next((each for each in known.due if each.policy["id"] == policy["id"]), None)
    if found is None:
        none = escape(_("No assessment of it is due."))
        return f"<p>{none}</p>"
    word, day, late = known.moment(found.moment), known.date(found.day), found.overdue(known.session.review_day)
    age = formats.age(abs((found.day - known.session.review_day).days), known.session.locale)
    told = {"word": word, "day": day, "age": age}
    said = _("Overdue: {word}, since {day} ({age}).", **told) if late else _("Due next: {word}, on {day} (in {age}).", **told)
    return f"<p>{escape(said)}</p>"


def _unknown(known: Known) -> None:
    _, session = known.words, known.session
    layout.section(_("There is no such policy"))
    st.write(_("The link names no policy that is written down in this month."))
    st.page_link("pages/policy/assessments.py", label=_("All policies"), query_params=session.query())
