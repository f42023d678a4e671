"""Numerator and denominator of a value that is typed: from them it is computed, by its indicator's own rule.

The value is `per` x numerator / denominator; of a share in percent `per` is 100 (data/indicators.py).
"""

from collections.abc import Iterator
from math import isfinite

from data.indicators import Indicator
from data.problems import N_, Problem

PARTS = ("numerator", "denominator")
EXACT = 1e-9
"""Of a value, what the arithmetic of a computer may differ by."""


def computed(indicator: Indicator | None, numerator: float | None, denominator: float | None) -> float | None:
    """The value, in the indicator's unit; None where a part is missing or zero divides, or the indicator has no such rule."""
    factor = indicator and indicator.factor
    return factor * numerator / denominator if factor and numerator is not None and denominator else None


def goes_with(indicator: Indicator, value: float, found: float) -> bool:
    """Whether a typed value is the computed one: rounded to the indicator's decimals, or nearer."""
    return abs(value - found) <= 0.5 * 10**-indicator.decimals + EXACT * max(1.0, abs(found))


def faults(indicator: Indicator, value: float | None, numerator: float | None, denominator: float | None) -> Iterator[Problem]:
    """What is wrong with the parts themselves, and with a value that is typed beside them."""
    given = [name for name, part in zip(PARTS, (numerator, denominator), strict=True) if part is not None]
    if not given:
        return
    if indicator.factor is None:
        hint = N_("leave both empty; where it has them, the data office declares `per` in data/indicators.yaml")
        yield Problem(N_("this indicator has no numerator and denominator"), hint, key=indicator.id, column=given[0])
    elif len(given) == 1:
        column = next(name for name in PARTS if name not in given)
        hint = N_("write the other one too, or leave both empty")
        yield Problem(N_("there is one of numerator and denominator without the other"), hint, key=indicator.id, column=column)
    elif denominator == 0:
        hint = N_("correct it; where there was nothing to count, leave value and parts empty and write why")
        yield Problem(N_("the denominator is zero"), hint, key=indicator.id, column="denominator")
    elif (found := computed(indicator, numerator, denominator)) is None or not isfinite(found):
        hint = N_("correct them")
        yield Problem(N_("what these parts make is too large to be kept"), hint, key=indicator.id, column="numerator")
    elif value is not None and not goes_with(indicator, value, found):
        yield _contradiction(indicator, value, found, f"{numerator:.15g} / {denominator:.15g}")


def _contradiction(indicator: Indicator, value: float, found: float, parts: str) -> Problem:
    values = {"value": f"{value:.15g}", "found": f"{found:.6g}", "parts": parts}
    hint = N_("correct what is wrong, or empty the value: it is computed")
    message = N_("the value {value} is not what its parts make: {parts} makes {found}")
    return Problem(message, hint, key=indicator.id, column="value", values=values)
