"""The options by several criteria: how much of all weights makes each the best, and at which weight another would be."""

from collections.abc import Mapping
from html import escape

from dashboards import formats
from dashboards.appraisals.shown import Shown
from dashboards.plan.tables import NUMBER, table
from dashboards.words import N_, Words
from kpis.appraisals.appraisal import Criterion
from kpis.appraisals.multi_criteria import Flip, MultiCriteria

METHODS = {"weighted_sum": N_("Weighted sum"), "topsis": N_("TOPSIS"), "promethee_ii": N_("PROMETHEE II")}


def block(one: Shown) -> str:
    """The bars, the criteria and the three methods; "" where there are no criteria."""
    found, _ = one.found.criteria, one.words
    if found is None:
        return ""
    title = escape(_("How much hangs on the weights"))
    return f"<h2>{title}</h2>{_bars(one, found, _)}{_criteria(one, found, _)}{_methods(one, found, _)}"


def _bars(one: Shown, found: MultiCriteria, _: Words) -> str:
    """A bar for each option, from zero to all weights, the longest first."""
    said = escape(_("Of all weights that the criteria could have, the share under which each option is the best:"))
    rows = "".join(_bar(one, option, found.shares) for option in sorted(found.shares, key=lambda name: -found.shares[name]))
    return f'<p>{said}</p><ul class="weights">{rows}</ul>'


def _bar(one: Shown, option: str, shares: Mapping[str, float]) -> str:
    share, kind = shares[option], "strong" if shares[option] == max(shares.values()) else ""
    track = f'<span class="track"><span class="fill {kind}" style="width: {100 * share:.1f}%"></span></span>'
    return f'<li data-option="{escape(option)}"><span>{escape(one.name(option))}</span>{track}<b>{escape(one.percent(share))}</b></li>'


def _criteria(one: Shown, found: MultiCriteria, _: Words) -> str:
    """What each option reaches on each criterion, how much that counts, and from which weight on another option would be best."""
    flips = {flip.criterion: flip for flip in found.flips}
    names = [(one.say(option.name), NUMBER) for option in one.appraisal.options]
    titles = [(_("Criterion"), ""), (_("Weight"), NUMBER), *names, (_("Another would be best"), "")]
    rows = [_criterion(one, found, criterion, flips.get(criterion.id), _) for criterion in one.appraisal.criteria]
    caption = _("The criteria, and at which weight the answer turns while the others keep their proportions")
    return table(titles, [("", rows)], caption, "criteria")


def _criterion(one: Shown, found: MultiCriteria, criterion: Criterion, flip: Flip | None, _: Words) -> list[str]:
    better = _("more is better") if criterion.better == "higher" else _("less is better")
    unit = f", {one.say(criterion.unit)}" if criterion.unit else ""
    name = f'{escape(one.say(criterion.name) + unit)}<span class="note">{escape(better)}</span>'
    scores = [escape(one.plain(option.scores[criterion.id])) for option in one.appraisal.options]
    turn = _("at {then}: {option}", then=one.percent(flip.then), option=one.name(flip.option)) if flip else _("at no weight of this one")
    return [name, one.percent(found.weights[criterion.id]), *scores, escape(turn)]


def _methods(one: Shown, found: MultiCriteria, _: Words) -> str:
    titles = [(_("Method"), ""), *((one.say(option.name), NUMBER) for option in one.appraisal.options), (_("Best"), "")]
    rows = [
        [
            escape(_(METHODS[ranking.method])),
            *(formats.number(score, 2, one.session.locale) for score in ranking.scores.values()),
            escape(", ".join(one.name(winner) for winner in ranking.winners)),
        ]
        for ranking in found.rankings
    ]
    opened = escape(_("The same by three methods"))
    said = _("Scores of different methods cannot be compared; who is first can.")
    return f"<details><summary>{opened}</summary>{table(titles, [('', rows)], said)}</details>"
