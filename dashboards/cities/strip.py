"""The months of a city side by side: how many goals had which status, month by month; a month that was not sent is seen as a gap."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from dashboards import formats
from dashboards.cities.known import Known
from dashboards.plan.tables import NUMBER, table
from dashboards.style import LOOKS
from data.exchange.received import CityMonth
from data.periods import Month
from kpis.score import STATUSES, Status

LAST = 12
"""Months of the last year."""
Counts = Mapping[Status, int]


def block(known: Known, months: Sequence[CityMonth]) -> str:
    """The strip as an HTML table, the newest month first; the months are given so."""
    _ = known.words
    found: dict[Month, Counts] = {month.month: Counter[Status](goal.status for goal in month.goals) for month in months}
    newest = months[0].month
    asked = [newest.plus(-back) for back in range(LAST) if newest.plus(-back) >= months[-1].month]
    shown: list[Status] = [status for status in STATUSES if any(found[month].get(status) for month in asked if month in found)]
    titles = [(_("Month"), ""), (_("Goals by status"), ""), *((_(LOOKS[status].word), NUMBER) for status in shown)]
    rows = [_row(known, month, found.get(month), shown) for month in asked]
    return table(titles, [("", rows)], _("Goals by status, month by month"), "months")


def bar(known: Known, counts: Counts) -> str:
    """One bar of all goals, parted by status; in words too."""
    _, total = known.words, sum(counts.values())
    parts: list[tuple[Status, int]] = [(status, counts[status]) for status in STATUSES if counts.get(status)]
    said = ", ".join(f"{known.count(number)} {_(LOOKS[status].word).lower()}" for status, number in parts)
    drawn = "".join(f'<i class="{LOOKS[status].colour}" style="width:{100 * number / total:.2f}%"></i>' for status, number in parts)
    return f'<span class="parted" role="img" aria-label="{escape(said)}" title="{escape(said)}">{drawn}</span>'


def _row(known: Known, month: Month, counts: Counts | None, shown: Sequence[Status]) -> list[str]:
    _, name = known.words, escape(formats.sentence(formats.month_name(month, known.session.locale)))
    if counts is None:
        missing = escape(_("not received"))
        return [name, f'<span class="note">{missing}</span>', *("" for _status in shown)]
    return [name, bar(known, counts), *(_count(known, counts.get(status, 0)) for status in shown)]


def _count(known: Known, number: int) -> str:
    return escape(known.count(number)) if number else ""
