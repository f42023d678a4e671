"""Public panels of cities and countries arrive through mappings, and figures read from the files by eye are in force."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from data import facts
from data.__main__ import main
from data.home import Home
from tests.real_panels import (
    BRAZIL_COLUMNS,
    BRAZIL_TOWNS,
    HDI,
    HDI_PARTS,
    LOS_ANGELES,
    OWID,
    brazil_file,
    brazil_home,
    hdi_home,
    los_angeles_home,
    owid_home,
)
from tests.thorough import part


class Panel:
    """A home, its commands, and what is in force afterwards."""

    def __init__(self, home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys
        monkeypatch.setenv("MANDATO_HOME", str(home.folder))

    def loaded(self, *arguments: str) -> int:
        """Runs a command that finds nothing wrong, and returns how many rows it loaded."""
        told = self.told(*arguments)
        assert told["problems"] == []
        return told["rows_loaded"]

    def told(self, *arguments: str) -> dict[str, Any]:
        """Runs a command that loads something, and returns its answer."""
        status, answer = self.answered(*arguments)
        assert status == 0, str(answer)[:2000]
        return answer

    def answered(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Runs a command and returns its status and its answer."""
        status = main([*arguments, "--json"])
        return status, json.loads(self._capsys.readouterr().out)

    def value(self, place: str, indicator: str, year: int, segment: str = "") -> float | None:
        held = facts.current(self.home)
        assert held is not None
        day = date(year, 12, 31)
        return held.observations(places=[place], indicators=[indicator], since=day, until=day, segment=segment)["value"].item()

    def rows(self) -> pl.DataFrame:
        held = facts.current(self.home)
        assert held is not None
        return held.observations(segment=None)


def test_brazil_s_municipalities_in_three_census_years(tmp_path: Path, shared: Path, monkeypatch, capsys):
    towns = part(BRAZIL_TOWNS)
    panel = Panel(brazil_home(tmp_path / "home", shared, towns), monkeypatch, capsys)
    assert panel.loaded("ingest", str(brazil_file(tmp_path, shared, towns))) == towns * 3 * len(BRAZIL_COLUMNS)
    rows = panel.rows()
    assert (rows["place"].n_unique(), rows["period"].unique().sort().dt.year().to_list()) == (towns, [1991, 2000, 2010])
    assert rows["value"].null_count() == 0
    assert panel.value("mun_1100015", "idhm_l", 1991) == 0.617
    assert panel.value("mun_1100015", "idhm_r", 1991) == 0.516
    assert panel.value("mun_1100031", "idhm_r", 1991) == 0.43
    wide = rows.pivot("indicator", index=["place", "period"], values="value")
    education = (pl.col("i_escolaridade") * pl.col("i_freq_prop").pow(2)).pow(1 / 3)
    assert wide.select((education - pl.col("idhm_e")).abs().max()).item() < 0.0006  # the published rule, to its three decimals


def test_human_development_of_countries_since_1990(tmp_path: Path, shared: Path, monkeypatch, capsys):
    panel = Panel(hdi_home(tmp_path / "home", shared), monkeypatch, capsys)
    for component in HDI_PARTS:
        assert panel.loaded("ingest", str(shared / HDI), "--source", component) == 206 * 32
    assert panel.value("c_afg", "hdi", 1990) == 0.273
    assert panel.value("c_afg", "hdi", 2021) == 0.478
    assert panel.value("c_ago", "hdi", 1990) is None
    assert panel.value("c_arg", "le", 2021) == 75.3899
    assert panel.value("c_ury", "gnipc", 2021) == pytest.approx(21268.88, abs=0.005)
    assert panel.rows().height == 206 * 32 * 5


def test_four_small_panels_of_cities(tmp_path: Path, shared: Path, monkeypatch, capsys):
    panel = Panel(owid_home(tmp_path / "home", shared), monkeypatch, capsys)
    folder = shared / OWID
    assert panel.loaded("ingest", str(folder / "city_populations_1950-2035.csv")) == 540 * 2
    assert panel.loaded("ingest", str(folder / "co2_emissions_by_city.csv")) == 53 * 4
    assert panel.loaded("ingest", str(folder / "capital_city_population.csv")) == 232
    assert panel.loaded("ingest", str(folder / "air_pollution_by_city.csv")) == 331 * 2
    assert panel.value("at_bangalore", "population", 1950) == 0.745999
    assert panel.value("at_bangalore", "population_projected", 2035) == 18.065541
    assert panel.value("at_bangalore", "population", 2035) is None
    assert panel.value("at_athens", "co2", 2016) == 7.61
    assert panel.value("of_argentina", "capital_population", 2018) == 14966530
    assert panel.value("at_delhi", "particles", 2010) == 481
    assert panel.value("at_london", "particles", 1700) == 259.7402597
    assert panel.value("at_london", "smoke", 1700) == 142.8571429
    assert panel.rows().filter(pl.col("indicator").is_in(["smoke", "particles"]))["period"].min() == date(1700, 12, 31)


def test_los_angeles_indicators_with_their_segments(tmp_path: Path, shared: Path, monkeypatch, capsys):
    panel = Panel(los_angeles_home(tmp_path / "home", shared), monkeypatch, capsys)
    # lines 3222 and 3225 say the same, lines 4039 and 4045 contradict each other: whole, the file is refused for both
    status, answer = panel.answered("ingest", str(shared / LOS_ANGELES))
    assert (status, [problem["line"] for problem in answer["problems"]], facts.current(panel.home)) == (1, [3225, 4045], None)
    # 5,536 rows: 165 of them are of spans of years, and of the two pairs nobody knows which row is right
    told = panel.told("ingest", str(shared / LOS_ANGELES), "--partial")
    assert [problem["line"] for problem in told["problems"]] == [3222, 3225, 4039, 4045]
    assert (told["rows_read"], told["rows_left_out"], told["rows_refused"], told["rows_loaded"]) == (5367, 165, 4, 5536 - 165 - 4)
    read = (
        _file(shared).with_row_index("line", 2).filter(pl.col("year").str.len_chars() == 4, ~pl.col("line").is_in([3222, 3225, 4039, 4045]))
    )
    assert sorted(panel.rows()["value"]) == sorted(read["value"].str.strip_chars().cast(pl.Float64))
    assert panel.rows()["indicator"].n_unique() == read.select("indicator", "units").unique().height
    ids = {said: name for name, said in _names(panel.home).items()}
    poverty = ids["1-1-1 Percent by Age"]
    assert panel.value("los_angeles", poverty, 2012) == 10
    assert panel.value("los_angeles", poverty, 2012, "Age=Under 18 years") == 13.8
    assert panel.value("los_angeles", ids["1-1-1 Percent by Gender"], 2012, "Gender=Female") == 10.9
    rows = panel.rows()
    staff = rows.filter(pl.col("segment") == "City of LA Department=Police|Gender=Female")
    expected = _file(shared).filter(pl.col("disaggregation") == "City of LA Department=Police|Gender=Female")
    assert sorted(staff["value"]) == sorted(expected["value"].cast(pl.Float64))


def _names(home: Home) -> dict[str, str]:
    told = yaml.safe_load(home.indicators.read_text(encoding="utf-8"))["indicators"]
    return {indicator["id"]: indicator["description"] for indicator in told}


def _file(shared: Path) -> pl.DataFrame:
    return pl.read_csv(shared / LOS_ANGELES, infer_schema=False)
