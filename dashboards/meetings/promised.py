"""Promises in words, the same on the pages and in reports: how many are open, overdue and kept, and how long each has left."""

from collections.abc import Iterable
from datetime import date

from dashboards import formats
from dashboards.words import N_, translator
from kpis.meetings import promises
from kpis.meetings.promises import Kept, Row

STATES = {
    "overdue": N_("overdue"),
    "soon": N_("due soon"),
    "open": N_("still open"),
    "kept": N_("kept"),
    "late": N_("done late"),
    "dropped": N_("dropped"),
}
"""Where a follow-up stands, in words."""


def waiting(rows: Iterable[Row], day: date, locale: str) -> str:
    """ "12 follow-ups are open, 3 of them overdue." """
    _, states = translator(locale), [promises.state(row, day) for row in rows]
    open_ones, overdue = sum(state in promises.WAITING for state in states), states.count("overdue")
    if not open_ones:
        return _("No follow-up is open.")
    said = _.ngettext("{n} follow-up is open", "{n} follow-ups are open", open_ones, n=open_ones)
    late = _.ngettext("{n} of them overdue", "{n} of them overdue", overdue, n=overdue) if overdue else _("none overdue")
    return _("{open}, {overdue}.", open=said, overdue=late)


def kept(found: Kept, locale: str) -> str:
    """How many of those that fell due were kept, with their number: a share of two is no share of two hundred."""
    _ = translator(locale)
    if found.rate is None:
        return _("None has fallen due yet.")
    return _.ngettext(
        "{kept} of {n} that fell due was kept ({share}).", "{kept} of {n} that fell due were kept ({share}).",
        found.due, kept=found.kept, n=found.due, share=share(found, locale),
    )  # fmt: skip


def share(found: Kept, locale: str) -> str:
    """70 %; nothing where none fell due."""
    return formats.NOTHING if found.rate is None else formats.with_unit(100 * found.rate, "%", 0, locale)


def when(row: Row, day: date, locale: str) -> str:
    """How long it is until it is due, or since, or on which day it was done."""
    _, left = translator(locale), promises.days_left(row, day)
    state = promises.state(row, day)
    if state in ("kept", "late"):
        return _("done on {day}", day=formats.day(row["done_on"], locale))
    if state == "dropped":
        return _(STATES["dropped"])
    if left == 0:
        return _("today")
    if left > 0:
        return _.ngettext("in {n} day", "in {n} days", left, n=left)
    return _.ngettext("overdue for {n} day", "overdue for {n} days", -left, n=-left)
