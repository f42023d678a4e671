"""Published files go through ordinary source mappings, and every cell of them arrives."""

import json
from datetime import date
from pathlib import Path

import pytest

from data import facts
from data.__main__ import main
from data.home import Home
from tests.real_homes import NYC_FILE, NYC_YEARS, SDSN_FILE, nyc_home, published, sdsn_home


def loaded(home: Home, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["ingest", str(file), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def held_values(home: Home) -> dict[tuple[str, str, date], float | None]:
    held = facts.current(home)
    assert held is not None
    rows = held.observations().select("place", "indicator", "period", "value").iter_rows()
    return {(place, indicator, period): value for place, indicator, period, value in rows}


def cell(text: str) -> float | None:
    return float(text) if text else None


def test_new_yorks_indicators_arrive_with_their_fiscal_years(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = nyc_home(tmp_path / "home", shared)
    told = loaded(home, shared / NYC_FILE, monkeypatch, capsys)
    assert (told["rows_read"], told["rows_loaded"], told["problems"]) == (1139 * 8, 1139 * 8, [])
    expected = {
        ("new_york", f"mmr_{record['ID']}", date(int(year), 6, 30)): cell(record[year])
        for record in published(shared / NYC_FILE)
        for year in NYC_YEARS
    }
    assert held_values(home) == expected
    assert expected["new_york", "mmr_119", date(2023, 6, 30)] == 4.5


def test_the_metropolitan_areas_indicators_arrive(
    tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = sdsn_home(tmp_path / "home", shared)
    told = loaded(home, shared / SDSN_FILE, monkeypatch, capsys)
    assert (told["rows_read"], told["rows_loaded"], told["problems"]) == (105 * 57, 105 * 57, [])
    expected = {
        (f"msa_{record['Cbsa']}", column.lower(), date(2019, 12, 31)): cell(text)
        for record in published(shared / SDSN_FILE)
        for column, text in record.items()
        if column.startswith("sdg")
    }
    assert held_values(home) == expected
    assert sum(value is None for value in expected.values()) == 170
