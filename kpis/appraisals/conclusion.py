"""What an appraisal comes to, in sentences: the best option and how sure that is, whether it pays, and what speaks against it."""

from data.problems import N_
from kpis.appraisals.cost_benefit import Worth
from kpis.appraisals.weighing import Weighed
from kpis.score import Amount, Reason, Said, Share

FIRM = 0.2
"""A weight that must change by more than this before another option is best is no reason for doubt."""


def conclusion(found: Weighed) -> tuple[Reason, ...]:
    """One sentence for each way of weighing that the file allows, the criteria first; never empty."""
    said = [part for part in (_criteria(found), _worth(found), _unit_cost(found)) if part is not None]
    return tuple(said)


def advised(found: Weighed) -> str | None:
    """The option that comes out best: by the criteria where there are some, else by its worth, else by its cost for each unit."""
    if found.criteria is not None:
        return found.criteria.best
    if found.worths is not None:
        return found.worths.best.option if found.worths.best else found.appraisal.nothing.id
    return None


def cautions(found: Weighed) -> tuple[Reason, ...]:
    """What should be known before one believes it: methods that disagree, an answer that hangs on one weight, unwatched risks."""
    return tuple(part for part in (_disagreement(found), _hanging(found), _unwatched(found), _losers(found)) if part is not None)


def percent(rate: float) -> Amount:
    """A rate as people write it: 4 %, 3.5 %."""
    return Amount(rate, "%", 0 if rate == int(rate) else 1 if 10 * rate == int(10 * rate) else 2)


def _name(found: Weighed, option: str) -> Said:
    return Said(found.appraisal.option(option).name)


def _criteria(found: Weighed) -> Reason | None:
    if found.criteria is None:
        return None
    best = found.criteria.best
    if best is None:
        first, second, *_ = found.criteria.rankings[0].winners
        names = {"first": _name(found, first), "second": _name(found, second)}
        return Reason(N_("“{first}” and “{second}” stand level by the criteria"), names)
    sentence = N_("“{option}” is best by the criteria, and so it is under {share} of all possible weights")
    return Reason(sentence, {"option": _name(found, best), "share": Share(found.criteria.shares[best])})


def _worth(found: Weighed) -> Reason | None:
    """Of the option that is advised; where another one is worth more, of that too."""
    if found.worths is None:
        return None
    rate, best = percent(found.worths.rate), found.worths.best
    if best is None:
        return Reason(N_("at a rate of {rate} no option brings more than it costs: doing nothing is worth the most"), {"rate": rate})
    advised_one = found.criteria.best if found.criteria else None
    if advised_one in (None, best.option):
        return _pays(found, best)
    values = {"option": _name(found, best.option), "rate": rate}
    return Reason(N_("“{option}” is worth more in money, at a rate of {rate}"), values)


def _pays(found: Weighed, best: Worth) -> Reason:
    assert found.worths is not None
    values: dict[str, object] = {"rate": percent(found.worths.rate)}
    if best.payback is not None and best.costs > 0:
        values["year"] = str(best.payback)
        if found.criteria and found.criteria.best == best.option:
            return Reason(N_("the money is back by the end of {year}, at a rate of {rate}"), values)
        return Reason(
            N_("with “{option}” the money is back by the end of {year}, at a rate of {rate}"),
            {**values, "option": _name(found, best.option)},
        )
    return Reason(
        N_("“{option}” brings more than doing nothing and costs no more, at a rate of {rate}"),
        {**values, "option": _name(found, best.option)},
    )


def _unit_cost(found: Weighed) -> Reason | None:
    """Only where nothing else decides: the cheapest unit of the outcome."""
    priced = [one for one in found.effects if one.unit_cost is not None]
    if found.criteria is not None or not priced or found.appraisal.outcome is None:
        return None
    cheapest = min(priced, key=lambda one: one.unit_cost or 0.0)
    if cheapest.option == advised(found):
        return Reason(N_("nothing else costs less for each unit of the outcome"))
    sentence = N_("“{option}” costs less for each unit of the outcome")
    return Reason(sentence, {"option": _name(found, cheapest.option)})


def _disagreement(found: Weighed) -> Reason | None:
    if found.criteria is None or found.criteria.agreed:
        return None
    others = {winner for ranking in found.criteria.rankings for winner in ranking.winners} - {found.criteria.best}
    sentence = N_("another method of weighing prefers “{option}”")
    return Reason(sentence, {"option": _name(found, min(others, key=[option.id for option in found.appraisal.options].index))})


def _hanging(found: Weighed) -> Reason | None:
    """The smallest change of one weight that changes the best."""
    if found.criteria is None or not found.criteria.flips:
        return None
    flip = found.criteria.flips[0]
    if abs(flip.then - flip.now) > FIRM:
        return None
    criterion = next(one for one in found.appraisal.criteria if one.id == flip.criterion)
    sentence = N_("if “{criterion}” counted {then} instead of {now}, “{option}” would be best")
    values = {"criterion": Said(criterion.name), "then": Share(flip.then), "now": Share(flip.now), "option": _name(found, flip.option)}
    return Reason(sentence, values)


def _unwatched(found: Weighed) -> Reason | None:
    number = sum(bool(one.lacking) for one in found.risks)
    sentence = N_("serious risks without an owner or a measure: {number}")
    return Reason(sentence, {"number": number}) if number else None


def _losers(found: Weighed) -> Reason | None:
    best = advised(found)
    losing = [part for one in found.groups if one.option == best for part in one.losers]
    if not losing:
        return None
    worst = min(losing, key=lambda part: part.net)
    return Reason(N_("“{group}” pay more than they gain"), {"group": Said(worst.group.name)})
