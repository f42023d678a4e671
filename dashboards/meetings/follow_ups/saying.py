"""Follow-ups in words: how many are open, overdue and kept, and how each one stands."""

from collections.abc import Iterable

from dashboards import formats
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.words import N_, Words
from kpis.meetings import promises
from kpis.meetings.promises import SOON, Kept

STATES = {
    "overdue": N_("overdue"),
    "soon": N_("due soon"),
    "open": N_("still open"),
    "kept": N_("kept"),
    "late": N_("done late"),
    "dropped": N_("dropped"),
}
"""Where a follow-up stands, in words."""


def headline(known: Known, rows: Iterable[Row]) -> str:
    """ "12 follow-ups are open, 3 of them overdue. 14 of 20 that fell due were kept (70 %)." """
    _, rows = known.words, list(rows)
    states = [known.state(row) for row in rows]
    waiting, overdue = sum(state in promises.WAITING for state in states), states.count("overdue")
    said = _.ngettext("{n} follow-up is open", "{n} follow-ups are open", waiting, n=waiting)
    late = _.ngettext("{n} of them overdue", "{n} of them overdue", overdue, n=overdue) if overdue else _("none overdue")
    first = _("{open}, {overdue}.", open=said, overdue=late) if waiting else _("No follow-up is open.")
    return f"{first} {kept(promises.kept(rows, known.day), known)}"


def kept(found: Kept, known: Known) -> str:
    """How many of those that fell due were kept, with their number: a share of two is no share of two hundred."""
    _ = known.words
    if found.rate is None:
        return _("None has fallen due yet.")
    return _.ngettext(
        "{kept} of {n} that fell due was kept ({share}).", "{kept} of {n} that fell due were kept ({share}).",
        found.due, kept=found.kept, n=found.due, share=share(found, known),
    )  # fmt: skip


def share(found: Kept, known: Known) -> str:
    """70 %; nothing where none fell due."""
    return formats.NOTHING if found.rate is None else formats.with_unit(100 * found.rate, "%", 0, known.session.locale)


def counted(known: Known) -> str:
    """What counts as kept, in a sentence."""
    _ = known.words
    return _(
        "Kept: done on or before the day that was first promised. Counted are those that fell due by {day}; dropped ones stand apart.",
        day=known.date(known.day),
    )


def when(known: Known, row: Row) -> str:
    """How long it is until the day, or since, or on which day it was done."""
    _, left = known.words, promises.days_left(row, known.day)
    state = known.state(row)
    if state in ("kept", "late"):
        return _("done on {day}", day=known.date(row["done_on"]))
    if state == "dropped":
        return _(STATES["dropped"])
    if left == 0:
        return _("today")
    return within(left, _) if left > 0 else _.ngettext("overdue for {n} day", "overdue for {n} days", -left, n=-left)


def within(days: int, _: Words) -> str:
    return _.ngettext("in {n} day", "in {n} days", days, n=days)


def group(state: str, known: Known) -> str:
    """What a group of the list is called."""
    _ = known.words
    names = {"overdue": _("Overdue"), "soon": _("Due within {n} days", n=SOON), "open": _("Due later")}
    return names.get(state) or formats.sentence(_(STATES[state]))
