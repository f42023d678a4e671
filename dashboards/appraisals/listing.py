"""The appraisals of a city as a list, for the page of assessments: what each comes to, and what could not be read."""

from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.appraisals.shown import Shown, known, shown
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.appraisals.conclusion import conclusion


def show_list(session: Session) -> None:
    """A row for each appraisal; where none is written down, how one begins. A broken file is named and hides no other."""
    _, found = translator(session.locale), known(session)
    layout.section(_("Before deciding"))
    if not found.appraisals and not found.problems:
        st.write(_("The options of a policy stand side by side here before it is decided. None is written down yet."))
        st.write(_("They are written in kpis/options, a file for each decision; the documentation shows one."))
    if found.appraisals:
        rows = [_row(shown(session, appraisal), _) for appraisal in found.appraisals]
        titles = [(_("To be decided"), ""), (_("What it comes to"), ""), (_("Options"), NUMBER), (_("Can be evaluated later"), NUMBER)]
        panel.show(table(titles, [("", rows)], _("Options weighed before a policy is decided"), "appraisals"), key="appraisals_list")
    if found.problems:
        st.write(_("What could not be read:"))
        layout.problems(found.problems, _)


def _row(one: Shown, _: Words) -> list[str]:
    address = escape(one.session.address("appraisal", appraisal=one.appraisal.appraisal))
    question = f'<span class="note">{escape(one.say(one.appraisal.question))}</span>' if one.appraisal.question else ""
    ready = one.found.evaluability
    points = formats.number(ready.points, 1 if ready.points % 1 else 0, one.session.locale)
    return [
        f'<a href="{address}">{escape(one.say(one.appraisal.name))}</a>{question}',
        escape(one.sentence(conclusion(one.found))),
        str(len(one.appraisal.options)),
        escape(_("{n} of {base}", n=points, base=len(ready.checks))),
    ]
