"""Homes for two public data sets with published results, written from their own headers; the data stay outside the repository."""

import csv
from pathlib import Path
from typing import Any

import yaml

from data.home import Home
from tests.city_home import QUICK

NYC_FILE = "data/public/nyc_mmr_kpis/nyc_mmr_indicators_fy16_fy23.csv"
NYC_YEARS = [str(year) for year in range(2016, 2024)]
SDSN_FILE = "data/public/sdsn_us_cities_sdg_2019/results_2019.csv"

CITY = {
    "mandate": {"start": "2022-01-01", "end": "2025-12-31"},
    "areas": [{"id": "city_hall", "name": "City Hall"}],
    "locale": "en_US",
    "currency": "USD",
}
INDICATOR = {"unit": "as published", "kind": "level", "frequency": "year", "theme": "all", "owner": "city_hall"}


def nyc_home(folder: Path, shared: Path) -> Home:
    """New York's 1,139 management indicators (`mmr_119`), whose fiscal year 2023 ends in June 2023."""
    records = published(shared / NYC_FILE)
    polarity = {"Up": "higher", "Down": "lower"}
    indicators = [
        {
            "id": f"mmr_{record['ID']}",
            "name": record["Indicator"],
            "source": "Mayor's Management Report",
            "polarity": polarity[record["Desired.Direction"]],
            **INDICATOR,
        }
        for record in records
    ]
    source = {
        "id": "mmr",
        "name": "Mayor's Management Report",
        "decimal": ".",
        "fiscal_year_starts": 7,
        "columns": {"indicator": "ID"},
        "all": {"place": "new_york"},
        "wide": {"periods": {year: int(year) for year in NYC_YEARS}},
        "names": {"indicators": {record["ID"]: f"mmr_{record['ID']}" for record in records}},
    }
    places = [{"id": "new_york", "name": "New York", "population": 8804190}]
    return _home(folder, {"name": "New York", "place": "new_york", **CITY}, places, indicators, source)


def sdsn_home(folder: Path, shared: Path) -> Home:
    """The 57 indicators (`sdg1v1_poverty`) of 105 metropolitan areas (`msa_41860`) of the US Cities SDG Index 2019."""
    records = published(shared / SDSN_FILE)
    columns = [column for column in records[0] if column.startswith("sdg")]
    source = {
        "id": "sdg_index",
        "name": "US Cities SDG Index 2019",
        "decimal": ".",
        "columns": {"place": "Cbsa"},
        "all": {"period": 2019},
        "wide": {"indicators": {column: column.lower() for column in columns}},
        "names": {"places": {record["Cbsa"]: f"msa_{record['Cbsa']}" for record in records}},
    }
    places = [{"id": f"msa_{record['Cbsa']}", "name": record["msa"], "kind": "metropolitan_area"} for record in records]
    indicators = [{"id": column.lower(), "name": column, "source": "SDSN", **INDICATOR} for column in columns]
    return _home(folder, {"name": "San Francisco", "place": "msa_41860", **CITY}, places, indicators, source)


def published(path: Path) -> list[dict[str, str]]:
    """The rows of a published file, as they are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _home(folder: Path, city: Any, places: list[Any], indicators: list[Any], source: Any) -> Home:
    home = Home(folder)
    home.city.parent.mkdir(parents=True)
    for path, value in {
        home.city: city,
        home.places: {"places": places},
        home.indicators: {"themes": [{"id": "all", "name": "All"}], "indicators": indicators},
        home.sources: {"sources": [source]},
    }.items():
        path.write_text(yaml.dump(value, allow_unicode=True, sort_keys=False, Dumper=QUICK), encoding="utf-8")
    return home
