"""Panels of cities that were made up, so that it is known what a policy did there: levels, common ups and downs, seasons, noise."""

from dataclasses import dataclass, replace

import numpy as np

from kpis.impact.panel import NEVER, Panel
from kpis.impact.study import Method, Study

CITIES = (20, 30)
MONTHS = (40, 72)
AFTER = (9, 18)
SEVERAL = 0.3
"""The share of panels in which two to four cities have the policy."""


@dataclass(frozen=True)
class Made:
    """A panel, and what the policy did there: the mean over the treated cities and months, in the outcome's unit."""

    panel: Panel
    truth: float
    noise: float
    """The standard deviation of a treated city's own noise in one month."""


def made(seed: int, effect: float = 0.0, *, treated: int | None = None, cities: int | None = None, staggered: bool = False) -> Made:
    """A panel of 20 to 30 cities by 40 to 72 months; `effect` is told in standard deviations of the treated cities' noise.

    Cities differ in level, in size (a smaller one is noisier), in how they follow two common factors and the season. Their noise has
    a memory of one month (AR(1), 0 to 0.5). One city is treated, or two to four of them; they are drawn from all alike.
    """
    random = np.random.default_rng(seed)
    n, months = cities or int(random.integers(CITIES[0], CITIES[1] + 1)), int(random.integers(MONTHS[0], MONTHS[1] + 1))
    start = months - int(random.integers(AFTER[0], AFTER[1] + 1))
    without, noise = _without_policy(random, n, months)
    number = treated or (int(random.integers(2, 5)) if random.random() < SEVERAL else 1)
    chosen = random.choice(n, number, replace=False)
    first = np.full(n, NEVER)
    first[chosen] = start + (random.integers(-6, 4, number) if staggered else 0)
    usual = float(np.sqrt(np.mean(noise[chosen] ** 2)))
    added = effect * usual * _under_way(random, first, months)
    panel = Panel(_names("city", n), _months(months), without + added, first)
    under = panel.values[panel.treated].size and added[np.arange(months)[None, :] >= np.where(first == NEVER, months, first)[:, None]]
    return Made(panel, float(np.mean(under)), usual)


def study(method: Method = "sdid", **said: object) -> Study:
    """A study of such a panel."""
    return Study.model_validate({"study": "made", "indicator": "made", "compare": "peers", "method": method, "better": "higher", **said})


def apart(seed: int) -> Made:
    """A panel whose treated city goes its own way, as no mixture of the others does: steeper than all, and in waves of its own."""
    one = made(seed, treated=1)
    months = np.arange(len(one.panel.periods))
    own = 0.35 * months + 8 * np.sin(2 * np.pi * months / 29)
    return replace(one, panel=replace(one.panel, values=one.panel.values + own * one.panel.treated[:, None]))


def thin(seed: int) -> dict[str, Panel]:
    """Panels that say too little, by what is wrong with them."""
    one = made(seed, treated=1).panel
    treated, donors = np.flatnonzero(one.treated), np.flatnonzero(~one.treated)
    holed = one.values.copy()
    holed[donors[seed % len(donors)], seed % len(one.periods)] = np.nan
    return {
        "seven months before": replace(one, values=one.values[:, -20:], periods=one.periods[-20:], first=np.where(one.treated, 7, NEVER)),
        "two months after": one.up_to(one.start + 2),
        "four others": one.of([*treated.tolist(), *donors[:4].tolist()]),
        "no others": one.of(treated.tolist()),
        "a value missing": replace(one, values=holed),
        "nobody treated": one.of(donors.tolist()),
        "as many treated as others": replace(one, first=np.where(np.arange(len(one.units)) % 2, NEVER, one.start)),
    }


def _without_policy(random: np.random.Generator, n: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    """What would have been measured without a policy, cities by months, and the noise of each city."""
    level = random.normal(60, 8, n)
    size = random.lognormal(0, 0.8, n)
    noise = np.clip(1.5 * size**-0.25, 0.8, 3.5)
    time = np.arange(months)
    trend = 0.05 * time + np.cumsum(random.normal(0, 0.35, months))
    waves = 2.0 * np.sin(2 * np.pi * time / random.uniform(30, 60) + random.uniform(0, 6))
    season = np.sin(2 * np.pi * time / 12 + random.uniform(0, 6))
    common = np.outer(random.normal(1, 0.3, n), trend) + np.outer(random.normal(0, 0.5, n), waves)
    return level[:, None] + common + np.outer(random.normal(1.5, 0.5, n), season) + _remembering(random, noise, months), noise


def _remembering(random: np.random.Generator, noise: np.ndarray, months: int) -> np.ndarray:
    """Noise in which a part of each month is that of the month before."""
    memory = random.uniform(0, 0.5)
    fresh = random.normal(0, 1, (len(noise), months))
    kept = fresh.copy()
    for month in range(1, months):
        kept[:, month] = memory * kept[:, month - 1] + np.sqrt(1 - memory**2) * fresh[:, month]
    return kept * noise[:, None]


def _under_way(random: np.random.Generator, first: np.ndarray, months: int) -> np.ndarray:
    """1 where the policy acts in full; in half of the panels it takes three months to get there."""
    since = np.arange(months)[None, :] - np.where(first == NEVER, months, first)[:, None]
    slow = 3 if random.random() < 0.5 else 1
    return np.clip((since + 1) / slow, 0, 1)


def _names(stem: str, number: int) -> tuple[str, ...]:
    return tuple(f"{stem}_{each + 1:02d}" for each in range(number))


def _months(number: int) -> tuple[str, ...]:
    return tuple(f"{2020 + each // 12}-{each % 12 + 1:02d}" for each in range(number))
