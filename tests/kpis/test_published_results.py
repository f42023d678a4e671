"""What two cities' offices published about their goals comes out of ours, one by one."""

import json
from pathlib import Path

import pytest

from data import definitions as definition_files
from data import facts
from data.__main__ import main as data_main
from data.home import Home
from data.periods import Month
from kpis import catalogue
from kpis.__main__ import main
from kpis.judge import judge
from tests.real_homes import NYC_FILE, SDSN_FILE, nyc_home, published, sdsn_home
from tests.real_kpis import write_nyc_kpis, write_sdsn_kpis

SUCCESS = {"Met_Goal": {"reached", "exceeded"}, "Did_Not_Meet": {"off_track"}, "": {"untracked"}}
IMPROVING = {"Improving": {"better", "equal"}, "Not_Improving": {"worse"}, "": {"unknown"}}


def ingest(home: Home, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert data_main(["ingest", str(file), "--json"]) == 0
    capsys.readouterr()


@pytest.fixture
def new_york(tmp_path, shared, monkeypatch, capsys) -> dict:
    """What `kpis evaluate` says of New York's fiscal year 2023."""
    home = nyc_home(tmp_path / "home", shared)
    write_nyc_kpis(home, shared)
    ingest(home, shared / NYC_FILE, monkeypatch, capsys)
    assert main(["check"]) == 0
    capsys.readouterr()
    assert main(["evaluate", "--place", "new_york", "--month", "2023-06", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_new_yorks_goals_are_judged_as_its_office_did(new_york, shared):
    summary, changes = new_york["summary"], new_york["summary"]["changes"]
    assert (summary["met"], summary["not_met"], summary["statuses"]["untracked"]) == (183, 168, 788)
    assert (changes["better"] + changes["equal"], changes["worse"], changes["unknown"]) == (585, 541, 13)
    judged = {row["id"]: row for row in new_york["kpis"]}
    records = published(shared / NYC_FILE)
    assert len(judged) == len(records) == 1139
    for record in records:
        row = judged[f"mmr_{record['ID']}"]
        assert row["status"] in SUCCESS[record["Success"].replace("NA", "")], record
        direction = row["change"]["direction"] if row["change"] else "unknown"
        assert direction in IMPROVING[record["OneYrImproving"].replace("NA", "")], record


def test_the_us_cities_sdg_scores_are_progress_from_the_worst_value_to_the_target(tmp_path, shared, monkeypatch, capsys):
    home = sdsn_home(tmp_path / "home", shared)
    columns = write_sdsn_kpis(home, shared)
    assert len(columns) == 51
    ingest(home, shared / SDSN_FILE, monkeypatch, capsys)
    definitions = definition_files.load(home)
    held = facts.current(home)
    assert held is not None
    places = [place.id for place in definitions.places]
    found = judge(held.observations(), catalogue.load(home, definitions), definitions, places, [Month(2019, 12)])
    judged = {(row["place"], row["kpi"]): row for row in found.iter_rows(named=True)}
    compared = 0
    for record in published(shared / SDSN_FILE):
        for column in columns:
            row, score = judged[f"msa_{record['Cbsa']}", column.lower()], record[f"n_{column}"]
            assert (row["status"] == "no_data") == (score == "")
            if score:
                assert min(max(row["progress"] * 100, 0), 100) == pytest.approx(float(score), abs=0.01), (column, record["msa"])
                assert (row["status"] in ("reached", "exceeded")) == (float(score) >= 99.9999), (column, record["msa"], row)
                compared += 1
    assert compared == 105 * 51 - found["value"].null_count() > 5000
