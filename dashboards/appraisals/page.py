"""The Appraisal page: what it comes to in one sentence, the options side by side, and everything that the sentence hangs on."""

from html import escape

import streamlit as st

from dashboards import downloads, formats, layout, panel
from dashboards.appraisals import criteria, effects, groups, options, ready, reckoning, risks, worth
from dashboards.appraisals.shown import Shown, known, shown
from dashboards.session import Session
from dashboards.words import translator
from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.conclusion import cautions, conclusion


def asked(session: Session) -> Appraisal | None:
    """The appraisal that the address names: `appraisal?appraisal=ID`; None where there is no such one."""
    return known(session).find(st.query_params.get("appraisal", ""))


def heading(session: Session, appraisal: Appraisal | None) -> None:
    """Its name and the question that it answers."""
    _ = translator(session.locale)
    purpose = _("What could be done, what each option costs and brings, and what could go wrong")
    if appraisal is None:
        layout.head(session, _("Appraisal"), purpose, needs_facts=False)
        return
    question = session.say(appraisal.question) if appraisal.question else purpose
    layout.head(session, session.say(appraisal.name), question, needs_facts=False)


def show(session: Session, appraisal: Appraisal | None) -> None:
    """The page below its heading."""
    if appraisal is None:
        _none(session)
        return
    one = shown(session, appraisal)
    with session.controls:
        downloads.offer(session, f"appraisal_{appraisal.appraisal}", options.frame(one), reckoning.about(one))
    panel.show(_answer(one) + options.table(one), key="appraisal_answer")
    worth.show(one)
    panel.show(_parts(one), key="appraisal_parts")


def _answer(one: Shown) -> str:
    """What it comes to, and what speaks against believing it."""
    _ = one.words
    said = f'<p class="headline">{escape(one.sentence(conclusion(one.found)))}</p>'
    doubts = "".join(f"<li>{escape(formats.sentence(formats.reason(doubt, one.session.locale)))}.</li>" for doubt in cautions(one.found))
    title = escape(_("What to know before deciding"))
    return said + (f'<h2>{title}</h2><ul class="plain">{doubts}</ul>' if doubts else "")


def _parts(one: Shown) -> str:
    parts = (criteria.block, effects.block, risks.block, groups.block, ready.block, reckoning.block)
    return "".join(part(one) for part in parts)


def _none(session: Session) -> None:
    """No such appraisal: those there are, and what is wrong with files that cannot be read."""
    _, found = translator(session.locale), known(session)
    layout.section(_("This appraisal is not here"))
    if found.appraisals:
        st.write(_("The link names none that can be read. These are there:"))
        for one in found.appraisals:
            label, query = session.say(one.name), session.query(appraisal=one.appraisal)
            st.page_link("pages/policy/appraisal.py", label=label, query_params=query)
    elif not found.problems:
        st.write(_("Here the options of a policy stand side by side before it is decided. None is written down yet."))
        st.write(_("They are written in kpis/options, a file for each decision; the documentation shows one."))
    if found.problems:
        layout.problems(found.problems, _)
