"""What was said of one concern in its order, as often as somebody said something: raised, answered, decided, closed."""

from html import escape

from dashboards import formats
from dashboards.meetings.concerns.known import Known, Row
from dashboards.words import N_
from data.records.trail import Change, trail

SAID = {
    "raised": ("said", N_("raised it")),
    "answered": ("answer", N_("answered")),
    "decided": ("decision", N_("decided")),
    "closed": ("settled", N_("closed it")),
}
"""By the state that a step leads to: the column with its words, and what it is called."""


def conversation(known: Known, row: Row) -> str:
    """The steps as an HTML list, the first one first; an answer that was written again stands there both times."""
    changes = trail(known.session.records, "concern", [row["id"]])[row["id"]]
    return f'<ul class="story">{"".join(_entry(known, change) for change in changes)}</ul>'


def step(change: Change) -> tuple[str, str] | None:
    """The word for what a change did and what was said with it; None where it said nothing."""
    told = {name: now for name, (_was, now) in change.changes.items()}
    return next(((word, told[column]) for column, word in reversed(SAID.values()) if told.get(column)), None)


def _entry(known: Known, change: Change) -> str:
    _, found = known.words, step(change)
    if found is None:
        return ""
    word, text = found
    when = escape(formats.moment(change.at, known.session.locale))
    return f"<li><time>{when}</time><div><p><b>{escape(change.actor)}</b> {escape(_(word))}</p><p>{escape(text)}</p></div></li>"
