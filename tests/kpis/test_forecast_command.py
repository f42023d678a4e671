"""`python -m kpis forecast`: a table in, the contract's JSON out; what is wrong with the table is said with its line."""

import json
from pathlib import Path

import numpy as np
import pytest

from kpis.__main__ import main
from tests.small_city import build

FALLING = [100, 98, 97, 95, 94, 92, 91, 90, 88, 87, 86, 84]


@pytest.fixture
def table(tmp_path):
    def write(*lines: str, header: str = "period,value") -> Path:
        path = tmp_path / "values.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def months(values, year=2021) -> list[str]:
    return [f"{year + number // 12}-{number % 12 + 1:02},{value}" for number, value in enumerate(values)]


def run(capsys, path: Path, *told: str) -> tuple[int, dict]:
    code = main(["forecast", "--table", str(path), "--horizon", "12", "--season", "12", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_contract_is_printed_with_the_chance_of_the_target(capsys, table):
    code, said = run(capsys, table(*months(FALLING, 2025)), "--target", "75", "--polarity", "lower")
    assert code == 0
    assert list(said)[:4] == ["method", "points", "chance", "backtest"]
    assert list(said["points"][0])[:9] == ["period", "mean", "p5", "p10", "p25", "p50", "p75", "p90", "p95"]
    assert [said["points"][n]["period"] for n in (0, 11)] == ["2026-01", "2026-12"]
    assert said["chance"] == pytest.approx(0.999385, abs=1e-6)
    assert set(said["backtest"]) == {"mase", "smape", "coverage80"}
    assert (said["method"], said["why"]) == ("drift", "only 12 values are known; 24 are needed")


def test_a_long_series_has_the_mean_of_two_methods_and_no_chance_without_a_target(capsys, table):
    luck = np.random.default_rng(1)
    code, said = run(capsys, table(*months(luck.normal(50, 3, 60).round(2))))
    assert (code, said["method"], said["chance"], said["why"]) == (0, "mean of theta and ets", None, None)
    assert said["points"][0]["seasonal_naive"] and said["points"][0]["drift"]
    assert said["backtest"]["mase"] > 0


def test_several_series_are_answered_one_by_one(capsys, table):
    lines = [f"{line},{name}" for name in ("north", "south") for line in months(FALLING, 2025)]
    code, said = run(capsys, table(*lines, header="period,value,series"))
    assert code == 0
    assert [(one["series"], len(one["points"])) for one in said["series"]] == [("north", 12), ("south", 12)]
    assert said["points"] == [] and said["backtest"]["smape"] == pytest.approx(said["series"][0]["backtest"]["smape"])


@pytest.mark.parametrize(
    ("periods", "following"),
    [
        (["1", "2", "3", "4"], "5"),
        (["2019", "2020", "2021", "2022"], "2023"),
        (["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"], "2022-Q1"),
        (["2021-11-30", "2021-12-31", "2022-01-31", "2022-02-28"], "2022-03"),
        (["2024-W51", "2024-W52", "2025-W01", "2025-W02"], "2025-W03"),
        (["2022-03", "2021-12", "2022-01", "2022-02"], "2022-04"),  # in any order
    ],
)
def test_periods_are_understood_as_people_write_them(capsys, table, periods, following):
    code, said = run(capsys, table(*(f"{period},{number}" for number, period in enumerate(periods, start=3))))
    assert code == 0 and said["points"][0]["period"] == following


def test_an_empty_value_and_a_missing_row_are_gaps(capsys, table):
    lines = months(range(100, 160))
    code, said = run(capsys, table(*lines[:50], "2025-03,", *lines[52:]))
    assert code == 0
    assert (said["method"], said["why"]) == ("drift", "the series has gaps: 8 values since the last one; 24 are needed")


@pytest.mark.parametrize(
    ("lines", "line", "column", "message"),
    [
        (["2025-01,1", "2025-02,two"], 3, 2, "'two' is not a number"),
        (["2025-01,1", ",2"], 3, 1, "the period is missing"),
        (["2025-01,1", "2025-02,2", "2025-01,3"], 4, None, "'2025-01' is given twice"),
        (["2025-01,1", "spring,2"], 2, None, "'2025-01' and the others are not periods"),
        (["1,1", "999999999,2"], 2, None, "the periods lie too far apart"),
        ([], None, None, "no row holds a value"),
        (["2025-01,inf"], 2, 2, "'inf' is not a number"),
        (["2025-01,nan"], 2, 2, "'nan' is not a number"),
        (["2025-01,1e308"], 2, 2, "'1e308' is not a number"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_cure(capsys, table, lines, line, column, message):
    code, said = run(capsys, table(*lines))
    assert code == 1
    (problem,) = said["problems"]
    assert (problem["line"], problem["column"], problem["message"]) == (line, column, message)
    assert problem["hint"] and problem["path"].endswith("values.csv")
    assert (said["points"], said["chance"]) == ([], None)


def test_a_table_without_its_columns_or_that_is_none_is_refused(capsys, table, tmp_path):
    code, said = run(capsys, table("1,2", header="month,amount"))
    assert code == 1 and [problem["line"] for problem in said["problems"]] == [1, 1]
    assert run(capsys, tmp_path / "nothing.csv")[0] == 1
    (tmp_path / "latin.csv").write_bytes("period,value\n2025-01,ñ\n".encode("latin-1"))
    assert run(capsys, tmp_path / "latin.csv")[1]["problems"][0]["message"] == "not UTF-8 text"


@pytest.mark.parametrize(
    "told",
    [["--horizon", "0", "--season", "12"], ["--horizon", "12"], ["--horizon", "12", "--season", "12", "--target", "5"],
     ["--horizon", "12", "--season", "12", "--target", "nan", "--polarity", "lower"]],
)  # fmt: skip
def test_arguments_that_do_not_go_together_are_refused(capsys, table, told):
    assert main(["forecast", "--table", str(table("2025-01,1")), *told, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"]


def test_without_a_table_the_usage_is_wrong():
    with pytest.raises(SystemExit) as stop:
        main(["forecast", "--horizon", "3"])
    assert stop.value.code == 2


def test_the_same_stands_in_plain_words(capsys, table):
    path = table(*months(FALLING, 2025))
    assert main(["forecast", "--table", str(path), "--horizon", "2", "--season", "12", "--target", "80", "--polarity", "lower"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("drift (only 12 values are known") and "chance of the target: " in said


def test_all_goals_are_forecast_at_once_and_kept(capsys, tmp_path, monkeypatch):
    home = build(tmp_path)
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    for file in (home.store / "forecasts").rglob("*.json"):
        file.unlink()
    assert main(["forecast", "--all", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["facts_version"], said["places"]) == (1, 4)
    assert (
        said["forecasts"] == sum(len(json.loads(file.read_text())["outlooks"]) for file in (home.store / "forecasts").rglob("*.json")) > 0
    )


def test_before_the_first_load_nothing_can_be_forecast(tmp_path, monkeypatch):
    home = build(tmp_path)
    for file in (home.store / "facts").iterdir():
        file.unlink()
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["forecast", "--all"]) == 3
