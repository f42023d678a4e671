"""What one unit of the outcome costs by each option, which are pointless, and what the next step up costs."""

from html import escape

from dashboards.appraisals.shown import Shown
from dashboards.plan.tables import NUMBER, table
from dashboards.words import Words
from kpis.appraisals.cost_effectiveness import Effective


def block(one: Shown) -> str:
    """The options as a table; "" where no effects are given."""
    outcome, _ = one.appraisal.outcome, one.words
    if not one.found.effects or outcome is None:
        return ""
    unit = one.say(outcome.unit)
    titles = [
        (_("Option"), ""),
        (_("Costs, {currency}", currency=one.currency), NUMBER),
        (f"{one.say(outcome.name)}, {unit}", NUMBER),
        (_("Cost of one unit"), NUMBER),
        (_("Each further unit"), NUMBER),
        (_("What that means"), ""),
    ]
    rows = [_row(one, found, _) for found in sorted(one.found.effects, key=lambda found: found.effect)]
    title = escape(_("What a unit of the outcome costs"))
    caption = _("Costs above doing nothing; each further unit is counted from the option before it that is worth considering")
    return f"<h2>{title}</h2>{table(titles, [('', rows)], caption)}"


def _row(one: Shown, found: Effective, _: Words) -> list[str]:
    return [
        escape(one.name(found.option)),
        one.amount(found.cost),
        one.plain(found.effect),
        one.amount(found.unit_cost),
        one.amount(found.step),
        escape(_meaning(one, found, _)),
    ]


def _meaning(one: Shown, found: Effective, _: Words) -> str:
    if found.dominated_by is not None:
        return _("outdone: “{option}” does no less for no more", option=one.name(found.dominated_by))
    if found.passed_over:
        return _("a mix of two others does more for the same money")
    return _("where one begins") if found.step is None else _("worth considering")
