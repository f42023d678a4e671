"""All areas of a plan: how far each is, and what it owes."""

from collections.abc import Hashable
from html import escape

import streamlit as st

from dashboards import layout, panel, scores
from dashboards.plan import shown, truth_line
from dashboards.plan.area import known
from dashboards.plan.area.known import Known
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.plans.reading import Plan


def show(session: Session, plan: Plan) -> None:
    """The list, those that owe most first."""
    _ = translator(session.locale)
    drawn = _drawn(session, shown.key(session), plan)
    if not drawn:
        layout.section(_("No area has an action in this plan"))
        st.write(_("Each area would stand here with how far its actions are and what it owes."))
        return
    panel.show(drawn, key="areas")


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs={**scores.KEYED, Plan: lambda plan: plan.id})
def _drawn(session: Session, stamp: Hashable, plan: Plan) -> str:  # noqa: ARG001 - what the cache goes by
    found = [known.of_area(session, plan, area) for area in known.in_plan(session, plan)]
    return block(session, plan, found) if found else ""


def block(session: Session, plan: Plan, found: list[Known]) -> str:
    """A sentence and the table, as HTML."""
    _ = translator(session.locale)
    titles = [
        (_("Area"), ""), (_("Actions"), NUMBER), (_("Late"), NUMBER), (_("Proved"), NUMBER), (_("Declared"), NUMBER),
        (_("Proved, declared, time"), ""), (_("It owes"), NUMBER),
    ]  # fmt: skip
    ordered = sorted(found, key=lambda each: -each.owed.count)
    rows = [_row(session, plan, each) for each in ordered]
    return f'<p class="headline">{escape(sentence(found, _))}</p>' + table(titles, [("", rows)], _("Areas, those that owe most first"))


def sentence(found: list[Known], _: Words) -> str:
    """How many areas owe something, and how much."""
    owing = [each for each in found if each.owed.count]
    things = sum(each.owed.count for each in owing)
    if not owing:
        return _("No area owes anything.")
    owed = _.ngettext("{things} thing is owed in all.", "{things} things are owed in all.", things, things=things)
    who = _("Areas that owe something: {areas} of {n}.", areas=len(owing), n=len(found))
    return f"{who} {owed}"


def _row(session: Session, plan: Plan, each: Known) -> list[str]:
    whole, locale, count = each.part.whole, session.locale, translator(session.locale).count
    address = escape(session.address("area", area=each.area, plan=plan.key))
    name = escape(session.say(session.definitions.area[each.area]))
    return [
        f'<a href="{address}">{name}</a>', count(whole["actions"]), count(each.part.counts.get("late", 0)),
        escape(truth_line.share(whole["proved"], locale)), escape(truth_line.share(whole["declared"], locale)),
        truth_line.small(session, whole), count(each.owed.count),
    ]  # fmt: skip
