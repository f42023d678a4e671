"""Published indices come out of their definition files alone: every stage, every score, every rank."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from kpis.index.building import build
from kpis.index.built import Built
from kpis.index.from_table import figures
from kpis.index.reading import READY, read
from kpis.index.treating import WINSORISED

HDI = "data/public/hdi_2021_22/hdi_2021_components_and_published.csv"
SERIES = "data/public/hdi_2021_22/HDR21-22_Composite_indices_complete_time_series.csv"
SDSN = "data/public/sdsn_us_cities_sdg_2019/results_2019.csv"
ASEM = "data/public/asem_connectivity_index"
TREATED = "flights bord gas services fdi forport costimpex tariff stmob cultserv forest poverty ngos femlab pubdebt"
WORKED = {"life": 65.3105, "expected_schooling": 6.2046, "mean_schooling": 5.17, "income": 3829}
"""A country with the dimensions of the worked example: 0.6971, 0.3447 and an income of 3,829."""


def built(name: str, table: Path) -> Built:
    written = read(READY / f"{name}.yaml", table)
    return build(written, figures(written))


def published(file: Path, key: str) -> Mapping[str, Mapping[str, str]]:
    return {row[key]: row for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))}


def test_the_ready_indices_hold_together_and_say_whose_they_are() -> None:
    found = {path.stem: read(path, path.with_suffix(".csv")).recipe for path in READY.glob("*.yaml")}
    sizes = {name: (len(recipe.indicators), len(recipe.levels)) for name, recipe in found.items()}
    assert sizes == {"hdi": (4, 2), "ihdi": (4, 2), "sdsn_us_cities_2019": (57, 16), "asem_connectivity": (49, 11)}
    licences = {"hdi": "CC BY 3.0 IGO", "ihdi": "CC BY 3.0 IGO", "sdsn_us_cities_2019": "CC BY 4.0", "asem_connectivity": "MIT licence"}
    assert all(licences[name] in str(recipe.source) for name, recipe in found.items())
    assert all(isinstance(recipe.name, dict) and set(recipe.name) == {"en", "es"} for recipe in found.values())
    assert sum(one.direction == "lower" for one in found["asem_connectivity"].indicators) == 14
    assert sum(one.direction == "lower" for one in found["sdsn_us_cities_2019"].indicators) == 32


def test_the_worked_example_of_human_development_is_a_geometric_mean(tmp_path: Path) -> None:
    columns = {"life": "le_2021", "expected_schooling": "eys_2021", "mean_schooling": "mys_2021", "income": "gnipc_2021"}
    rows = [["iso3", "country", *columns.values()], ["AAA", "A", *map(str, WORKED.values())], ["BBB", "B", "85", "20", "15", "90000"]]
    table = tmp_path / "two.csv"
    table.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    found = built("hdi", table)
    income = float(found.steps["normalised"][0, 3])
    assert income == pytest.approx(0.5506, abs=0.0001)
    assert found.steps["normalised"][0, 0] == pytest.approx(0.6971, abs=0.0001)
    assert found.parts["education"][0] == pytest.approx(0.3447, abs=0.0001)
    assert found.score.tolist() == [0.51, 1.0]  # an arithmetic mean would give 0.531
    assert np.mean([0.6971, 0.3447, income]) == pytest.approx(0.531, abs=0.0005)


def test_human_development_2021(shared: Path) -> None:
    rows = {place: row for place, row in published(shared / HDI, "iso3").items() if row["hdi_2021"]}
    found = built("hdi", shared / HDI)
    assert len(rows) == 202 and set(found.places) == set(rows)
    assert dict(zip(found.places, found.score.tolist(), strict=True)) == {place: float(row["hdi_2021"]) for place, row in rows.items()}
    assert {place: str(why) for place, why in found.left_out.items()}["NRU"] == "Nauru has 3 of 4 indicators, and 4 are asked for"


def test_human_development_is_ranked_by_what_is_published(shared: Path, tmp_path: Path) -> None:
    """The aggregates of regions stand in the file too: countries alone are ranked, each by its value of three decimals."""
    lines = (shared / HDI).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    countries = tmp_path / "countries.csv"
    countries.write_text("".join(line for line in lines if not line.startswith("ZZ")), encoding="utf-8")
    ranks = {place: float(row["hdi_rank_2021"]) for place, row in published(countries, "iso3").items() if row["hdi_rank_2021"]}
    found = built("hdi", countries)
    assert len(ranks) == 191 and dict(zip(found.places, found.rank.tolist(), strict=True)) == ranks


def test_human_development_less_inequality_2021(shared: Path) -> None:
    rows = {place: row for place, row in published(shared / SERIES, "iso3").items() if row["ihdi_2021"]}
    found = built("ihdi", shared / SERIES)
    assert len(rows) == 167 and set(found.places) == set(rows)
    assert dict(zip(found.places, found.score.tolist(), strict=True)) == {place: float(row["ihdi_2021"]) for place, row in rows.items()}


def test_us_cities_2019(shared: Path) -> None:
    found, rows = built("sdsn_us_cities_2019", shared / SDSN), published(shared / SDSN, "maincity")
    assert len(found.recipe.indicators) == 57 and len(found.places) == 105
    assert found.score.tolist() == pytest.approx([float(rows[place]["score_sdgi"]) for place in found.places], abs=0.001)
    assert found.rank.tolist() == [float(rows[place]["rank_sdgIndex"]) for place in found.places]
    for goal in (1, 11, 16):
        scores = [float(rows[place][f"score_sdg{goal}"]) for place in found.places]
        assert found.parts[f"goal_{goal}"].tolist() == pytest.approx(scores, abs=0.001)
    for column, one in enumerate(found.recipe.indicators):
        normalised = [float(rows[place][f"n_{one.column}"] or "nan") for place in found.places]
        assert found.steps["normalised"][:, column].tolist() == pytest.approx(normalised, abs=0.01, nan_ok=True)


@pytest.fixture(scope="module")
def asem(shared: Path) -> Built:
    return built("asem_connectivity", shared / ASEM / "ASEM_iData.csv")


@pytest.mark.parametrize("stage", ["raw", "denominated", "imputed", "treated", "normalised"])
def test_every_stage_of_asem(asem: Built, shared: Path, stage: str) -> None:
    rows = published(shared / ASEM / f"coinr_stage_{stage}.csv", "UnitCode")
    expected = [[_known(rows[place][str(one.column)]) for one in asem.recipe.indicators] for place in asem.places]
    assert np.allclose(asem.steps[stage], np.array(expected), rtol=1e-6, atol=1e-9, equal_nan=True)


def test_asem_is_treated_where_it_was(asem: Built) -> None:
    assert set(asem.treated) == set(TREATED.split())
    assert {why.sentence for why in asem.treated.values()} == {WINSORISED}
    assert np.isnan(asem.steps["raw"]).sum() == 63
    assert asem.filled.sum() == 63 + 2  # and trade in electricity and gas of a country whose energy is not known


def test_asem_adds_up_and_ranks(asem: Built, shared: Path) -> None:
    stage = published(shared / ASEM / "coinr_stage_aggregated.csv", "UnitCode")
    ranks = published(shared / ASEM / "coinr_published_AggregatesRank.csv", "UnitCode")
    assert len(asem.places) == 51
    codes = {level.name: next(code for code in stage["CHE"] if code.lower() == level.name) for level in asem.recipe.levels}
    for name, code in codes.items():
        assert asem.parts[name].tolist() == pytest.approx([float(stage[place][code]) for place in asem.places], abs=1e-5)
    assert asem.rank.tolist() == [float(ranks[place]["Index"]) for place in asem.places]
    switzerland = asem.places.index("CHE")
    printed = {"index": 68.38, "conn": 62.79, "sust": 73.98, "physical": 63.41, "social": 87.85, "susecfin": 56.88}
    assert {name: round(float(asem.parts[name][switzerland]), 2) for name in printed} == printed


def _known(text: str) -> float:
    return float("nan") if text in ("", "NA") else float(text)
