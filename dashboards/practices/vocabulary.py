"""The words of practices as people read them, and the shapes of what shows that they work."""

from html import escape

from dashboards.panel import shape
from dashboards.words import N_, translator

STRENGTHS = {
    "estimated": N_("its effect was estimated"),
    "compared": N_("compared with others"),
    "measured": N_("measured before and after"),
    "described": N_("only described"),
}
"""The strongest first."""
SHAPES = {"estimated": "■", "compared": "▲", "measured": "●", "described": "○"}
STATES = {"proposed": N_("proposed"), "kept": N_("holds"), "withdrawn": N_("withdrawn")}


def strength(key: str, locale: str) -> str:
    """What shows it, as HTML: its shape, which is no status of the city and has no colour, and words."""
    return f'<span class="became">{shape(SHAPES[key])}{escape(translator(locale)(STRENGTHS[key]))}</span>'


def options(locale: str) -> dict[str, str]:
    """What may be chosen, in the reader's language."""
    _ = translator(locale)
    return {key: _(word) for key, word in STRENGTHS.items()}
