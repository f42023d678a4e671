"""The words of policies and assessments as people read them, and the shapes of what became of an assessment."""

from collections.abc import Mapping
from html import escape

from dashboards.panel import shape
from dashboards.words import N_, translator

MOMENTS = {"ex_ante": N_("ex-ante"), "mid_term": N_("mid-term"), "final": N_("final"), "impact": N_("impact")}
AGAIN = N_("one more")
STATES = {"planned": N_("planned"), "under_way": N_("under way"), "done": N_("done"), "dropped": N_("given up")}
SHAPES = {"planned": "○", "under_way": "●", "done": "✓", "dropped": "—", "overdue": "▲"}
JUDGES = {"own": N_("the city itself"), "external": N_("somebody from outside"), "beneficiaries": N_("the people it is for")}
RECOMMENDATIONS = {"continue": N_("go on"), "adjust": N_("adjust"), "stop": N_("stop")}
RECOMMENDED = {"continue": "●", "adjust": "▲", "stop": "■"}
STEPS = {
    "inputs": N_("What is put in"),
    "activities": N_("What is done"),
    "outputs": N_("What comes out"),
    "outcomes": N_("What changes for people"),
    "impact": N_("What lasts"),
    "assumptions": N_("What must hold for it"),
}
SCORES = {5: N_("5: very good"), 4: N_("4: good"), 3: N_("3: middling"), 2: N_("2: poor"), 1: N_("1: very poor")}
MODES = {
    "in_person": N_("in person"), "phone": N_("by phone"), "post": N_("by post"), "web": N_("on the web"), "mixed": N_("in several ways"),
}  # fmt: skip


def options(words: Mapping[str, str], locale: str) -> dict[str, str]:
    """What may be chosen, in the reader's language."""
    _ = translator(locale)
    return {key: _(word) for key, word in words.items()}


def state(key: str, text: str) -> str:
    """What became of an assessment as HTML: its shape, which is no status of the city and has no colour, and words."""
    return f'<span class="became {key}">{shape(SHAPES[key])}{escape(text)}</span>'


def recommendation(key: str | None, locale: str) -> str:
    """What was recommended, as HTML; "" where nothing was."""
    if not key:
        return ""
    word = translator(locale)(RECOMMENDATIONS[key])
    return f'<span class="became">{shape(RECOMMENDED[key])}{escape(word)}</span>'
