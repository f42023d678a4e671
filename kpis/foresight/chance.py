"""The chance of a target: how much of what may come lies on its good side."""

from kpis.foresight.forecast import Forecast
from kpis.foresight.measures import NORMAL


def of_level(forecast: Forecast, step: int, target: float, sign: int) -> float:
    """The chance that the value of a step ahead (from 1) is at the target or better; `sign` is 1 where higher is better, else -1."""
    return _reached(forecast.mean[step - 1], forecast.deviation[step - 1], target, sign)


def of_sum(forecast: Forecast, step: int, missing: float, sign: int) -> float:
    """The chance that what comes in up to a step ahead adds up to what is missing, or to less where lower is better."""
    return _reached(forecast.total[step - 1], forecast.total_deviation[step - 1], missing, sign)


def of_range(forecast: Forecast, step: int, ends: tuple[float, float]) -> float:
    """The chance that the value of a step ahead (from 1) lies from the low end to the high one: P(y >= low) - P(y > high)."""
    return _inside(forecast.mean[step - 1], forecast.deviation[step - 1], ends)


def under(forecast: Forecast, expected: float, step: int, target: float | tuple[float, float], sign: int) -> float:
    """The chance where something else is expected of that step, no less uncertain; `target` is one value, or both ends of a range."""
    deviation = forecast.deviation[step - 1]
    return _inside(expected, deviation, target) if isinstance(target, tuple) else _reached(expected, deviation, target, sign)


def _inside(mean: float, deviation: float, ends: tuple[float, float]) -> float:
    low, high = ends
    if not deviation > 0:
        return 1.0 if low <= mean <= high else 0.0
    return max(_reached(mean, deviation, low, 1) - _reached(mean, deviation, high, 1), 0.0)


def _reached(mean: float, deviation: float, asked: float, sign: int) -> float:
    gain = sign * (mean - asked)
    if not deviation > 0:
        return 1.0 if gain >= 0 else 0.0
    return NORMAL.cdf(gain / deviation)
