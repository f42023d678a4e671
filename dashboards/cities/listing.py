"""The table: one row for each city, those that need a call first, with why."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.cities import choice, lines, saying
from dashboards.cities.known import Known
from dashboards.plan.tables import NUMBER, Group, Title, table
from data.exchange.received import CityMonth
from kpis.cities import attention
from kpis.score import JUDGED


def block(known: Known) -> str:
    """The order and the table, as HTML."""
    _ = known.words
    drawn = table(_titles(known), _groups(known), _("Cities, each by the newest month that it sent"), "owing quiet cities")
    return f'{choice.orders(known)}{drawn}<p class="note">{escape(saying.rules(known))}</p>'


def frame(known: Known) -> pl.DataFrame:
    """The cities as columns to take away."""
    return pl.DataFrame([_line(known, month) for month in choice.ordered(known)], infer_schema_length=None)


def off_track(month: CityMonth) -> tuple[int, int]:
    """How many goals are off track, and of how many that are judged."""
    return sum(goal.status == "off_track" for goal in month.goals), sum(goal.status in JUDGED for goal in month.goals)


def _titles(known: Known) -> list[Title]:
    _ = known.words
    return [
        (_("City"), ""), (_("Month closed"), ""), (_("Next meeting"), ""), (_("Follow-ups"), NUMBER), (_("Promises kept"), NUMBER),
        (_("Goals that got worse"), NUMBER), (_("Off track"), NUMBER), (_("Plan: proved against time"), ""), (_("Values missing"), NUMBER),
    ]  # fmt: skip


def _groups(known: Known) -> list[Group]:
    """By attention in two groups; in any other order in one."""
    _, cities = known.words, choice.ordered(known)
    if choice.order() != choice.ATTENTION:
        return [("", _rows(known, cities))]
    asks = [month for month in cities if known.whys(month)]
    quiet = [month for month in cities if not known.whys(month)]
    return [(_("Needs a call"), _rows(known, asks)), (_("Nothing presses"), _rows(known, quiet))]


def _rows(known: Known, months: Sequence[CityMonth]) -> list[list[str]]:
    return [_row(known, month) for month in months]


def _row(known: Known, month: CityMonth) -> list[str]:
    return [
        f'<a href="{escape(choice.address(known, month))}">{escape(known.name(month))}</a>{_note(saying.whys(known, month))}',
        _closed(known, month),
        _meeting(known, month),
        _follow_ups(known, month),
        escape(saying.kept(known, month)) if month.follow_ups.promised else formats.NOTHING,
        _worsened(known, month),
        _off_track(known, month),
        _plan(known, month),
        escape(known.count(month.missing)),
    ]


def _note(text: str, kind: str = "note") -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if text else ""


def _closed(known: Known, month: CityMonth) -> str:
    late = _note(saying.late(known, month), "note overdue")
    return f"{escape(formats.sentence(formats.short_month(month.month, known.session.locale)))}{_note(saying.closed(known, month))}{late}"


def _meeting(known: Known, month: CityMonth) -> str:
    _ = known.words
    if month.next_meeting is None:
        return escape(_("none is planned"))
    return escape(known.date(month.next_meeting)) + _note(saying.meeting(known, month))


def _follow_ups(known: Known, month: CityMonth) -> str:
    _, told = known.words, month.follow_ups
    late = _.ngettext("{n} past its day", "{n} past their day", told.overdue, n=told.overdue) if told.overdue else ""
    return escape(_.ngettext("{n} open", "{n} open", told.open, n=told.open)) + _note(late, "note overdue")


def _worsened(known: Known, month: CityMonth) -> str:
    _, worse, new = known.words, sum(goal.worsened for goal in month.goals), len(attention.signals(month))
    said = _.ngettext("{n} is a signal", "{n} are signals", new, n=new) if new else ""
    return escape(known.count(worse)) + _note(said)


def _off_track(known: Known, month: CityMonth) -> str:
    _, (off, judged) = known.words, off_track(month)
    return escape(_("{n} of {total}", n=known.count(off), total=known.count(judged)))


def _plan(known: Known, month: CityMonth) -> str:
    """The bar of one plan and its gap; the city's own page has all."""
    plan = lines.mandate(month)
    return formats.NOTHING if plan is None else lines.small(known, plan) + _note(lines.against_time(known, plan))


def _line(known: Known, month: CityMonth) -> dict[str, Any]:
    _, plan, told = known.words, lines.mandate(month), month.follow_ups
    off, judged = off_track(month)
    return {
        _("City"): known.name(month),
        _("Why it needs a call"): saying.whys(known, month) or None,
        _("Month closed"): str(month.month),
        _("Month closed on"): month.closed_at.date(),
        _("Next meeting"): month.next_meeting,
        _("Follow-ups open"): told.open,
        _("Follow-ups overdue"): told.overdue,
        _("Promises kept"): told.kept,
        _("Promises that fell due"): told.promised,
        _("Goals that got worse"): sum(goal.worsened for goal in month.goals),
        _("Goals with a signal for the worse"): len(attention.signals(month)),
        _("Off track"): off,
        _("Goals judged"): judged,
        _("Proved (%)"): plan and plan.proved,
        _("Declared (%)"): plan and plan.declared,
        _("Time used (%)"): plan and plan.time_used,
        _("Values missing"): month.missing,
    }
