"""Who gains and who pays: each group's part of every option, and whether gains go to the poor or to the rich."""

from collections.abc import Iterable
from html import escape

from dashboards import formats
from dashboards.appraisals.shown import Shown
from dashboards.plan.tables import NUMBER, table
from dashboards.words import Words
from kpis.appraisals.distribution import POOREST, Distribution, Leaning, Part

EVEN = 0.05
"""A concentration index nearer to zero than this leans nowhere worth speaking of."""


def block(one: Shown) -> str:
    """A table of the groups and a sentence for each option; "" where no groups are given."""
    _ = one.words
    if not one.found.groups:
        return ""
    said = "".join(f"<li>{escape(line)}</li>" for found in one.found.groups for line in _sentences(one, found, _))
    counted = any(part.each is not None for found in one.found.groups for part in found.parts)
    titles = [(_("Group"), ""), (_("Gains"), NUMBER), (_("Pays"), NUMBER), (_("Left over"), NUMBER)]
    titles += [(_("For each person"), NUMBER)] if counted else []
    groups = [(one.name(found.option), [_row(one, part, counted) for part in found.parts]) for found in one.found.groups]
    caption = _("Amounts in {currency} over all years, not discounted", currency=one.currency)
    title, leans = escape(_("Who gains and who pays")), f'<ul class="plain">{said}</ul>' if said else ""
    return f"<h2>{title}</h2>{leans}{table(titles, groups, caption)}"


def _row(one: Shown, part: Part, counted: bool) -> list[str]:
    _, heads = one.words, part.group.people
    people = _.ngettext("{n} person", "{n} people", heads, n=heads) if heads else ""
    note = f'<span class="note">{escape(people)}</span>' if people else ""
    cells = [f"{escape(one.say(part.group.name))}{note}", one.amount(part.gains), one.amount(part.pays), one.amount(part.net)]
    return [*cells, formats.number(part.each, 1, one.session.locale)] if counted else cells


def _sentences(one: Shown, found: Distribution, _: Words) -> Iterable[str]:
    """How the gains and the payments of one option lean."""
    poorest = one.percent(POOREST)
    for lean, leading in ((found.gains, _("get {share} of the gains")), (found.pays, _("pay {share} of the costs"))):
        if lean is not None:
            part = leading.format(share=one.percent(lean.poorest))
            told = {"option": one.name(found.option), "poorest": poorest, "part": part, "leaning": _leaning(one, lean, _)}
            yield _("“{option}”: the poorest {poorest} of the people {part} ({leaning}).", **told)


def _leaning(one: Shown, lean: Leaning, _: Words) -> str:
    index = formats.number(lean.index, 2, one.session.locale)
    if abs(lean.index) < EVEN:
        return _("spread evenly: concentration index {index}", index=index)
    return (_("more on the poor: {index}") if lean.index < 0 else _("more on the rich: {index}")).format(
        index=_("concentration index {index}", index=index)
    )
