"""What one unit of the outcome costs, which options are dominated, and what the next step up costs.

Costs are present values above doing nothing. An option is dominated where another does no less for no more, and one of the two better; it
is passed over where a mix of two others does (extended dominance: Cantor 1994, Journal of Health Economics 13). The incremental ratio
of what is left is the cost of each unit that it does more than the one before it.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.cost_benefit import CostBenefit


@dataclass(frozen=True)
class Effective:
    """An option's cost and effect above doing nothing, in the city's currency and the outcome's unit.

    `unit_cost` is None where it has no effect for the better or costs no more. `dominated_by` is the option that makes it pointless;
    `passed_over` says that a mix of two others does.
    `step` is the incremental ratio, of those alone that are neither and stand above another.
    """

    option: str
    cost: float
    effect: float
    unit_cost: float | None
    dominated_by: str | None = None
    passed_over: bool = False
    step: float | None = None


def cost_effectiveness(told: Appraisal, worths: CostBenefit | None) -> tuple[Effective, ...]:
    """All options, doing nothing among them, in the order of the file; empty where no effects are given."""
    if worths is None or all(option.effect is None for option in told.options):
        return ()
    costs = {worth.option: worth.costs for worth in worths.worths}
    found = [_plain(option.id, costs.get(option.id, 0.0), option.effect or 0.0) for option in told.options]
    found = [replace(one, dominated_by=_dominator(one, found)) for one in found]
    steps = _frontier([one for one in found if one.dominated_by is None])
    return tuple(
        one if one.dominated_by else replace(one, passed_over=one.option not in steps, step=steps.get(one.option)) for one in found
    )


def _plain(name: str, cost: float, effect: float) -> Effective:
    return Effective(name, cost, effect, cost / effect if effect > 0 and cost > 0 else None)


def _dominator(one: Effective, among: list[Effective]) -> str | None:
    """The cheapest option that does no less for no more."""
    better = [other for other in among if other.cost <= one.cost and other.effect >= one.effect and _differ(one, other)]
    return min(better, key=lambda other: (other.cost, -other.effect)).option if better else None


def _differ(one: Effective, other: Effective) -> bool:
    return (one.cost, one.effect) != (other.cost, other.effect)


def _frontier(left: list[Effective]) -> dict[str, float | None]:
    """Those of the undominated that no mix of two beats, each with its incremental ratio; the first has none."""
    frontier: list[Effective] = []
    for one in sorted(left, key=lambda each: (each.effect, each.cost)):
        if frontier and not _differ(one, frontier[-1]):  # the same twice: both stay, on one step
            continue
        while len(frontier) > 1 and _step(frontier[-2], frontier[-1]) > _step(frontier[-1], one):
            frontier.pop()
        frontier.append(one)
    steps = {frontier[0].option: None, **{b.option: _step(a, b) for a, b in pairwise(frontier)}}
    points = {(one.cost, one.effect): steps[one.option] for one in frontier}
    return {one.option: points[one.cost, one.effect] for one in left if (one.cost, one.effect) in points}


def _step(lower: Effective, upper: Effective) -> float:
    return (upper.cost - lower.cost) / (upper.effect - lower.effect)
