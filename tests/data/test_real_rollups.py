"""Public sets of raw events are rolled up by the SQL that comes with the program, and give the figures that are published of them."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import facts
from data.__main__ import main
from data.home import Home
from tests.real_homes import published
from tests.real_rollups import beijing_home, boston_home, madrid_home

AIR = "data/public/beijing_air_hourly"


def rolled_up(home: Home, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pl.DataFrame:
    """What is in force after the roll-up."""
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["rollup", name, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["problems"] == []
    held = facts.current(home)
    assert held is not None
    return held.observations(segment=None)


@pytest.fixture
def boston(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pl.DataFrame:
    home = boston_home(tmp_path / "home", shared)
    rolled_up(home, "requests", monkeypatch, capsys)
    return rolled_up(home, "half_year", monkeypatch, capsys)


def test_boston_s_requests_are_those_that_are_published(boston):
    city = boston.filter(pl.col("place") == "boston").sort("period")

    def months(indicator: str, column: str = "value") -> list[float]:
        return city.filter(pl.col("indicator") == indicator)[column].to_list()

    assert city.filter(pl.col("indicator") == "requests_received")["period"].to_list() == [date(2011, m, d) for m, d in MONTHS]
    assert months("requests_received") == [9854, 11547, 10427, 9999, 8087, 8337]
    assert sum(months("requests_received")) == 58251
    assert sum(months("requests_on_time", "numerator")) == 46572
    assert sum(months("requests_overdue")) == 11521
    assert sum(months("requests_on_time", "denominator")) == 46572 + 11521
    assert months("median_hours_of_the_year") == [pytest.approx(22.18, abs=0.005)]
    open_at_the_end = months("requests_backlog")[-1]
    assert open_at_the_end == sum(months("requests_received")) - sum(months("requests_closed"))


MONTHS = ((7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31))


def test_boston_s_neighbourhoods_add_up_to_the_city_but_for_requests_of_none(boston, shared):
    received = boston.filter(pl.col("indicator") == "requests_received")
    by_place = dict(received.group_by("place").agg(pl.col("value").sum()).iter_rows())
    assert by_place["boston_dorchester"] == 9239
    assert sum(by_place.values()) - by_place["boston"] == 58251 - 2829 - 41


@pytest.mark.parametrize("complete_share", [0, 0.75], ids=["every month", "complete months"])
def test_beijing_s_air_is_as_it_is_published(tmp_path, shared, monkeypatch, capsys, complete_share):
    rows = rolled_up(beijing_home(tmp_path / "home", shared, complete_share), "sensors", monkeypatch, capsys)
    assert rows.height == 12 * 12 * 48
    pm25 = rows.filter(pl.col("indicator") == "air_pm2_5")
    if complete_share:
        incomplete = pm25.filter(pl.col("value").is_null())["flag"].str.extract_groups(r"^(\d+) of (\d+) hours measured$").to_list()
        assert incomplete
        assert all(int(hours["1"]) < 0.75 * int(hours["2"]) for hours in incomplete)
        return
    mean = pl.col("numerator").sum() / pl.col("denominator").sum()
    assert pm25.select(mean).item() == pytest.approx(79.7934, abs=0.00005)
    assert rows.select(pl.col("denominator").sum()).item() == 5_049_216 - 74_027
    _compare(pm25.group_by(pl.col("period").dt.strftime("%Y-%m").alias("month")).agg(mean, pl.col("denominator").sum()), shared, "month")
    _compare(
        pm25.group_by(pl.col("period").dt.year().alias("year"), "place").agg(mean, pl.col("denominator").sum()), shared, "year_station"
    )


def _compare(found: pl.DataFrame, shared: Path, name: str) -> None:
    """Means to the four decimals that are published, and how many hours they are of."""
    expected = published(shared / AIR / f"reference_pm25_{name}_recomputed.csv")
    ours = {tuple(str(part) for part in key): (mean, hours) for *key, mean, hours in found.iter_rows()}
    theirs = {tuple(value.lower() for value in list(row.values())[:-2]): (float(row["mean"]), float(row["count"])) for row in expected}
    assert ours.keys() == theirs.keys()
    assert all(ours[key] == pytest.approx(theirs[key], abs=0.00006) for key in theirs)


def test_madrid_s_budget_was_carried_out_as_it_is_published(tmp_path, shared, monkeypatch, capsys):
    rows = rolled_up(madrid_home(tmp_path / "home", shared), "payments", monkeypatch, capsys)
    total = rows.filter(pl.col("segment") == "", pl.col("indicator") == "budget_execution")
    execution = {
        str(period.year): (value, spent, credit)
        for period, value, spent, credit in total.select("period", "value", "numerator", "denominator").iter_rows()
    }
    expected = {
        row["anio"]: (float(row["ejecucion_pct"]), float(row["obligaciones_reconocidas"]), float(row["credito_definitivo"]))
        for row in published(shared / "data/public/madrid_budget/totals_gastos_recomputed.csv")
    }
    assert execution.keys() == expected.keys()
    assert all(execution[year] == pytest.approx(expected[year], abs=0.005) for year in expected)
    assert (round(execution["2011"][0], 2), round(execution["2018"][0], 2)) == (93.65, 81.13)
    for kind in ("chapter", "area"):
        parts = rows.filter(pl.col("segment").str.starts_with(f"{kind}="), pl.col("indicator") == "credit")
        assert parts.select(pl.col("value").sum()).item() == pytest.approx(sum(credit for _, _, credit in expected.values()))
