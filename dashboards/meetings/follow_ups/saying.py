"""Follow-ups in words: how many are open, overdue and kept, and how each one stands."""

from collections.abc import Iterable

from dashboards import formats
from dashboards.meetings import promised
from dashboards.meetings.follow_ups.known import Known, Row
from kpis.meetings import promises
from kpis.meetings.promises import SOON


def headline(known: Known, rows: Iterable[Row]) -> str:
    """ "12 follow-ups are open, 3 of them overdue. 14 of 20 that fell due were kept (70 %)." """
    rows, locale = list(rows), known.session.locale
    return f"{promised.waiting(rows, known.day, locale)} {promised.kept(promises.kept(rows, known.day), locale)}"


def counted(known: Known) -> str:
    """What counts as kept, in a sentence."""
    _ = known.words
    return _(
        "Kept: done on or before the day that was first promised. Counted are those that fell due by {day}; dropped ones stand apart.",
        day=known.date(known.day),
    )


def group(state: str, known: Known) -> str:
    """What a group of the list is called."""
    _ = known.words
    names = {"overdue": _("Overdue"), "soon": _("Due within {n} days", n=SOON), "open": _("Due later")}
    return names.get(state) or formats.sentence(_(promised.STATES[state]))
