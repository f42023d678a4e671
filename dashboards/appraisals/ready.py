"""Whether it can be found out later if the policy worked: eight checks, and what is missing."""

from html import escape

from dashboards import formats
from dashboards.appraisals.shown import Shown
from dashboards.panel import shape
from dashboards.words import N_, Words
from kpis.appraisals.evaluability import Answer, Check

LOOKS: dict[Answer, tuple[str, str]] = {"yes": ("✓", N_("yes")), "partly": ("○", N_("in part")), "no": ("—", N_("no"))}
"""A shape that is no status's, and the word."""


def block(one: Shown) -> str:
    """The score, and the checks with what the answer stands on."""
    _, found = one.words, one.found.evaluability
    points = formats.number(found.points, 1 if found.points % 1 else 0, one.session.locale)
    title = escape(_("Can it be found out later whether it worked?"))
    said = _("{points} of {n} things are there.", points=points, n=len(found.checks))
    missing = [formats.reason(check.why, one.session.locale) for check in found.missing]
    lacking = _("Missing, or there in part: {what}.", what="; ".join(missing)) if missing else _("Nothing is missing.")
    rows = "".join(_row(one, check, _) for check in found.checks)
    name = escape(_("The checks"))
    checks = f'<details open="open"><summary>{name}</summary><ul class="ready">{rows}</ul></details>'
    return f"<h2>{title}</h2><p>{escape(said)} {escape(lacking)}</p>{checks}"


def _row(one: Shown, check: Check, _: Words) -> str:
    drawn, word = LOOKS[check.answer]
    why = formats.reason(check.why, one.session.locale)
    held = escape(_("(as the panel holds it)"))
    source = f' <span class="quiet">{held}</span>' if check.by_panel else ""
    return (
        f'<li data-check="{check.name}" class="{check.answer}"><span class="answer">{shape(drawn)}{escape(_(word))}</span>'
        f"<span>{escape(_(check.question))}</span><span>{escape(formats.sentence(why))}{source}</span></li>"
    )
