"""What if: assumptions laid over a forecast. A scenario moves what is expected; how uncertain that is stays the forecast's own.

Each is one assumption in words, never a probability: the chance that goes with it holds only if the assumption does.
"""

from dataclasses import dataclass

from kpis.foresight.forecast import Forecast


@dataclass(frozen=True)
class Scenario:
    """`level` is added from the next period on, in the indicator's unit. `trend` multiplies the change from period to period.

    `driver` multiplies the value itself, in equal steps up to the last period: of whatever the value is in proportion to.
    """

    level: float = 0.0
    trend: float = 1.0
    driver: float = 1.0

    @property
    def changes_nothing(self) -> bool:
        """Whether it is the forecast itself."""
        return self == Scenario()


def expected(forecast: Forecast, scenario: Scenario, last: float, steps: int) -> tuple[float, ...]:
    """What is expected of each of so many periods under a scenario; `last` is the last known value."""
    plain = forecast.mean[:steps]
    change = (plain[-1] - last) / steps
    return tuple(
        (value + (scenario.trend - 1) * change * step + scenario.level) * (1 + (scenario.driver - 1) * step / steps)
        for step, value in enumerate(plain, start=1)
    )
