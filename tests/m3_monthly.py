"""The 1,428 monthly series of the M3 competition, and what the shipped forecast makes of the 18 months that it was not shown."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from kpis.foresight import chance
from kpis.foresight.backtest import EIGHTY
from kpis.foresight.forecast import Forecast, Series, forecasts
from kpis.foresight.measures import Bin, brier, reliability, smape
from kpis.foresight.methods import seasonal_naive

FILE = Path("data/public/forecast_m3_monthly/m3_monthly.parquet")
SEASON, HORIZON = 12, 18
ASKED_AT = (6, 12, 18)
ASKED = (-1.5, -0.5, 0.0, 0.5, 1.5)
"""Levels to reach: the last value, and some usual steps above and below it."""


@dataclass(frozen=True)
class Competition:
    """Series with what came after each."""

    known: list[np.ndarray]
    came: np.ndarray


@dataclass(frozen=True)
class Result:
    """Errors of the shipped forecast and of last year again, the share inside 80% by step, and how true the chances were."""

    smape: float
    smape_of_last_year: float
    coverage80: np.ndarray
    brier: float
    base_rate_brier: float
    reliability: list[Bin]

    def __str__(self) -> str:
        bins = [f"{one.count:>6}  {one.chance:>6.1%}  {one.came_true:>9.1%}" for one in self.reliability]
        inside = self.coverage80
        said = [
            f"sMAPE {self.smape:.3f}; last year again {self.smape_of_last_year:.3f}",
            f"inside the interval of 80%: {inside.mean():.1%}; by month ahead {inside.min():.0%} to {inside.max():.0%}",
            f"chance of reaching a level: Brier {self.brier:.4f}; base rate {self.base_rate_brier:.4f}",
            " cases  chance  came true",
        ]
        return "\n".join([*said, *bins])


def read(shared: Path, count: int | None = None) -> Competition:
    """All series, or `count` of them at even distances in the order of their numbers."""
    rows = pl.read_parquet(shared / FILE).sort("series", "t")
    names = rows["series"].unique().sort().to_list()
    chosen = names if count is None else [names[len(names) * number // count] for number in range(count)]
    parts = {(name, split): values["y"].to_numpy() for (name, split), values in rows.group_by("series", "split")}
    return Competition([parts[name, "train"] for name in chosen], np.array([parts[name, "test"] for name in chosen]))


def result(competition: Competition) -> Result:
    """The shipped default on every series."""
    made = forecasts([Series(values, SEASON) for values in competition.known], HORIZON)
    means, deviations = (np.array([getattr(one, part) for one in made]) for part in ("mean", "deviation"))
    naive = np.array([seasonal_naive(values, SEASON, HORIZON) for values in competition.known])
    chances, came_true = _chances(competition, made)
    return Result(
        smape=float(smape(competition.came, means).mean()),
        smape_of_last_year=float(smape(competition.came, naive).mean()),
        coverage80=(np.abs(competition.came - means) <= EIGHTY * deviations).mean(axis=0),
        brier=brier(chances, came_true),
        base_rate_brier=float(came_true.mean() * (1 - came_true.mean())),
        reliability=reliability(chances, came_true),
    )


def _chances(competition: Competition, made: list[Forecast]) -> tuple[np.ndarray, np.ndarray]:
    """What chance each level was given, and whether it was reached; half of the levels from above, half from below."""
    told = []
    for number, (values, came, forecast) in enumerate(zip(competition.known, competition.came, made, strict=True)):
        sign, usual = 1 if number % 2 else -1, np.std(np.diff(values))
        for step in ASKED_AT:
            for steps in ASKED:
                level = values[-1] + steps * usual * np.sqrt(step / ASKED_AT[0])
                reached = sign * (came[step - 1] - level) >= 0
                told.append((chance.of_level(forecast, step, level, sign), float(reached)))
    chances, came_true = np.array(told).T
    return chances, came_true
