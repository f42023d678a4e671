"""docs/statuses.md names every status, basis, band and limit, and its examples come out as it says."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from data.periods import FRESH_DAYS
from kpis.definition import BANDS, Bands, Basis
from kpis.score import STATUSES
from tests.kpi_town import goal, judged

PAGE = (Path(__file__).parents[2] / "docs" / "statuses.md").read_text(encoding="utf-8")
ROWS = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")]
EXAMPLES = [row for row in ROWS if row[0] in get_args(Basis) and len(row) == 9]


def test_every_status_is_documented():
    assert {row[0] for row in ROWS if len(row) == 2} - {"status", "---"} == set(STATUSES)


def test_every_basis_is_documented_with_its_bands():
    bands = {row[0]: row[2:4] for row in ROWS if len(row) == 5 and row[0] in get_args(Basis)}
    assert bands == {basis: [f"{own.on_track:.2f}", f"{own.at_risk:.2f}"] if own else ["", ""] for basis, own in BANDS.items()}


@pytest.mark.parametrize("frequency", sorted(FRESH_DAYS))
def test_every_limit_is_documented(frequency):
    name = "half-year" if frequency == "half" else frequency
    assert re.search(rf"\b{FRESH_DAYS[frequency]} (days\s+)?for a {name}\b", PAGE)


def test_every_basis_and_every_status_of_a_fresh_value_has_an_example():
    assert {row[0] for row in EXAMPLES} == set(get_args(Basis))
    assert {row[-1] for row in EXAMPLES} == {"exceeded", "reached", "on_track", "at_risk", "off_track"}


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(filter(None, row)))
def test_an_example_comes_out_as_the_page_says(row):
    basis, polarity, baseline, due, target, value, bands, attainment, status = row
    told: dict[str, Any] = {"basis": basis, "polarity": polarity, "target": (float(target), "2026-12-31")}
    if basis == "performance":
        told["scale"] = {"min": 0.0, "max": 200.0}  # as the page says
    if baseline:
        told["baseline"] = (float(baseline), "2024-12-31")
    if bands:
        on_track, at_risk = map(float, bands.split(","))
        told["bands"] = Bands(on_track=on_track, at_risk=at_risk)
    found = judged(goal(**told), {"2025-12": float(value)}, "2025-12")
    assert (found["due"], found["status"]) == (float(due), status)
    assert found["attainment"] == (pytest.approx(float(attainment)) if attainment else None)
