"""What a course, a manual and a town's plan published about single goals comes out of ours."""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import mean

import fastexcel
import polars as pl
import pytest

from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.judge import judge
from tests.kpi_town import COLUMNS, TOWN, definitions, goal, indicator, judged

GUATAPE = "data/public/plan_guatape_2024_2027/programas.csv"
CONSOLIDATED = "data/public/plan_guatape_2024_2027/published_consolidado.csv"
BOOK = "data/public/plan_guatape_2024_2027/avance_plan_desarrollo_guatape_2024_2027.xlsx"
LINES = {"01": (25, 0.476529), "02": (31, 0.543555), "03": (7, 0.587857), "04": (11, 0.40697), "05": (19, 0.657422)}
"""Targets in each line of the plan, and the progress published for it on 24 February 2026; all 93 together have 0.53598."""
END = "2026-12-31"
NUMBERS = {
    "bsc_performance": ({"basis": "performance", "target": (180.0, END), "scale": {"min": 0.0, "max": 200.0}}, 50, "attainment"),
    "progress_up": ({"basis": "progress", "baseline": (40.0, "2024-12-31"), "target": (100.0, END)}, 72, "progress"),
    "progress_down": (
        {"basis": "progress", "polarity": "lower", "baseline": (1.8, "2024-12-31"), "target": (1.4, END)},
        1.6,
        "progress",
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_published_number_comes_out(name, shared):
    told, value, figure = NUMBERS[name]
    with (shared / "data/reference/published_numbers.csv").open(encoding="utf-8") as lines:
        record = next(row for row in csv.DictReader(lines) if row["id"] == name)
    found = judged(goal(**told), {"2025-12": value}, "2025-12")
    assert found[figure] == pytest.approx(float(record["expected"]), abs=max(float(record["tolerance"]), 1e-12))


@pytest.fixture(scope="module")
def records(shared: Path) -> list[dict[str, str]]:
    with (shared / GUATAPE).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def judged_plan(records: list[dict[str, str]]) -> pl.DataFrame:
    """The 93 goals of the town's plan, judged at the end of 2024 and of 2025 by the years that it programmes."""
    kpis, indicators, rows = [], [], []
    for number, record in enumerate(records):
        name = f"g{number}"
        years = {str(year): float(record[f"meta_{year}"] or 0) for year in range(2024, 2028)}
        told = {"baseline": (float(record["linea_base"] or 0), "2023-12-31"), "target": (float(record["meta_cuatrenio"]), "2027-12-31")}
        indicators.append(indicator("year", id=name, kind="flow" if record["tendencia"] == "Incremento" else "level"))
        kpis.append(goal(id=name, indicator=name, programmed=years, **told))
        rows += [(TOWN, name, "", Month(year, 12).last, float(record[f"avance_{year}"] or 0)) for year in (2024, 2025)]
    table = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    return judge(table, Catalogue(tuple(kpis), {}), definitions(*indicators), [TOWN], [Month(2024, 12), Month(2025, 12)])


@pytest.fixture(scope="module")
def guatape(records) -> pl.DataFrame:
    """The plan as the town's page had it on 24 February 2026."""
    return judged_plan(records)


@pytest.fixture(scope="module")
def earlier(shared: Path) -> list[dict[str, str]]:
    """The plan as an earlier workbook has it: five sheets of secretariats, each a line of the plan."""
    book, told = fastexcel.read_excel(shared / BOOK), []
    for line, sheet in enumerate(book.sheet_names[:5], start=1):
        rows = book.load_sheet(sheet, header_row=None).to_polars().rows()
        first = rows[1].index("TENDENCIA")
        told += [_record(f"{line:02}", row[first : first + 21]) for row in rows[2:] if row[first]]
    return told


def _record(line: str, cells: tuple[str | None, ...]) -> dict[str, str]:
    said = ["0" if cell in (None, "None") else str(cell).strip() for cell in cells]
    names = ["tendencia", "linea_base", "meta_cuatrenio"]
    names += [f"{part}_{year}" for year in range(2024, 2028) for part in ("meta", "avance", "pct_cumplimiento", "pct_avance_pd")]
    return {"linea_estrategica": line, **dict(zip([*names, "avance_acumulado", "pct_avance_fecha"], said, strict=True))}


def test_guatapes_two_figures_are_those_of_each_of_its_targets(guatape, records):
    for year, months in guatape.group_by(pl.col("month").dt.year(), maintain_order=True):
        for record, row in zip(records, months.iter_rows(named=True), strict=True):
            annual, published = row["annual_compliance"], float(record[f"pct_cumplimiento_{year[0]}"])
            assert min(annual or 0.0, 1.0) == pytest.approx(published, abs=1e-6), record
            assert (annual is None) == (float(record[f"meta_{year[0]}"]) == 0), "where nothing is programmed nothing can be complied with"
    for record, row in zip(records, guatape.filter(pl.col("month").dt.year() == 2025).iter_rows(named=True), strict=True):
        assert min(row["plan_progress"], 1.0) == pytest.approx(float(record["pct_avance_fecha"]), abs=1e-6), record


def test_guatapes_lines_progress_as_the_town_published(guatape, records):
    lines = defaultdict(list)
    for record, row in zip(records, guatape.filter(pl.col("month").dt.year() == 2025).iter_rows(named=True), strict=True):
        lines[record["linea_estrategica"].strip()[:2]].append(min(row["plan_progress"], 1.0))
    assert {line: (len(parts), pytest.approx(LINES[line][1], abs=1e-6)) for line, parts in lines.items()} == {
        line: (len(parts), mean(parts)) for line, parts in lines.items()
    }
    assert {line: len(parts) for line, parts in lines.items()} == {line: count for line, (count, _) in LINES.items()}
    assert mean(part for parts in lines.values() for part in parts) == pytest.approx(0.53598, abs=1e-6)


def test_guatapes_earlier_workbook_sums_up_as_it_published(earlier, shared):
    with (shared / CONSOLIDATED).open(encoding="utf-8") as rows:
        published = {
            row["linea"].strip()[:2]: (int(row["numero_programas"]), float(row["avance_pd_publicado"])) for row in csv.DictReader(rows)
        }
    lines = defaultdict(list)
    for record, row in zip(earlier, judged_plan(earlier).filter(pl.col("month").dt.year() == 2025).iter_rows(named=True), strict=True):
        lines[record["linea_estrategica"]].append(min(row["plan_progress"], 1.0))
        assert lines[record["linea_estrategica"]][-1] == pytest.approx(float(record["pct_avance_fecha"]), abs=1e-6), record
    lines["TO"] = [part for parts in lines.values() for part in parts]
    assert {line: (len(parts), round(mean(parts), 9)) for line, parts in lines.items()} == {
        line: (count, round(progress, 9)) for line, (count, progress) in published.items()
    }
