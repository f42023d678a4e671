"""The steps of a map's colour: the city's own, the paler the lower, with round numbers between them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from dashboards.palette import Palette, rgb

MOST = 5
"""Steps that an eye tells apart."""
PALEST = 0.2
"""How much of the city's colour the lowest step has."""
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Classes:
    """The ends of the steps, lowest first: three ends are two steps. One end alone is a single step of one value."""

    ends: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> "Classes":
        """Up to five equal steps with round ends that hold all values."""
        if not values or min(values) == max(values):
            return cls(tuple(values[:1]))
        low, high = min(values), max(values)
        step = _step((high - low) / MOST)
        while ceil(high / step - SLACK) - floor(low / step + SLACK) > MOST:
            step = _step(step * 1.01)
        first, last = floor(low / step + SLACK), ceil(high / step - SLACK)
        return cls(tuple(round(number * step, 12) for number in range(first, last + 1)))

    @property
    def steps(self) -> list[tuple[float, float]]:
        """From where to where each step reaches, lowest first."""
        return list(zip(self.ends, self.ends[1:] or self.ends, strict=False))

    @property
    def decimals(self) -> int:
        """As many as it takes to write every end exactly."""
        return next((count for count in range(7) if all(abs(round(end, count) - end) < SLACK for end in self.ends)), 6)

    def step(self, value: float) -> int:
        """The step of a value, from 0; a value on an end belongs to the step above it, except the highest."""
        return min(max(bisect_right(self.ends, value) - 1, 0), max(len(self.steps) - 1, 0))

    def fill(self, value: float | None, palette: Palette) -> list[int]:
        """The colour of a value; of none, the neutral grey of what is not known."""
        return list(rgb(palette.rule)) if value is None else self.shade(self.step(value), palette)

    def shade(self, step: int, palette: Palette) -> list[int]:
        share = PALEST + (1 - PALEST) * (step / (len(self.steps) - 1) if len(self.steps) > 1 else 1.0)
        return [round(paper + (ink - paper) * share) for paper, ink in zip(rgb(palette.paper), rgb(palette.brand), strict=True)]


SLACK = 1e-9
"""Of a step: what adding in binary may be off by."""


def readable(fill: Sequence[int], palette: Palette) -> str:
    """Ink or paper, whichever is read better on a colour."""
    return max((palette.ink, palette.paper), key=lambda colour: _contrast(fill, rgb(colour)))


def _step(about: float) -> float:
    """The next round number from here up: 1, 2, 2.5 or 5, times a power of ten."""
    power = 10.0 ** floor(log10(about))
    return next(number * power for number in ROUND if number * power >= about * (1 - SLACK))


def _contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """As the accessibility guidelines reckon it: 1 is none, 21 black on white."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: Sequence[int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
