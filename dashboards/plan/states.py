"""How the state of an action looks: its word, shape and colour, always together. What was only declared is never green."""

from html import escape

from dashboards.panel import shape
from dashboards.style import Look
from dashboards.words import N_, translator

STATES: dict[str, Look] = {
    "implemented": Look(N_("Implemented"), "✓", "green", N_("completed, and every stage is proved")),
    "completed": Look(N_("Completed, not proved"), "✓", "gray", N_("the area says so; the evidence is not accepted yet")),
    "started": Look(N_("Under way"), "●", "gray", N_("begun, and nothing is overdue")),
    "late": Look(N_("Late"), "■", "red", N_("something is overdue")),
    "not_started": Look(N_("Not started"), "○", "gray", N_("nothing was begun, and nothing is overdue")),
    "suspended": Look(N_("Suspended"), "▲", "orange", N_("nobody works on it for now")),
    "removal_proposed": Look(N_("Removal proposed"), "▲", "orange", N_("the area asks to take it out of the plan")),
    "cancelled": Look(N_("Cancelled"), "—", "gray", N_("taken out by a decision; it does not count")),
}
"""In the order in which they are counted and shown."""


def word(state: str, locale: str) -> str:
    return translator(locale)(STATES[state].word)


def mark(state: str, locale: str) -> str:
    """The state as HTML: shape, word and colour."""
    look, _ = STATES[state], translator(locale)
    return f'<span class="status {look.colour}" title="{escape(_(look.meaning))}">{shape(look.shape)}{escape(_(look.word))}</span>'
