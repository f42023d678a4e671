"""Forecasting M3 series with calibration, beside statsforecast's DynamicOptimizedTheta and AutoETS on the same series and origins.

    python -m tests.bench.bench_foresight

statsforecast needs an older pandas than the panel runs on, so it is in no lock file: to compare, install it in an environment of
its own that sees these packages behind its own, and run the bench there. Where it or the series are absent, the bench says so.
Both forecast from every series' end and from the same earlier periods; only ours makes intervals and a backtest of it besides.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from kpis.foresight.calibration import origins
from kpis.foresight.forecast import Series, forecasts
from tests.bench.figure import Figure, in_turns, table
from tests.conftest import ROOT
from tests.m3_monthly import FILE, HORIZON, SEASON, read

SERIES = 3
RUNS = 2


def measure() -> list[Figure]:
    """Ours beside theirs once both are warm; nothing where there is nothing to compare with."""
    shared = Path(os.environ.get("MANDATO_SHARED", ROOT.parent / "shared"))
    if not (shared / FILE).exists():
        return _skipped("the M3 series are not beside this checkout (MANDATO_SHARED names their folder)")
    try:
        models = importlib.import_module("statsforecast.models")
    except ImportError:
        return _skipped("statsforecast is not installed here; docs/foresight.md says how")
    known = read(shared, SERIES).known
    cut = [values[: len(values) - back] for values in known for back in range(origins(len(values)) + 1)]

    def ours() -> object:
        return forecasts([Series(values, SEASON) for values in known], HORIZON)

    def theirs() -> object:
        return [_mean(models, values) for values in cut]

    ours_ms, theirs_ms = in_turns(ours, theirs, runs=RUNS, warm_up=1)
    name = f"{SERIES} M3 series from {len(cut)} origins with intervals, beside statsforecast's Theta and ETS"
    return [Figure(name, ours_ms, theirs_ms, 2.0)]


def _mean(models: Any, values: np.ndarray) -> np.ndarray:
    asked = (models.DynamicOptimizedTheta(season_length=SEASON), models.AutoETS(season_length=SEASON))
    return np.mean([model.forecast(y=values, h=HORIZON)["mean"] for model in asked], axis=0)


def _skipped(why: str) -> list[Figure]:
    print(f"forecasts are not measured: {why}", file=sys.stderr)
    return []


if __name__ == "__main__":
    print(table(measure()))
