"""Values that turn up much too often: the one test behind spikes inside a series' range and hard cuts at its edge.

A value is taken for a pile when so many equal ones would be nearly impossible, had it come up no oftener than the values
around it. How often that is, the nearest other values of the same series say: with how many others each of them usually
shares its number. A sensor that is cut, a gap filled with one number and a form filled in by habit all leave such a pile.
The test is ours; its false alarms on clean seasonal series are counted in tests/kpis/test_quality_false_alarms.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp, log

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Untold
from kpis.quality.series import SERIES, pairs, real, rows_of
from kpis.score import Reason

FEWEST = 24
"""Values below which nothing is said: two years of months."""
LEAST = 4
"""Equal values that may be a pile. Three of a kind happen in any rounded series."""
RETURNS = 3
"""Times that a series must come back to the edge of its range: once there for good, it has only arrived."""
CHANCE = 1e-5
"""How likely the pile may be by chance, over all values of a series, as far as its neighbourhood was read rightly."""
NEIGHBOURS = 0.25
"""The share of a series' other values from which is read what is usual there, at least EIGHT of them."""
EIGHT = 8
DIFFERENT = 12
"""Different values below which a series is a few levels or small counts, of which one is always the most common."""
STANDS_STILL = 0.1
"""Share of unchanged steps from which a series is one that stands still between changes, such as kilometres built.

There a value that stays is no evidence, and only how often it comes back is counted.
"""
SMALL = 100
"""Ratios of fewer come back by themselves: 66.7 % of 21, 50 % of anything."""
CANNOT_TELL = N_("cannot tell: fewer than {fewest} values")
FEW_DIFFERENT = N_("cannot tell: fewer than {fewest} different values")


@dataclass(frozen=True)
class Pile:
    """A value of one series that is there too often: in these periods, out of so many; at the edge of the range or inside it."""

    indicator: str
    place: str
    value: float
    periods: tuple[date, ...]
    of: int
    edge: str
    """highest, lowest, or "" inside."""


def too_short(series: pl.DataFrame) -> tuple[Untold, ...]:
    """The series of which nothing can be told: too few values, or too few different ones."""
    counted = (
        real(series).group_by(SERIES, maintain_order=True).agg(pl.len().alias("values"), pl.col("value").n_unique().alias("different"))
    )
    short = pairs(counted.filter(pl.col("values") < FEWEST))
    flat = pairs(counted.filter(pl.col("values") >= FEWEST, pl.col("different") < DIFFERENT))
    told = ((CANNOT_TELL, FEWEST, short), (FEW_DIFFERENT, DIFFERENT, flat))
    return tuple(Untold(Reason(sentence, {"fewest": fewest}), found) for sentence, fewest, found in told if found)


def piles(series: pl.DataFrame, definitions: Definitions) -> list[Pile]:
    """Every pile.

    The natural limits of an indicator (zero, `min`, `max`, 100 %) are none, and neither are equal ratios of different parts:
    14 of 21 and 12 of 18 are both 66.7 %.
    """
    judged = set(pairs(series)) - set(small_ratios(series, definitions))
    values = real(series).filter(pl.len().over(SERIES) >= FEWEST)
    found: list[Pile] = []
    for (indicator, place), levels in _levels(values):
        for value, edge in levels.piles(_limits(definitions, indicator)):
            if edge or (indicator, place) in judged:
                rows = rows_of(values, indicator, place)
                periods = tuple(row["period"] for row in rows if row["value"] == value)
                found.append(Pile(indicator, place, value, periods, len(rows), edge))
    return found


def small_ratios(series: pl.DataFrame, definitions: Definitions) -> tuple[tuple[str, str], ...]:
    """The ratios whose parts are small or unknown: only the edges of their range can be judged."""
    ratios = [indicator.id for indicator in definitions.indicators if indicator.kind == "ratio"]
    of = pl.col("denominator").abs().fill_null(0.0).median()
    parts = real(series).filter(pl.col("indicator").is_in(ratios)).group_by(SERIES, maintain_order=True).agg(of.alias("of"))
    return pairs(parts.filter(pl.col("of") < SMALL))


def chance_of(count: int, expected: float) -> float:
    """The chance of so many or more, where `expected` are usual (Poisson's upper tail)."""
    if count == 0 or expected <= 0:
        return 1.0 if count == 0 else 0.0
    below, term = 0.0, exp(-expected)
    for number in range(count):
        below += term
        term *= expected / (number + 1)
    # Far out in the tail 1 - below is only rounding; the sum from `count` on is at most this.
    far = exp(count * log(expected) - expected - sum(log(number) for number in range(1, count + 1)))
    return max(1.0 - below, far) if count > expected else 1.0 - below


def _limits(definitions: Definitions, indicator: str) -> set[float | None]:
    known = definitions.indicator[indicator]
    return {0.0, known.min, known.max, 100.0 if known.unit == "%" else None}


@dataclass(frozen=True)
class _Levels:
    """The different values of one series, the lowest first: how often each is there, comes back anew, and of how many parts."""

    values: list[float]
    counts: list[int]
    runs: list[int]
    parts: list[int]

    def piles(self, limits: set[float | None]) -> Iterator[tuple[float, str]]:
        """Each pile and its edge; see Pile."""
        for at, value in enumerate(self.values):
            if self.counts[at] < LEAST or self.parts[at] > 1 or value in limits:
                continue
            told = self.runs if self._stands_still(at) else self.counts
            if told[at] < LEAST or sum(told) - told[at] < EIGHT:
                continue
            edge = "lowest" if at == 0 else "highest" if at == len(told) - 1 else ""
            if edge and self.runs[at] < RETURNS:
                continue
            if chance_of(told[at], _expected(at, self.values, told)) * len(told) <= CHANCE:
                yield value, edge

    def _stands_still(self, at: int) -> bool:
        """Apart from this value, the series is often the same in two periods running."""
        steps = sum(self.counts) - 1 - (self.counts[at] + self.runs[at])
        still = sum(self.counts) - sum(self.runs) - (self.counts[at] - self.runs[at])
        return still > STANDS_STILL * steps


def _levels(values: pl.DataFrame) -> Iterator[tuple[tuple[str, str], _Levels]]:
    """The levels of each series that has enough different ones, and one of them often enough."""
    anew = pl.col("value").ne_missing(pl.col("value").shift()).over(SERIES)
    parts = pl.struct("numerator", "denominator").n_unique().alias("parts")
    counted = (
        values.with_columns(anew=anew).group_by(*SERIES, "value").agg(pl.len().alias("counts"), pl.col("anew").sum().alias("runs"), parts)
    )
    enough = (pl.len() >= DIFFERENT) & (pl.col("counts").max() >= LEAST)
    for (name, place), rows in counted.filter(enough.over(SERIES)).sort(*SERIES, "value").group_by(SERIES, maintain_order=True):
        yield (str(name), str(place)), _Levels(*(rows[column].to_list() for column in ("value", "counts", "runs", "parts")))


def _expected(at: int, values: list[float], counts: list[int]) -> float:
    """With how many others a value near this one usually shares its number, from the nearest ones; never quite none."""
    wanted = max(EIGHT, NEIGHBOURS * (sum(counts) - counts[at]))
    below, above, near, shared = at - 1, at + 1, 0, 1
    while near < wanted and (below >= 0 or above < len(values)):
        down = above == len(values) or (below >= 0 and values[at] - values[below] <= values[above] - values[at])
        count = counts[below if down else above]
        below, above = (below - 1, above) if down else (below, above + 1)
        near, shared = near + count, shared + count * (count - 1)
    return shared / near
