"""How often sound series are accused: counted on invented ones of many kinds, the same every time."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

from kpis.quality.cuts import cuts
from kpis.quality.duplicates import duplicates
from kpis.quality.gaps import gaps
from kpis.quality.jumps import jumps
from kpis.quality.pile import piles
from kpis.quality.spikes import spikes
from tests.quality_town import definitions, indicator, months, series

EACH = 60
MONTH = np.arange(72)
SEASON = np.sin(2 * np.pi * MONTH / 12)
SCHOOL = np.array([0.1, 0.2, 0.3, 0.2, 0.3, 0.2, -0.5, -1.3, 0.2, 0.4, 0.3, -0.4])[(MONTH + 10) % 12]
PLANTING = np.array([1, 0.9, 0.4, -0.5, -0.9, -0.95, -0.95, -0.95, -0.6, 0.3, 1.1, 1.3])[(MONTH + 10) % 12]
BUDGET = np.tile(np.linspace(1 / 12, 1, 12), 6)

Random = np.random.Generator
KINDS: dict[str, Callable[[Random], np.ndarray]] = {
    "a level with a season": lambda rng: np.round(60 + 0.1 * MONTH + 5 * SEASON + rng.normal(0, 1, 72), 1),
    "a flow whose season grows with it": lambda rng: np.round(4000 * (1 + 0.002 * MONTH) * (1 + 0.2 * SEASON) * rng.normal(1, 0.03, 72)),
    "a school year": lambda rng: np.round(50_000 * (1 + 0.3 * SCHOOL) * rng.normal(1, 0.02, 72)),
    "restless winters": lambda rng: np.round(300 * (1 + 0.95 * PLANTING).clip(0.02) * rng.normal(1, 0.15, 72)),
    "a random walk": lambda rng: np.round(100 + np.cumsum(rng.normal(0, 1, 72)), 1),
    "small counts": lambda rng: rng.poisson(7, 72).astype(float),
    "counts with a season": lambda rng: rng.poisson(60 * (1 + 0.5 * SEASON)).astype(float),
    "nearly flat, one decimal": lambda rng: np.round(97 + rng.normal(0, 0.2, 72), 1),
    "a slow trend, one decimal": lambda rng: np.round(rng.uniform(30, 80) + 0.08 * MONTH + rng.normal(0, 0.05, 72), 1),
    "a budget that begins again each January": lambda rng: np.round(90 * BUDGET * rng.normal(1, 0.02, 72), 1),
    "a season without any chance": lambda rng: np.round(100 + 10 * SEASON),
    "a skewed flow": lambda rng: np.round(np.exp(rng.normal(6, 0.4, 72))),
    "a stock": lambda rng: np.round(20 + np.cumsum(np.where(rng.random(72) < 0.15, rng.integers(1, 40, 72) / 10, 0)), 1),
}


def alarms(kind: str) -> dict[str, int]:
    """How many of EACH series of a kind every part accuses."""
    rng = np.random.default_rng(sorted(KINDS).index(kind))
    names = [f"series_{number}" for number in range(EACH)]
    known = definitions(*(indicator(name) for name in names))
    rows = series(known, pl.concat(months(list(KINDS[kind](rng)), name) for name in names))
    piled = piles(rows, known)
    parts = (
        gaps(rows, known),
        cuts(rows, known, piled),
        spikes(rows, known, piled),
        jumps(rows, known, date.min),
        *([] if kind == "a season without any chance" else [duplicates(rows, known)]),  # those are all one series, and are found so
    )
    return {
        name: len({finding.indicators for finding in part.findings})
        for name, part in zip(("gaps", "cuts", "spikes", "jumps", "duplicates"), parts, strict=False)
    }


@pytest.fixture(scope="module")
def counted() -> dict[str, dict[str, int]]:
    return {kind: alarms(kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_of_sixty_sound_series_of_a_kind_at_most_two_are_accused_by_any_part(counted, kind):
    assert max(counted[kind].values()) <= 2


@pytest.mark.parametrize("part", ["gaps", "cuts", "spikes", "jumps", "duplicates"])
def test_of_all_sound_series_no_part_accuses_more_than_one_in_a_hundred(counted, part):
    assert sum(found.get(part, 0) for found in counted.values()) <= EACH * len(KINDS) / 100
