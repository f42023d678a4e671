"""Published tables as panels for regressions, and panels that were made up, of which the truth is known."""

from pathlib import Path

import numpy as np
import polars as pl

from kpis.impact.effect import Effect, Point
from kpis.impact.panel import NEVER, Panel
from kpis.impact.study import Study

TABLES = "data/public/impact_eval"


def asked(method: str, **said: object) -> Study:
    """A study of some table by a method."""
    return Study.model_validate(
        {"study": "one", "table": "t.csv", "unit": "u", "time": "t", "outcome": "y", "treated": ["a"], "method": method, **said}
    )


def castle(shared: Path, weights: bool) -> Panel:
    """Fifty states, 2000 to 2010: the logarithm of homicides, and since when a state has the law (Cheng and Hoekstra, 2013)."""
    rows = pl.read_csv(shared / TABLES / "castle.csv").sort("sid", "year")
    return of_rows(rows, "sid", "year", "l_homicide", "post", "popwt" if weights else None)


def organ_donors(shared: Path) -> Panel:
    """27 states in six quarters; California alone asks otherwise from the fourth on (Kessler and Roth, 2014)."""
    began = (pl.col("State") == "California") & (pl.col("Quarter_Num") >= 4)
    rows = pl.read_csv(shared / TABLES / "organ_donations.csv").with_columns(began=began.cast(int))
    return of_rows(rows.sort("State", "Quarter_Num"), "State", "Quarter_Num", "Rate", "began")


def smoking(shared: Path) -> Panel:
    """Packs a head in 39 states, 1970 to 2000; California's law began in 1989 (Abadie, Diamond and Hainmueller, 2010)."""
    rows = pl.read_csv(shared / TABLES / "california_prop99_synthdid.csv", separator=";").sort("State", "Year")
    return of_rows(rows, "State", "Year", "PacksPerCapita", "treated")


def fast_food(shared: Path) -> Panel:
    """Jobs in single restaurants of Pennsylvania and New Jersey, before and after a minimum wage (Card and Krueger, 1994)."""
    rows = pl.read_csv(shared / TABLES / "card_krueger_njmin3.csv").drop_nulls("fte")
    samples = (rows["nj"].to_numpy(), rows["d"].to_numpy(), rows["fte"].cast(float).to_numpy())
    means = [[samples[2][(samples[0] == state) & (samples[1] == wave)].mean() for wave in (0, 1)] for state in (0, 1)]
    return Panel(("Pennsylvania", "New Jersey"), ("before", "after"), np.array(means), np.array([NEVER, 1]), samples=samples)


def banks(shared: Path) -> Panel:
    """Banks in business in two Federal Reserve districts on 1 July 1930 and 1931; the sixth lent to banks in need (Angrist and Pischke)."""
    rows = pl.read_csv(shared / TABLES / "banks.csv").filter((pl.col("day") == 1) & (pl.col("month") == 7))
    two = rows.filter(pl.col("year").is_in([1930, 1931])).sort("year")
    return Panel(("sixth", "eighth"), ("1930", "1931"), two.select("bib6", "bib8").to_numpy().T.astype(float), np.array([1, NEVER]))


def deaths(shared: Path) -> tuple[Panel, int]:
    """Deaths by month in England and Wales, 2006 to 2022, with the temperature; and which month is January 2020."""
    rows = pl.read_csv(shared / TABLES / "deaths_and_temps_england_wales.csv").sort("date")
    start = int((rows["date"] < "2020-01-01").sum())
    warmth = rows["temp"].cast(float).to_numpy()[None]
    values = rows["deaths"].cast(float).to_numpy()[None]
    return Panel(("both",), tuple(rows["date"]), values, np.array([start]), covariates={"temp": warmth}), start


def of_rows(rows: pl.DataFrame, unit: str, time: str, outcome: str, under: str, weights: str | None = None) -> Panel:
    """Rows in order of unit and period, balanced; `under` is 1 while under the policy."""
    units, periods = rows[unit].unique(maintain_order=True), sorted(rows[time].unique())
    shape = len(units), len(periods)
    policy = rows[under].to_numpy().reshape(shape)
    return Panel(
        tuple(map(str, units)),
        tuple(map(str, periods)),
        rows[outcome].cast(float).to_numpy().reshape(shape),
        np.where(policy.any(axis=1), policy.argmax(axis=1), NEVER),
        weights=None if weights is None else rows[weights].cast(float).to_numpy().reshape(shape)[:, 0],
    )


def made(first: list[int], effects: np.ndarray | float, periods: int = 12, noise: float = 1.0, seed: int = 1) -> Panel:
    """Units of their own level that move together; `first` is each one's first period under the policy, or NEVER.

    `effects` are by periods since the start, units x periods or alike for all.
    """
    chance = np.random.default_rng(seed)
    starts, when = np.array(first), np.arange(periods)
    since = when - np.where(starts == NEVER, periods, starts)[:, None]
    by_since = np.broadcast_to(np.asarray(effects, dtype=float), (len(first), periods))
    added = np.where(since >= 0, np.take_along_axis(by_since, np.clip(since, 0, periods - 1), axis=1), 0.0)
    usual = (
        chance.normal(50, 10, (len(first), 1)) + np.cumsum(chance.normal(size=periods)) + noise * chance.normal(size=(len(first), periods))
    )
    return Panel(tuple(f"u{unit:02d}" for unit in range(len(first))), tuple(str(2000 + at) for at in when), usual + added, starts)


def series(outcome: np.ndarray, start: int) -> Panel:
    """One place alone, by month."""
    months = tuple(f"{2018 + at // 12}-{at % 12 + 1:02d}" for at in range(len(outcome)))
    return Panel(("here",), months, np.asarray(outcome, dtype=float)[None], np.array([start]))


def remembering(months: int, memory: float, seed: int) -> np.ndarray:
    """Noise of deviation 1, of which a part is that of the month before."""
    chance = np.random.default_rng(seed).normal(size=months)
    for month in range(1, months):
        chance[month] = memory * chance[month - 1] + np.sqrt(1 - memory**2) * chance[month]
    return chance


def holds(effect: Effect | Point, truth: float) -> bool:
    """Whether the interval of an effect, or of one period, holds what was put in."""
    assert effect.low is not None and effect.high is not None
    return effect.low <= truth <= effect.high


def error(effect: Effect) -> float:
    """The standard error of an effect that has one."""
    assert effect.se is not None
    return effect.se


def told(effect: Effect, name: str) -> float:
    """A diagnostic that is a number."""
    number = effect.diagnostics[name]
    assert isinstance(number, float | int)
    return float(number)
