"""Spikes at one value and hard cuts: what is planted is found, and what only looks like it is not."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from kpis.quality.cuts import cuts
from kpis.quality.pile import FEWEST, chance_of
from kpis.quality.spikes import spikes
from tests.quality_town import days, definitions, indicator, months, series

MONTH = np.arange(72)
SEASON = np.sin(2 * np.pi * MONTH / 12)


def noise(seed: int, size: int = 72) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, size)


def waves(seed: int = 1, decimals: int = 1) -> np.ndarray:
    """Six years of a seasonal series."""
    return np.round(60 + 0.05 * MONTH + 8 * SEASON + noise(seed), decimals)


def found(values, **parts):
    """Rules found by each of the two parts."""
    known = definitions(indicator(**parts))
    rows = series(known, values if isinstance(values, pl.DataFrame) else months(list(values)))
    return [[finding.rule for finding in part(rows, known).findings] for part in (cuts, spikes)]


PLANTED: dict[str, tuple[Callable[[int], np.ndarray], list[list[str]]]] = {
    "summers cut at 66": (lambda seed: waves(seed).clip(max=66), [["highest"], []]),
    "winters cut at 56": (lambda seed: waves(seed).clip(min=56), [["lowest"], []]),
    "eight months filled with their mean": (lambda seed: np.where(MONTH % 9 == 4, 60.4, waves(seed)), [[], ["same"]]),
    "nine months of one number": (lambda seed: np.where((MONTH > 30) & (MONTH < 40), 61.7, waves(seed)), [[], ["same"]]),
    "half of the values rounded to tens": (
        lambda seed: np.where(noise(seed + 100) > 0, 10 * np.round(400 + 9 * noise(seed)), np.round(4000 + 90 * noise(seed))),
        [[], ["round"]],
    ),
    "most values rounded to fives": (
        lambda seed: np.where(noise(seed + 100) > -0.7, 5 * np.round(800 + 60 * noise(seed)), np.round(4000 + 300 * noise(seed))),
        [[], ["round"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("case", PLANTED)
def test_what_is_planted_is_found(case, seed):
    plant, expected = PLANTED[case]
    assert found(plant(seed)) == expected


HARMLESS: dict[str, tuple[Callable[[], np.ndarray], dict]] = {
    "a seasonal series": (waves, {}),
    "a stock that stands still between steps": (lambda: 20 + np.cumsum(np.where(MONTH % 7 == 3, 1.4, 0)), {}),
    "a stock that has reached its end": (lambda: np.minimum(20 + 0.5 * MONTH, 40), {}),
    "small counts": (lambda: np.random.default_rng(4).poisson(6, 72).astype(float), {}),
    "many zeros": (lambda: np.maximum(waves(), 60) - 60, {}),
    "a rise by the same amount each month": (lambda: 20 + 0.5 * MONTH, {}),
    "a share that is often whole": (lambda: np.minimum(waves() + 38, 100), {"unit": "%"}),
    "values at the indicator's own limit": (lambda: waves().clip(max=66), {"max": 66}),
    "numbers that are all given in tens": (lambda: np.round(4000 + 300 * noise(3), -1), {}),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_only_looks_like_it_is_not_taken_for_it(case):
    plant, parts = HARMLESS[case]
    assert found(plant(), **parts) == [[], []]


def test_equal_ratios_of_different_parts_are_no_spike_and_equal_parts_are():
    values = [66.7 if n % 9 == 4 else value for n, value in enumerate(waves())]
    same = [(1400, 2100) if n % 9 == 4 else (round(20 * value) + 0.0, 2000.0) for n, value in enumerate(values)]
    apart = [(2 * (n + 700), 3 * (n + 700)) if n % 9 == 4 else part for n, part in enumerate(same)]
    for parts, rules in ((same, ["same"]), (apart, [])):
        above, below = ([float(pair[side]) for pair in parts] for side in (0, 1))
        rows = months(values, numerator=above, denominator=below)
        assert found(rows, kind="ratio")[1] == rules


def test_of_a_ratio_of_unknown_parts_only_the_edges_are_judged():
    assert found(np.where(MONTH % 9 == 4, 60.4, waves()), kind="ratio") == [[], []]
    assert found(waves().clip(max=66), kind="ratio") == [["highest"], []]
    known = definitions(indicator(kind="ratio"))
    (untold,) = spikes(series(known, months(list(waves()))), known).untold
    assert "small or unknown parts" in str(untold.reason)


def test_a_short_series_is_refused():
    known = definitions(indicator())
    rows = series(known, months([5.0] * (FEWEST - 1)))
    for part in (cuts, spikes):
        found = part(rows, known)
        assert found.findings == ()
        assert [str(untold.reason) for untold in found.untold] == ["cannot tell: fewer than 24 values"]
        assert found.untold[0].series == (("lights", "town"),)


def test_a_cut_says_how_many_and_shows_them():
    known = definitions(indicator())
    values = waves().clip(max=66)
    (cut,) = cuts(series(known, months(list(values))), known).findings
    count = int((values == 66).sum())
    assert str(cut.reason) == f"{count} of 72 values are exactly 66.0 days, and none is higher: they may have been cut off there"
    assert len(cut.rows) == count and {row.value for row in cut.rows} == {66}


@pytest.mark.parametrize(("count", "expected", "chance"), [(0, 3, 1), (1, 0, 0), (3, 3, 0.5768), (10, 1, 1.114e-7), (40, 0.1, 1.1e-88)])
def test_the_chance_of_so_many(count, expected, chance):
    assert chance_of(count, expected) == pytest.approx(chance, rel=0.12)


@pytest.fixture(scope="module")
def sensors(shared) -> pl.DataFrame:
    """PM2.5 of twelve stations in Beijing, hour by hour for four years; nulls are hours without a value."""
    events = pl.scan_parquet(shared / "data" / "public" / "beijing_air_hourly" / "beijing_air_events_long.parquet")
    columns = pl.col("ts"), pl.col("station").cast(pl.String).str.to_lowercase(), pl.col("value").cast(pl.Float64)
    return events.filter(pl.col("variable") == "PM2.5").select(columns).collect()


def stations(events: pl.DataFrame, value: pl.Expr):
    """Daily values of each station as series, and their definitions."""
    names = sorted(events["station"].unique())
    known = definitions(indicator(frequency="day", decimals=0, unit="µg/m³"), places=names)
    daily = events.group_by("station", period=pl.col("ts").dt.date()).agg(value.alias("value")).sort("station", "period")
    frames = [days([], place=name).vstack(_days(rows, name)) for (name,), rows in daily.group_by("station", maintain_order=True)]
    return series(known, *frames), known


def _days(rows: pl.DataFrame, place) -> pl.DataFrame:
    empty = days([0.0] * rows.height, place=str(place))
    return empty.with_columns(rows["period"], rows["value"])


def places(found) -> set[str]:
    return {place for finding in found.findings for place in finding.places}


def test_no_station_as_it_was_published_is_accused(sensors):
    for value in (pl.col("value").max(), pl.col("value").mean()):
        rows, known = stations(sensors, value)
        assert cuts(rows, known).findings == () and spikes(rows, known).findings == ()


def test_a_copy_clipped_like_the_altered_ones_is_found_at_every_station(sensors):
    rows, known = stations(sensors.with_columns(pl.col("value").clip(upper_bound=150)), pl.col("value").max())
    assert len(places(cuts(rows, known))) == 12
    assert {finding.rule for finding in cuts(rows, known).findings} == {"highest"}
    assert spikes(rows, known).findings == ()


def test_a_copy_without_nulls_like_the_altered_ones_is_found_at_every_station(sensors):
    filled = sensors.with_columns(pl.col("value").fill_null(pl.col("value").mean().over("station")))
    rows, known = stations(filled.filter(pl.col("ts").dt.hour() == 12), pl.col("value").first())
    assert len(places(spikes(rows, known))) == 12
