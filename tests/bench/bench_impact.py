"""Synthetic difference-in-differences on Proposition 99 with its 38 exact placebos, and on a panel of 1,000 units and 60 periods.

    python -m tests.bench.bench_impact

Beside them the search of the paper's authors, Frank-Wolfe steps until hardly anything is gained, written from the paper (Arkhangelsky et
al. 2021, algorithm 1; Frank and Wolfe 1956): it is what a plain solution costs. Seconds of CPU are printed besides, since they are
what was promised: under 5 for the first, under 2 for the second.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from kpis.impact.panel import NEVER, Numbers, Panel
from kpis.impact.sdid import comparing, noise, sdid
from tests.bench.figure import Figure, in_turns, table
from tests.conftest import ROOT
from tests.published_panels import EVALUATIONS, smoking_law

STEPS = 10_000
GAINED = 1e-5
"""A search ends when a step gains less than the square of this, times sigma."""


def measure() -> list[Figure]:
    """Ours beside a plain search."""
    return [*_proposition_99(), _many_units()]


def _proposition_99() -> list[Figure]:
    shared = Path(os.environ.get("MANDATO_SHARED", ROOT.parent / "shared"))
    if not (shared / EVALUATIONS).exists():
        print("Proposition 99 is not measured: its panel is not beside this checkout (MANDATO_SHARED names the folder)", file=sys.stderr)
        return []
    panel, study = smoking_law(shared)
    rows = [int(np.flatnonzero(panel.treated)[0]), *np.flatnonzero(~panel.treated).tolist()]

    def theirs() -> object:
        return [_plain(panel, row, [other for other in rows[1:] if other != row]) for row in rows]

    _told("Proposition 99 with 38 exact placebos", lambda: sdid(panel, study))
    ours_ms, theirs_ms = in_turns(lambda: sdid(panel, study), theirs, runs=1, warm_up=0)  # The plain search takes half a minute.
    return [Figure("Proposition 99 with 38 exact placebos, beside Frank-Wolfe steps for each", ours_ms, theirs_ms, 1.0)]


def _many_units() -> Figure:
    panel = _drawn(1_000, 60, 40)
    treated, donors = np.array([0]), np.arange(1, 1_000)

    def ours() -> object:
        return comparing(panel)(treated, donors)

    _told("1,000 units and 60 periods, the effect alone", ours)
    ours_ms, theirs_ms = in_turns(ours, lambda: _plain(panel, 0, donors.tolist()), runs=3, warm_up=0)
    return Figure("1,000 units and 60 periods, the effect alone, beside Frank-Wolfe steps", ours_ms, theirs_ms, 1.0)


def _drawn(units: int, periods: int, start: int) -> Panel:
    chance = np.random.default_rng(1)
    factors = chance.normal(size=(2, periods)).cumsum(axis=1)
    values = chance.normal(50, 10, (units, 1)) + chance.normal(size=(units, 2)) @ factors + chance.normal(size=(units, periods))
    first = np.where(np.arange(units) < 1, start, NEVER)
    return Panel(tuple(f"u{unit}" for unit in range(units)), tuple(map(str, range(periods))), values, first)


def _plain(panel: Panel, treated: int, donors: list[int]) -> float:
    start, values = panel.start, panel.values[donors]
    sigma = noise(panel.values[~panel.treated, :start])
    ridge = np.sqrt(values.shape[1] - start) * sigma**2
    weights = _steps(values[:, :start].T, panel.values[treated, :start], ridge, sigma)
    times = _steps(values[:, :start], values[:, start:].mean(axis=1), (1e-6 * sigma) ** 2, sigma)
    apart = panel.values[treated] - weights @ values
    return float(apart[start:].mean() - times @ apart[:start])


def _steps(rows: Numbers, target: Numbers, ridge: float, sigma: float) -> Numbers:
    """Shares of the columns whose mix, up to a constant, is nearest to the target."""
    rows, target = rows - rows.mean(axis=0), target - target.mean()
    shares, before = np.full(rows.shape[1], 1 / rows.shape[1]), np.inf
    for _ in range(STEPS):
        missed = rows @ shares - target
        now = missed @ missed / len(rows) + ridge * shares @ shares
        if before - now <= (GAINED * sigma) ** 2:
            break
        before, slope = now, missed @ rows + len(rows) * ridge * shares
        way = -shares
        way[int(slope.argmin())] += 1
        moved = rows @ way
        steep = moved @ moved + len(rows) * ridge * way @ way
        shares = shares + np.clip(-(slope @ way) / steep, 0, 1) * way
    return shares


def _told(name: str, call: Callable[[], object]) -> None:
    began = time.process_time()
    call()
    print(f"{name}: {time.process_time() - began:.2f} s of CPU", file=sys.stderr)


if __name__ == "__main__":
    print(table(measure()))
