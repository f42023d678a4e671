"""Panels of published studies, read as a city reads its own: a study in words, and its table. The data stay outside the repository."""

from pathlib import Path

import polars as pl

from data.yaml_file import parse
from kpis.impact import from_table, reading
from kpis.impact.panel import Panel
from kpis.impact.study import Study

EVALUATIONS = "data/public/impact_eval"
SCHOOLING = ("school.illit", "school.prim", "school.med", "school.high")
SMOKING = """
study: smoking_law
table: smoking.csv
unit: State
time: Year
outcome: PacksPerCapita
treated: [California]
start: 1989
"""
TERRORISM = """
study: terrorism
table: basque.csv
unit: regionname
time: year
outcome: gdpcap
treated: [Basque Country (Pais Vasco)]
start: 1975
method: sc
fit: [1960, 1969]
predictors:
"""
UNIFICATION = """
study: unification
table: germany.csv
unit: country
time: year
outcome: gdp
treated: [West Germany]
start: 1990
method: sc
fit: [1960, 1989]
"""


def smoking_law(shared: Path, **keys: object) -> tuple[Panel, Study]:
    """Proposition 99: cigarette packs in 39 states, 1970 to 2000; California's law is of 1989 (Arkhangelsky et al. 2021)."""
    told = SMOKING + "".join(f"{key}: {value}\n" for key, value in keys.items())
    return _read(told, shared / EVALUATIONS / "california_prop99_synthdid.csv")


def terrorism(shared: Path, folder: Path, predictors: str | None = None, **keys: object) -> tuple[Panel, Study]:
    """The Basque Country's product per head beside Spain's other regions, by the predictors of Abadie and Gardeazabal 2003."""
    found = pl.read_csv(shared / EVALUATIONS / "basque.csv", infer_schema_length=None).filter(pl.col("regionno") != 1)
    found = found.with_columns(pl.col("school.high") + pl.col("school.post.high"))
    found = found.with_columns((100 * pl.col(name) / pl.sum_horizontal(SCHOOLING)).alias(name) for name in SCHOOLING)
    found.write_csv(folder / "basque.csv")
    sectors = [name for name in found.columns if name.startswith("sec.")]
    windows = [*((name, 1964, 1969) for name in (*SCHOOLING, "invest")), ("gdpcap", 1960, 1969)]
    windows += [*((name, 1961, 1969) for name in sectors), ("popdens", 1969, 1969)]
    told = TERRORISM + (predictors or _predictors(windows)) + "".join(f"{key}: {value}\n" for key, value in keys.items())
    return _read(told, folder / "basque.csv")


def unification(shared: Path, **keys: object) -> tuple[Panel, Study]:
    """West Germany's product per head beside 16 countries; which predictors count is learnt ten years earlier (Abadie et al. 2015)."""
    told = UNIFICATION + "predictors:\n" + _predictors(_of_germany(1981, 1980, "invest80"))
    told += "training:\n  fit: [1981, 1990]\n  predictors:\n" + _predictors(_of_germany(1971, 1970, "invest70"))
    return _read(told + "".join(f"{key}: {value}\n" for key, value in keys.items()), shared / EVALUATIONS / "germany.csv")


def _of_germany(since: int, school: int, invest: str) -> list[tuple[str, int, int]]:
    decade = [(name, since, since + 9) for name in ("gdp", "trade", "infrate", "industry")]
    return [*decade, ("schooling", school, school + 5), (invest, 1980, 1980)]


def _predictors(windows: list[tuple[str, int, int]]) -> str:
    return "".join(f"    - {{column: {column}, from: {since}, to: {to}}}\n" for column, since, to in windows)


def _read(told: str, table: Path) -> tuple[Panel, Study]:
    written = reading.written(parse(told, "study.yaml"), table.parent / "study.yaml", table)
    return from_table.panel(written), written.study
