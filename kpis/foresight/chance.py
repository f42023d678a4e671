"""The chance of a target: how much of what may come lies on its good side."""

from kpis.foresight.forecast import Forecast
from kpis.foresight.measures import NORMAL


def of_level(forecast: Forecast, step: int, target: float, sign: int) -> float:
    """The chance that the value of a step ahead (from 1) is at the target or better; `sign` is 1 where higher is better, else -1."""
    return _reached(forecast.mean[step - 1], forecast.deviation[step - 1], target, sign)


def of_sum(forecast: Forecast, step: int, missing: float, sign: int) -> float:
    """The chance that what comes in up to a step ahead adds up to what is missing, or to less where lower is better."""
    return _reached(forecast.total[step - 1], forecast.total_deviation[step - 1], missing, sign)


def under(forecast: Forecast, expected: float, step: int, target: float, sign: int) -> float:
    """The chance where something else is expected of that step, no less uncertain."""
    return _reached(expected, forecast.deviation[step - 1], target, sign)


def _reached(mean: float, deviation: float, asked: float, sign: int) -> float:
    gain = sign * (mean - asked)
    if not deviation > 0:
        return 1.0 if gain >= 0 else 0.0
    return NORMAL.cdf(gain / deviation)
