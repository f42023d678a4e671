"""docs/goals.md names every key of a goal and every word it may hold, and its examples come out as it says."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from kpis.__main__ import main
from kpis.accumulation import IDENTITIES, MEANT
from kpis.definition import Accumulation, Aim, Kpi
from kpis.definition import Path as Way
from tests.demo_city import copied
from tests.kpi_town import goal, judged

PAGE = (Path(__file__).parents[2] / "docs" / "goals.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip(" `").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.splitlines()
    if line.startswith("|")
]
RANGES = [row for row in ROWS if len(row) == 4 and re.fullmatch(r"\d+", row[0])]


def choices(model: Any, field: str) -> set[str]:
    return set(get_args(model.model_fields[field].annotation))


@pytest.mark.parametrize("key", sorted({*Kpi.model_fields, *Aim.model_fields}))
def test_every_key_of_a_goal_is_documented(key):
    assert re.search(rf"(`|^ *(- )?){key}[`:]", PAGE, flags=re.MULTILINE)


def test_every_polarity_accumulation_and_path_is_documented():
    first = {row[0] for row in ROWS}
    assert choices(Kpi, "polarity") | set(get_args(Accumulation)) | choices(Way, "method") <= first


def test_every_identity_is_documented_with_what_it_means():
    documented = {row[0].replace("−", "-"): row[2].partition("`")[0].partition(",")[0] for row in ROWS if len(row) == 3}
    assert {IDENTITIES[name]: MEANT[name] for name in IDENTITIES}.items() <= documented.items()


@pytest.mark.parametrize("row", RANGES, ids=lambda row: row[0])
def test_an_example_of_a_range_comes_out_as_the_page_says(row):
    value, _how, attainment, status = row
    ends = {"low": 45.0, "high": 55.0, "low_limit": 30.0, "high_limit": 70.0, "date": "2026-12-31"}
    found = judged(goal(polarity="range", target=ends), {"2025-12": float(value)}, "2025-12")
    assert (round(found["attainment"], 2), found["status"]) == (float(attainment), status)


def test_the_first_example_can_be_published_in_the_demo_city(demo_city, tmp_path, monkeypatch, capsys):
    demo = copied(demo_city, tmp_path)
    example = re.search(r"```yaml\n(kpis:\n.*?)```", PAGE, flags=re.DOTALL)
    assert example
    (demo.definitions / "trees.yaml").write_text(example[1], encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(demo.folder))
    assert main(["check", str(demo.definitions / "trees.yaml"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (trees,) = said["smart"]
    assert (said["problems"], trees["id"]) == ([], "trees")
    assert trees["publishable"], trees["failed"]


def test_there_are_examples_of_ranges():
    assert len(RANGES) == 4


def test_the_example_of_the_smallest_difference_comes_out_as_the_page_says():
    """70 is due at the end of 2025, and the bands lie at 69 and 66."""
    kpi = goal(baseline=(60.0, "2024-12-31"), target=(80.0, "2026-12-31"), smallest_difference=5.0)
    statuses = [judged(kpi, {"2025-12": value}, "2025-12")["status"] for value in (65, 64.9, 60, 59.9)]
    assert statuses == ["on_track", "at_risk", "at_risk", "off_track"]
