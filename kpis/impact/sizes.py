"""Sizes of an effect as people read them: in the outcome's own unit, or in per cent where the logarithm was estimated."""

from math import ceil, exp, isfinite, log10

from kpis.impact.effect import Effect
from kpis.impact.study import Study
from kpis.score import Amount, Difference

ROUGH = 4.0
"""From a standard error of so much on a size is told in whole numbers; from a tenth of it on with one decimal."""
MOST = 6


def size(number: float, effect: Effect, study: Study) -> Amount:
    """A number in the estimate's unit as an amount; of a logarithm, the change in per cent. Its sign stays."""
    shown = _shown(effect, study)
    if study.log:
        return Amount(_relative(number), "%", shown)
    return Difference(number, study.unit_name or "", shown)


def _relative(number: float) -> float:
    return 100 * (exp(number) - 1)


def _shown(effect: Effect, study: Study) -> int:
    """Decimals: no more than the doubt leaves standing, and as many as tell an end of the interval apart from none."""
    doubt = (100.0 if study.log else 1.0) * abs(effect.se or effect.estimate or 1.0)
    fewest = min(max(ceil(-log10(doubt / ROUGH)), 0), MOST - 2) if isfinite(doubt) and doubt else 1
    ends = [_relative(end) if study.log else end for end in (effect.estimate, effect.low, effect.high) if end and isfinite(end)]
    enough = (decimals for decimals in range(fewest, fewest + 2) if all(round(end, decimals) for end in ends))
    return next(enough, fewest + 2)
