"""What a meeting opens with, as people see it: each promise made before it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape

from dashboards.meetings.follow_ups import listing, saying
from dashboards.meetings.follow_ups.known import Known, Row
from dashboards.meetings.promised import when
from dashboards.words import Words
from kpis.meetings.opening import SHOWN, opening
from kpis.meetings.promises import WAITING

MOST = 8
"""Promises listed above an agenda, which shall still be in sight; on the page of the meeting stand all."""


@dataclass(frozen=True, eq=False)
class Promised(Known):
    """The follow-ups that a meeting, a row of data.meetings.meetings, looks back at, on its day."""

    meeting: Row

    @cached_property
    def day(self) -> date:
        return self.meeting["day"]

    @cached_property
    def looked_back(self) -> list[Row]:
        return opening(self.items.follow_ups.values(), self.meeting, self.meetings.values())


@dataclass(frozen=True, eq=False)
class PromisedInPlace(Promised):
    """The same on the page of the meeting itself, where each is settled."""

    def address(self, row: Row) -> str:
        return self.session.address("meeting", meeting=str(self.meeting["id"]), follow_up=str(row["id"]))


def block(promised: Promised) -> str:
    """How many still wait and how many were done, then each of them, as HTML; "" where nothing was promised."""
    if not promised.looked_back:
        return ""
    _, told = promised.words, sentence(promised)
    caption = _("What was promised before, what is overdue first")
    return f'<p class="headline">{escape(told)}</p>{listing.of_states(promised, promised.looked_back, SHOWN, caption)}'


def listed(promised: Promised) -> str:
    """The same for a page on which it is not the subject: a line for each, and under it whose it is and how it stands."""
    if not promised.looked_back:
        return ""
    shown = promised.looked_back[:MOST]
    groups = [(state, [row for row in shown if promised.state(row) == state]) for state in SHOWN]
    drawn = "".join(_group(promised, state, rows) for state, rows in groups if rows)
    return f'<p class="headline">{escape(sentence(promised))}</p>{drawn}{_more(promised)}'


def _more(promised: Promised) -> str:
    """How many are not listed, leading to all of them."""
    _, left = promised.words, len(promised.looked_back) - MOST
    if left <= 0:
        return ""
    said = _.ngettext("and {n} more", "and {n} more", left, n=left)
    return f'<p><a href="{escape(promised.session.address("followups"))}">{escape(said)}</a></p>'


def _group(promised: Promised, state: str, rows: list[Row]) -> str:
    told = [(listing.link(promised, row), f"{promised.owner(row)} · {when(row, promised.day, promised.session.locale)}") for row in rows]
    items = "".join(f'<li>{link}<span class="note">{escape(note)}</span></li>' for link, note in told)
    return f'<h3>{escape(saying.group(state, promised))}</h3><ul class="found">{items}</ul>'


def sentence(promised: Promised) -> str:
    """ "3 promises wait, 1 of them overdue. 1 was kept since the meeting before, and 1 done late." """
    _, states = promised.words, [promised.state(row) for row in promised.looked_back]
    counts = {state: states.count(state) for state in SHOWN}
    return " ".join([_still(promised, sum(counts[state] for state in WAITING), counts["overdue"]), *_done(_, counts)])


def _still(promised: Promised, waiting: int, overdue: int) -> str:
    _ = promised.words
    if not waiting:
        return _("Nothing that was promised waits any more.")
    if overdue == waiting:
        return _.ngettext("{n} promise is overdue.", "{n} promises are overdue.", overdue, n=overdue)
    said = _.ngettext("{n} promise waits", "{n} promises wait", waiting, n=waiting)
    late = _.ngettext("{n} of them overdue", "{n} of them overdue", overdue, n=overdue) if overdue else _("none overdue")
    return _("{open}, {overdue}.", open=said, overdue=late)


def _done(_: Words, counts: Mapping[str, int]) -> list[str]:
    kept, late = counts["kept"], counts["late"]
    told = [
        _.ngettext("{n} was kept since the meeting before.", "{n} were kept since the meeting before.", kept, n=kept) if kept else "",
        _.ngettext("{n} was done late.", "{n} were done late.", late, n=late) if late else "",
    ]
    return [said for said in told if said]
