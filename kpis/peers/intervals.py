"""Between which values one may lie that was counted in a number of cases: what people answered, or how often something happened."""

from math import isclose

import numpy as np

from kpis.peers.held import Held
from kpis.shares import byar, wilson


def interval(held: Held, row: int, place: int) -> tuple[float, float] | None:
    """The 95% interval of one figure, in the unit of the values; None where it is no matter of cases, as the indicator declares."""
    indicator = held.indicator
    if not (indicator.cases or indicator.survey):  # euros and megawatt hours are whole numbers too, and no cases
        return None
    found = _of_a_share(held, row, place) if indicator.kind == "ratio" else _of_a_count(float(held.raw[row, place]))
    divided = float(held.divided[place])
    return (found[0] * divided, found[1] * divided) if found and np.isfinite(divided) else None


def _of_a_count(value: float) -> tuple[float, float] | None:
    return byar(value) if value >= 0 else None


def _of_a_share(held: Held, row: int, place: int) -> tuple[float, float] | None:
    """From the two parts of a ratio. Where the numerator is the larger one (euros for each resident) there are no cases."""
    scale, above, below = held.indicator.factor, float(held.above[row, place]), float(held.below[row, place])
    if scale is None or not (np.isfinite(above) and np.isfinite(below) and 0 <= above <= below and below > 0):
        return None
    if not isclose(scale * above / below, float(held.raw[row, place]), rel_tol=0.01, abs_tol=10.0**-held.indicator.decimals):
        return None  # its unit says something else than its parts do
    low, high = wilson(above, below)
    return scale * low, scale * high
