"""`python -m data rollup`: what has changed is computed and loaded, once; what is gone is taken back; nothing else moves."""

import json
import os
import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import facts
from data.__main__ import main
from data.home import Home
from tests.rollup_town import MONTHS, SENSORS, drawn_readings, drawn_requests, town, write_requests, write_sensors


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = town(tmp_path / "home")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    write_sensors(home, drawn_readings(random.Random(1)))
    return home


@pytest.fixture
def told(home: Home, capsys: pytest.CaptureFixture[str]):
    """Runs a roll-up and returns what it tells, with its exit code as `code`."""

    def run(*arguments: str) -> dict:
        code = main(["rollup", *arguments, "--json"])
        return {**json.loads(capsys.readouterr().out.splitlines()[-1]), "code": code}

    return run


def held(home: Home) -> facts.Facts:
    found = facts.current(home)
    assert found is not None
    return found


def in_force(home: Home) -> pl.DataFrame:
    return held(home).observations(segment=None)


def readings(home: Home, month: str) -> Path:
    year, number = month.split("-")
    return home.folder / f"data/incoming/sensors/year={year}/month={number}/readings.parquet"


def doubled(path: Path) -> None:
    pl.read_parquet(path).with_columns(pl.col("value") * 2).write_parquet(path)


def counts(told: dict) -> tuple[int, int, int]:
    return told["rows_loaded"] - told["rows_revised"], told["rows_revised"], told["rows_unchanged"]


def test_it_loads_and_says_what_it_did(home, told):
    first = told("sensors")
    assert first["code"] == 0
    assert counts(first) == (12, 0, 0)
    assert first["engine"] == "duckdb"
    assert first["seconds"] > 0
    assert first["files"] == [str(readings(home, month)) for month in MONTHS]
    assert (first["rows_read"], first["rows_refused"], first["rows_gone"], first["problems"]) == (12, 0, 0, [])
    assert first["facts_version"] == 1
    [load] = held(home).loads()
    assert (load.id, load.source, load.rows_read) == (first["load_id"], "sensors", 12)


def test_what_has_not_changed_is_not_computed_again(home, told):
    told("sensors")
    again = told("sensors")
    assert (again["load_id"], again["rows_read"], again["facts_version"]) == (None, 0, 1)


def test_a_file_that_was_only_touched_has_not_changed(home, told):
    told("sensors")
    os.utime(readings(home, MONTHS[0]))
    assert told("sensors")["load_id"] is None


def test_only_the_month_of_a_changed_file_is_computed(home, told):
    told("sensors")
    before = in_force(home)
    doubled(readings(home, "2026-01"))
    assert counts(told("sensors")) == (0, 2, 1)  # the third has too few hours, before and after
    changed = in_force(home).join(before, on=["place", "indicator", "segment", "period", "value"], how="anti", nulls_equal=True)
    assert changed["period"].unique().to_list() == [date(2026, 1, 31)]


def test_a_new_month_is_added(home, told):
    kept = readings(home, "2026-02").read_bytes()
    readings(home, "2026-02").unlink()
    assert counts(told("sensors")) == (9, 0, 0)
    readings(home, "2026-02").write_bytes(kept)
    assert counts(told("sensors")) == (3, 0, 0)


def test_values_whose_events_are_gone_are_missing_with_their_reason(home, told):
    told("sensors")
    readings(home, "2025-12").unlink()
    gone = told("sensors")
    assert (gone["rows_gone"], counts(gone)) == (3, (0, 3, 0))
    december = in_force(home).filter(pl.col("period") == date(2025, 12, 31))
    assert december["value"].to_list() == [None] * 3
    assert set(december["flag"]) == {"no event counts for it any more"}
    assert told("sensors")["load_id"] is None


def test_a_place_that_has_no_event_left_in_a_month_is_taken_back(home, told):
    told("sensors")
    path = readings(home, "2025-12")
    pl.read_parquet(path).filter(pl.col("station") != "S2").write_parquet(path)
    assert (told("sensors")["rows_gone"], in_force(home).filter(pl.col("flag") == "no event counts for it any more").height) == (1, 1)


def test_what_others_loaded_is_not_taken_back(home, told, tmp_path):
    told("sensors")
    mapping = tmp_path / "map.yaml"
    mapping.write_text("columns: {place: place, indicator: indicator, period: period, value: value}\n", encoding="utf-8")
    (tmp_path / "own.csv").write_text("place,indicator,period,value\nnew_town,no2,2025-12,7\nharbour,no2,2025-12,8\n", encoding="utf-8")
    assert main(["ingest", str(tmp_path / "own.csv"), "--map", str(mapping)]) == 0
    readings(home, "2025-12").unlink()
    assert told("sensors")["rows_gone"] == 2
    december = in_force(home).filter(pl.col("period") == date(2025, 12, 31), pl.col("indicator") == "no2")
    assert dict(december.select("place", "value").iter_rows()) == {"new_town": 7, "harbour": 8, "old_town": None}


def test_after_a_load_was_taken_out_everything_is_computed_again(home, told):
    first = told("sensors")
    doubled(readings(home, "2026-01"))
    told("sensors")
    assert main(["rollback", str(first["load_id"])]) == 0
    assert counts(told("sensors"))[0] == 9
    assert in_force(home).height == 12


def test_after_the_last_load_was_undone_it_is_loaded_again(home, told):
    told("sensors")
    assert main(["rollback"]) == 0
    assert counts(told("sensors")) == (12, 0, 0)


def test_events_that_become_again_what_they_were_are_in_force_again(home, told):
    path = readings(home, "2026-01")
    first, whole = told("sensors"), path.read_bytes()
    before = in_force(home)
    doubled(path)
    told("sensors")
    path.write_bytes(whole)
    last = told("sensors")
    assert last["load_id"] != first["load_id"]
    assert in_force(home)["value"].to_list() == before["value"].to_list()


def test_another_definition_computes_everything_again(home, told):
    told("sensors")
    (home.rollups / "sensors.yaml").write_text(json.dumps({**SENSORS, "parameters": {"complete_share": 0}}), encoding="utf-8")
    told_again = told("sensors")
    assert told_again["rows_read"] == 12
    assert in_force(home)["value"].null_count() == 0


def test_months_that_are_asked_for_are_computed_whether_they_changed_or_not(home, told):
    told("sensors")
    again = told("sensors", "--since", "2025-12", "--until", "2026-01")
    assert (again["rows_read"], counts(again), again["rows_gone"]) == (6, (0, 0, 6), 0)
    assert told("sensors")["load_id"] is None
    assert told("sensors", "--until", "2025-11")["rows_read"] == 3


def test_a_run_for_one_month_does_not_hide_what_changed_in_another(home, told):
    told("sensors")
    doubled(readings(home, "2025-11"))
    doubled(readings(home, "2026-01"))
    assert counts(told("sensors", "--since", "2026-01", "--until", "2026-01")) == (0, 2, 1)
    assert told("sensors")["rows_revised"] == 3  # November's, and January's no more


def test_a_roll_up_in_which_events_count_for_several_months_is_computed_whole(home, told):
    write_requests(home, drawn_requests(random.Random(2)))
    whole = told("requests")
    assert whole["rows_read"] == 4 * 4 * 9
    write_requests(home, [], files=["2025-11"])
    again = told("requests")
    assert again["rows_read"] == whole["rows_read"]
    assert again["rows_revised"] > 0


def test_a_dry_run_changes_nothing(home, told):
    dry = told("sensors", "--dry-run")
    assert (dry["rows_read"], dry["rows_loaded"], dry["load_id"]) == (12, 0, None)
    assert facts.current(home) is None
    assert counts(told("sensors")) == (12, 0, 0)


def test_a_dry_run_says_what_the_run_would_revise(home, told):
    dry = told("sensors", "--dry-run")
    assert dry["would_be"] == {"new": 12, "revised": 0, "unchanged": 0}
    told("sensors")
    doubled(readings(home, "2026-01"))
    dry = told("sensors", "--dry-run")
    assert dry["would_be"] == {"new": 0, "revised": 2, "unchanged": 1}
    assert (dry["rows_loaded"], dry["facts_version"]) == (0, 1)
    assert counts(told("sensors")) == (0, 2, 1)
    assert told("sensors", "--dry-run")["would_be"] == {"new": 0, "revised": 0, "unchanged": 0}


def test_a_refusal_changes_nothing_and_names_everything(home, told):
    told("sensors")
    (home.rollups / "sensors.yaml").write_text(json.dumps({**SENSORS, "names": {}}), encoding="utf-8")
    refused = told("sensors")
    assert refused["code"] == 1
    assert [problem["message"] for problem in refused["problems"]] == ["'S1' is not a known place", "'S2' is not a known place"]
    assert {problem["path"].split("/")[-1] for problem in refused["problems"]} == {"sensors.sql"}
    assert held(home).version == 1


def test_what_fills_no_indicator_is_said(home, told, capsys):
    (home.rollups / "sensors.yaml").write_text(json.dumps({**SENSORS, "indicators": {"NO2": "no2"}}), encoding="utf-8")
    assert main(["rollup", "sensors"]) == 0
    said = capsys.readouterr()
    assert said.err == "not loaded, because `indicators` does not name them: noise\n"
    assert said.out.startswith("8 observations from 2025-11-30 to 2026-02-28: 8 new, 0 revised, 0 unchanged.")


def test_no_row_for_any_indicator_loads_nothing(home, told, capsys):
    (home.rollups / "sensors.yaml").write_text(json.dumps({**SENSORS, "indicators": {"no2": "no2"}}), encoding="utf-8")
    assert main(["rollup", "sensors"]) == 0
    assert "The roll-up computed no row for an indicator that it names; nothing was loaded." in capsys.readouterr().out
    assert facts.current(home) is None


def test_events_elsewhere_are_found_from_where_one_stands(home, told, monkeypatch):
    (home.folder / "data/incoming").rename(home.folder / "elsewhere")
    monkeypatch.chdir(home.folder / "elsewhere")
    assert told("sensors")["problems"][0]["hint"] == "put the events there, or say where they are with --source-path"
    assert counts(told("sensors", "--source-path", "sensors")) == (12, 0, 0)


def test_a_lost_memory_loses_nothing(home, told):
    told("sensors")
    memory = home.store / "rollups" / "sensors.json"
    for text in ("", "{", "[]", '{"definition": 1}'):
        memory.write_text(text, encoding="utf-8")
        again = told("sensors")
        assert (counts(again), again["facts_version"]) == ((0, 0, 12), 1)


def test_numbers_that_differ_by_noise_are_no_revision(home, told):
    """Engines add floats in any order."""
    told("sensors")
    path = readings(home, "2026-01")
    pl.read_parquet(path).with_columns(pl.col("value") * (1 + 4e-16)).write_parquet(path)
    assert counts(told("sensors")) == (0, 0, 3)
