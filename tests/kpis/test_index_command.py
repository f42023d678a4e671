"""`python -m kpis index`: an index in, the promised JSON out, the best place first; what is wrong is said with its line, and exits 1."""

import json
from pathlib import Path
from typing import Any

import pytest

from kpis.__main__ import main
from kpis.index.built import STEPS
from tests import index_home
from tests.index_tables import TABLE, files, with_level

PROMISED = ["index", "steps", "places"]
OF_A_PLACE = ["place", "score", "rank", "rank_low", "rank_high", "tier", "parts"]
WRITTEN = """# INDEX.yaml
index: human_development
place: country                 # column that names the place
indicators:
  - name: life
    column: le
    direction: higher
    normalise: goalposts
    low: 20
    high: 85
    log: false
    weight: 1
    treat: none
  - {name: eys, column: eys, normalise: goalposts, low: 0, high: 18}
  - {name: mys, column: mys, normalise: goalposts, low: 0, high: 15}
  - {name: income, column: gni, normalise: goalposts, low: 100, high: 75000, log: true, denominator: population}
levels:
  - {name: education, of: [eys, mys], combine: arithmetic}
  - {name: index, of: [life, education, income], combine: geometric, weights: equal}
cap: [0, 1]
round: 3
missing: skip
coverage: 0.5
doubt: {draws: 1000, weights: 0.25, normalise: [minmax, zscore], combine: [arithmetic, geometric], error: {life: 0.4}, seed: 1}
"""
COUNTRIES = """country,le,eys,mys,gni,population
A,65.3105,6.2046,5.17,382900,100
B,80,16,12,4500000,100
C,72,12,,1200000,100
D,60,,,,
E,84,18,14,7000000,100
"""


def run(capsys: pytest.CaptureFixture[str], *told: str) -> tuple[int, dict[str, Any]]:
    code = main(["index", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def human_development(tmp_path: Path) -> tuple[str, str, str]:
    (tmp_path / "index.yaml").write_text(WRITTEN, encoding="utf-8")
    (tmp_path / "countries.csv").write_text(COUNTRIES, encoding="utf-8")
    return str(tmp_path / "index.yaml"), "--table", str(tmp_path / "countries.csv")


def test_the_contract_is_printed_for_a_table(capsys: pytest.CaptureFixture[str], human_development: tuple[str, ...]) -> None:
    code, said = run(capsys, *human_development)
    assert code == 0 and list(said)[:3] == PROMISED and said["index"] == "human_development" and said["problems"] == []
    assert list(said["steps"]) == list(STEPS) and said["steps"]["denominated"]["A"]["income"] == 3829
    assert said["steps"]["imputed"]["C"]["mys"] is None and said["steps"]["normalised"]["A"]["life"] == pytest.approx(0.6971, abs=1e-4)
    assert [place["place"] for place in said["places"]] == ["E", "B", "C", "A"]
    assert [key for key in said["places"][0] if key in OF_A_PLACE] == OF_A_PLACE
    last = said["places"][-1]
    assert last["score"] == 0.51 and last["rank"] == 4 and last["parts"]["education"] == pytest.approx(0.3447, abs=1e-4)
    assert all(place["rank_low"] <= place["rank"] <= place["rank_high"] and place["tier"] >= 1 for place in said["places"])
    assert said["left_out"] == [{"place": "D", "reason": "D has 1 of 4 indicators, and 2 are asked for"}]
    assert any("mys of C is missing" in flag["message"] for flag in said["flags"])
    assert said["weights"]["index"] == pytest.approx({"life": 1 / 3, "education": 1 / 3, "income": 1 / 3})
    assert said["doubt"] == {"draws": 1000, "choices": True, "error": True}


def test_draws_can_be_asked_for_and_are_the_same_again(capsys: pytest.CaptureFixture[str], human_development: tuple[str, ...]) -> None:
    first, again = (run(capsys, *human_development, "--draws", "200")[1] for _ in range(2))
    assert first == again and first["doubt"]["draws"] == 200
    code, refused = run(capsys, *human_development, "--draws", "0")
    assert code == 1 and refused["problems"][0]["key"] == "--draws" and refused["places"] == []


def test_in_words_the_tier_comes_first_and_the_doubt_last(capsys: pytest.CaptureFixture[str], human_development: tuple[str, ...]) -> None:
    assert main(["index", *human_development]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith("tier 1  rank 1") and lines[0].endswith("  E")
    assert lines[-2] == "left out: D has 1 of 4 indicators, and 2 are asked for"
    both = "how much the choice of method matters and the chance in the measurements together"
    assert lines[-1] == f"intervals show {both}: 90 % of 1,000 draws (normalise, combine, weights, error) lie within them"
    assert "mys of C is missing: the other parts carry its weight" in said.err


@pytest.mark.parametrize(
    ("doubt", "first", "last"),
    [
        ({"missing": ["median"]}, "rank 1  1.000  Duna", "nothing was doubted: a rank of its own for each place looks surer than it is"),
        (
            {"error": {"jobs": 1}, "draws": 100},
            "tier 1  rank 1  ",
            "intervals show the chance in the measurements: 90 % of 100 draws (error) lie",
        ),
        (
            {"weights": 0.2},
            "tier 1  rank 1  ",
            "intervals show how much the choice of method matters, and not chance: 90 % of 1,000 draws (weights)",
        ),
    ],
)
def test_in_words_no_tier_stands_where_nothing_was_doubted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, doubt: dict[str, Any], first: str, last: str
) -> None:
    assert main(["index", str(files(tmp_path, doubt=doubt, place_name="name"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(first) and lines[-1].startswith(last)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"levels": with_level("index", weights={"nature": 0.9, "jobs": 0.9})}, "the weights of index sum to 1.8"),
        ({"table": TABLE.replace(",50", ",fifty")}, "'fifty' is not a number"),
        ({"table": TABLE.replace(",5,", ",1,").replace(",4,", ",1,").replace(",3,", ",1,")}, "waste is the same everywhere"),
    ],
)
def test_what_is_wrong_is_listed_and_nothing_is_ranked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, changed: dict[str, Any], message: str
) -> None:
    code, said = run(capsys, str(files(tmp_path, **changed)))
    assert code == 1 and said["places"] == [] and said["index"] is None
    assert any(message in problem["message"] and problem["line"] and problem["hint"] for problem in said["problems"])


def test_a_table_is_of_no_month(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said = run(capsys, str(files(tmp_path)), "--month", "2026-06")
    assert code == 1 and said["problems"][0]["key"] == "--month"


def test_an_index_of_the_home_is_reckoned_of_its_figures_at_a_month(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = index_home.build(tmp_path / "home")
    path = tmp_path / "well.yaml"
    path.write_text(index_home.INDEX, encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    code, said = run(capsys, str(path))
    assert code == 0 and {place: values["crime"] for place, values in said["steps"]["raw"].items() if place != "ermita"} == {
        place: crime for place, crime in index_home.CRIME.items() if place != "ermita"
    }
    assert said["places"][0]["name"] == said["places"][0]["place"].title() == "Ermita"
    assert any("Ermita are of another period than 2025-12" in flag["message"] for flag in said["flags"])
    code, before = run(capsys, str(path), "--month", "2025-11")  # trips are known since December
    assert code == 1 and before["problems"][0]["message"] == "no place has a figure of trips"
    unknown = index_home.INDEX.replace("indicator: crime", "indicator: crimes")
    path.write_text(unknown, encoding="utf-8")
    code, refused = run(capsys, str(path))
    assert code == 1 and "crimes" in refused["problems"][0]["message"] and refused["problems"][0]["line"]
