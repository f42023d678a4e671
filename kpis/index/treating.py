"""What lies far out brought in, so that one extreme place does not press all others together.

An indicator is treated where its skewness is beyond ±2 and its excess kurtosis above 3.5, both corrected for the size of the sample.
The values furthest out on the skewed side are set to the next one, one after another, until the rule holds or five are set; if five
do not do, the indicator as it was is taken in logarithms that lean against the skew. The rule is that of the JRC's audits, and the
logarithm that of the documentation of COINr (W. Becker, 2022).
"""

from collections.abc import Mapping

import numpy as np

from data.problems import N_
from kpis.index.figures import Numbers
from kpis.index.recipe import Recipe
from kpis.score import Reason

SKEW, KURTOSIS = 2.0, 3.5
"""Beyond both an indicator is treated."""
MOST = 5
"""Values that are set to the next one, before logarithms are taken."""
OFFSET = 0.01
"""The share of the range that keeps the logarithm of the least value finite."""
LEAST_KNOWN = 4
"""Places without which kurtosis is not defined."""

WINSORISED = N_("values set to the next one inwards: {count}")
LOGGED = N_("logarithms taken, which lean against its skew")
STILL = N_("treated, and still far from even")


def treated(values: Numbers, recipe: Recipe) -> tuple[Numbers, Mapping[str, Reason]]:
    """(places, indicators) as they go on, and what was done to which indicator."""
    found, done = values.copy(), dict[str, Reason]()
    for place, one in enumerate(recipe.indicators):
        if one.treat != "none" and (outcome := _treated(values[:, place], one.treat == "log")):
            found[:, place], done[one.name] = outcome
    return found, done


def treated_draws(values: Numbers, recipe: Recipe) -> Numbers:
    """(…, places, indicators), each leading index treated by itself."""
    if all(one.treat == "none" for one in recipe.indicators):
        return values
    flat = values.reshape(-1, *values.shape[-2:])
    return np.stack([treated(draw, recipe)[0] for draw in flat]).reshape(values.shape)


def far_out(values: Numbers) -> bool:
    """Whether an indicator's skewness and kurtosis ask for treatment."""
    known = values[np.isfinite(values)]
    if len(known) < LEAST_KNOWN or known.min() == known.max():
        return False
    return abs(skewness(known)) > SKEW and excess_kurtosis(known) > KURTOSIS


def skewness(values: Numbers) -> float:
    """√(n(n-1)) / (n-2) · m₃ / m₂^1.5, for values that are known and not all equal."""
    count = len(values)
    return float(np.sqrt(count * (count - 1)) / (count - 2) * (_standard(values) ** 3).mean())


def excess_kurtosis(values: Numbers) -> float:
    """(n-1) / ((n-2)(n-3)) · ((n+1)(m₄ / m₂² - 3) + 6), for values that are known and not all equal."""
    count = len(values)
    return float((count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * ((_standard(values) ** 4).mean() - 3) + 6))


def _standard(values: Numbers) -> Numbers:
    apart = values - values.mean()
    return apart / np.sqrt((apart**2).mean())


def _treated(values: Numbers, at_once: bool) -> tuple[Numbers, Reason] | None:
    if not far_out(values):
        return None
    if not at_once:
        drawn_in, count = _winsorised(values)
        if not far_out(drawn_in):
            return drawn_in, Reason(WINSORISED, {"count": count})
    found = _logarithms(values)
    return found, Reason(STILL if far_out(found) else LOGGED)


def _winsorised(values: Numbers) -> tuple[Numbers, int]:
    """Values set to the next one inwards until five are, and how many were: equal ones go together."""
    found, moved = values.copy(), 0
    while far_out(found) and moved < MOST:
        known = found[np.isfinite(found)]
        end, inner = (known.max(), np.max) if skewness(known) > 0 else (known.min(), np.min)
        found[found == end] = inner(known[known != end])
        moved = int((found != values)[np.isfinite(values)].sum())
    return found, moved


def _logarithms(values: Numbers) -> Numbers:
    """ln(x - least + a) where the long tail is above, -ln(most - x + a) where it is below; a is a hundredth of the range."""
    known = values[np.isfinite(values)]
    least, most = known.min(), known.max()
    offset = OFFSET * (most - least)
    return np.log(values - least + offset) if skewness(known) > 0 else -np.log(most - values + offset)
