"""The theory of change as a chain: what is put in, done, comes out, changes and lasts, and below it what must hold."""

from html import escape

from dashboards.assessments.known import Known, Row
from dashboards.assessments.vocabulary import STEPS

LINKS = tuple(step for step in STEPS if step != "assumptions")


def block(known: Known, policy: Row) -> str:
    """The problem, the chain and the assumptions as HTML; a step that nobody wrote says so."""
    _, theory = known.words, policy["theory"]
    nothing = escape(_("not written yet"))
    unsaid = f'<span class="note">{nothing}</span>'
    steps = "".join(f"<li><b>{escape(_(STEPS[step]))}</b><p>{escape(known.say(theory.get(step))) or unsaid}</p></li>" for step in LINKS)
    assumed = known.say(theory.get("assumptions"))
    held = f"<p><b>{escape(_(STEPS['assumptions']))}:</b> {escape(assumed)}</p>" if assumed else ""
    problem, title = escape(known.say(policy["problem"])), escape(_("Why it should work"))
    return f'<p class="problem">{problem}</p><h2>{title}</h2><ol class="chain">{steps}</ol>{held}'
