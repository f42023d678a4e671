"""All neighbourhoods of a plan: how far the promises of each are."""

from html import escape

import polars as pl
import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.plan import truth_line
from dashboards.plan.neighbourhood import known
from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.plans.reading import Plan


def show(session: Session, plan: Plan) -> None:
    """The list, those with most that is late first."""
    _ = translator(session.locale)
    found = [known.of_district(session, plan, place) for place in known.districts(session, plan)]
    if not found:
        layout.section(_("The plan's place has no neighbourhoods"))
        st.write(
            _("Each neighbourhood would stand here with how far its promises are. The file of places names none inside the plan's place.")
        )
        return
    with session.controls:
        downloads.offer(session, "neighbourhoods", lambda: frame(session, found), {_("Plan"): session.say(plan.name)})
    panel.show(block(session, found, known.elsewhere(session, plan)), key="neighbourhoods")


def block(session: Session, found: list[Known], elsewhere: int) -> str:
    """A sentence and the table, as HTML; `elsewhere` counts the actions that are for the whole city."""
    _ = translator(session.locale)
    titles = [
        (_("Neighbourhood"), ""), (_("Promises"), NUMBER), (_("Late"), NUMBER), (_("Works"), NUMBER), (_("Proved"), NUMBER),
        (_("Declared"), NUMBER), (_("Proved, declared, time"), ""),
    ]  # fmt: skip
    rows = [_row(session, each) for each in _ordered(found)]
    drawn = table(titles, [("", rows)], _("Neighbourhoods, those with most that is late first"))
    whole = _.ngettext(
        "{n} more promise is for the whole city and stands under no neighbourhood.",
        "{n} more promises are for the whole city and stand under no neighbourhood.",
        elsewhere,
        n=elsewhere,
    )
    note = f'<p class="note">{escape(whole)}</p>' if elsewhere else ""
    return f'<p class="headline">{escape(sentence(found, _))}</p>{drawn}{note}'


def sentence(found: list[Known], _: Words) -> str:
    """How many promises the neighbourhoods have, and in how many of them one is late."""
    promises = sum(each.part.whole["actions"] for each in found)
    late = sum(bool(each.part.counts.get("late")) for each in found)
    if not promises:
        return _("The plan promises nothing for a single neighbourhood.")
    told = _.ngettext("{n} promise is for a single neighbourhood.", "{n} promises are for a single neighbourhood.", promises, n=promises)
    if not late:
        none = _("None of them has a late promise.")
        return f"{told} {none}"
    return f"{told} " + _.ngettext(
        "In {late} of {n} neighbourhood one or more are late.", "In {late} of {n} neighbourhoods one or more are late.", len(found),
        late=late, n=len(found),
    )  # fmt: skip


def frame(session: Session, found: list[Known]) -> pl.DataFrame:
    """The same to take away: numbers as numbers."""
    _ = translator(session.locale)
    rows = [
        {
            _("Neighbourhood"): session.say(each.district.name), _("Promises"): each.part.whole["actions"],
            _("Late"): each.part.counts.get("late", 0), _("Works"): each.works.height, _("Proved (%)"): each.part.whole["proved"],
            _("Declared (%)"): each.part.whole["declared"], _("Time used (%)"): each.part.whole["time_used"],
        }
        for each in _ordered(found)
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _ordered(found: list[Known]) -> list[Known]:
    return sorted(found, key=lambda each: (-each.part.counts.get("late", 0), -each.part.whole["actions"]))


def _row(session: Session, each: Known) -> list[str]:
    whole, locale, count = each.part.whole, session.locale, translator(session.locale).count
    address = escape(session.address("neighbourhood", plan=each.plan.key, district=each.district.id))
    line = truth_line.small(session, whole) if whole["actions"] else ""
    return [
        f'<a href="{address}">{escape(session.say(each.district.name))}</a>', count(whole["actions"]),
        count(each.part.counts.get("late", 0)), count(each.works.height), escape(truth_line.share(whole["proved"], locale)),
        escape(truth_line.share(whole["declared"], locale)), line,
    ]  # fmt: skip
