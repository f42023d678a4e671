"""Homes for public panels of cities and countries, written from their own headers; the data stay outside the repository."""

import re
from pathlib import Path
from typing import Any

import polars as pl

from data.home import Home
from tests.city_home import indicator, write_home
from tests.real_homes import published

BRAZIL = "data/public/brazil_municipal_panel/brazil_municipal_panel_1991_2000_2010.parquet"
BRAZIL_TOWNS = 5565
BRAZIL_COLUMNS = ("GINI", "POP", "POPT", "I_ESCOLARIDADE", "I_FREQ_PROP", "IDHM_E", "IDHM_L", "IDHM_R")
HDI = "data/public/hdi_2021_22/HDR21-22_Composite_indices_complete_time_series.csv"
HDI_PARTS = ("hdi", "le", "eys", "mys", "gnipc")
OWID = "data/public/owid_city_panels"
LOS_ANGELES = "data/public/los_angeles_sdg_kpis/la_sdg_indicators_long.csv"


def brazil_file(folder: Path, shared: Path, towns: int) -> Path:
    """The panel of the first so many municipalities; of all 5,565 it is the published file itself."""
    found = pl.read_parquet(shared / BRAZIL).sort("Codmun7", "ANO", maintain_order=True)
    if towns == BRAZIL_TOWNS:
        return shared / BRAZIL
    found.head(3 * towns).write_parquet(folder / "brazil.parquet")
    return folder / "brazil.parquet"


def brazil_home(folder: Path, shared: Path, towns: int) -> Home:
    """So many of Brazil's municipalities (`mun_3550308`) in 1991, 2000 and 2010, by eight indicators (`gini`)."""
    found = pl.read_parquet(shared / BRAZIL).filter(pl.col("ANO") == 2010).sort("Codmun7").head(towns)
    rows = found.select("Codmun7", "Município", "latitude", "longitude").iter_rows()
    places = [{"id": f"mun_{code}", "name": name, "latitude": latitude, "longitude": longitude} for code, name, latitude, longitude in rows]
    source = {
        "id": "atlas",
        "name": "Atlas do Desenvolvimento Humano",
        "format": "parquet",
        "columns": {"place": "Codmun7", "period": "ANO"},
        "wide": {"indicators": {column: column.lower() for column in BRAZIL_COLUMNS}},
        "names": {"places": {str(code): f"mun_{code}" for code in found["Codmun7"]}},
    }
    return write_home(
        folder, city="brasil", places=places, indicators=dict.fromkeys(map(str.lower, BRAZIL_COLUMNS), "year"), sources=[source]
    )


def hdi_home(folder: Path, shared: Path) -> Home:
    """206 countries and groups of them (`c_afg`), 1990 to 2021: the index and its four components, a source for each."""
    rows = published(shared / HDI)
    sources = [
        {
            "id": part,
            "name": part,
            "decimal": ".",
            "columns": {"place": "iso3"},
            "all": {"indicator": part},
            "wide": {"periods": {f"{part}_{year}": year for year in range(1990, 2022)}},
            "names": {"places": {row["iso3"]: _id("c", row["iso3"]) for row in rows}},
        }
        for part in HDI_PARTS
    ]
    places = [{"id": _id("c", row["iso3"]), "name": row["country"], "kind": "country"} for row in rows]
    return write_home(folder, city="world", places=places, indicators=dict.fromkeys(HDI_PARTS, "year"), sources=sources)


def owid_home(folder: Path, shared: Path) -> Home:
    """Four small panels of cities and capitals; one of them begins in 1700."""
    of_cities = ("city_populations_1950-2035", "co2_emissions_by_city", "air_pollution_by_city")
    cities = sorted({row["Entity"] for name in of_cities for row in published(shared / OWID / f"{name}.csv")})
    countries = [row["Entity"] for row in published(shared / OWID / "capital_city_population.csv")]
    un = "(UN Urbanization Prospects, 2018)"
    population = {f"City population {un}": "population", f"Projected city population {un}": "population_projected"}
    emissions = {
        "Population density": "density",
        "CO2 emissions per capita": "co2",
        "Transport emissions per capita (tCO2)": "co2_transport",
        "Waste emissions per capita": "co2_waste",
    }
    air = {
        "Smoke (Fouquet and DPCC (2011))": "smoke",
        "Suspended Particulate Matter (SPM) (Fouquet and DPCC (2011))": "particles",
    }
    sources: list[dict[str, Any]] = [
        _panel("populations", cities, "at", {"indicators": population}),
        _panel("emissions", cities, "at", {"indicators": emissions}),
        _panel("capitals", countries, "of", {"indicators": {f"Capital city population {un}": "capital_population"}}),
        _panel("air", cities, "at", {"indicators": air}),
    ]
    names = [*population.values(), *emissions.values(), "capital_population", *air.values()]
    places = [{"id": _id("at", name), "name": name} for name in cities]
    places += [{"id": _id("of", name), "name": f"{name}: capital", "kind": "country"} for name in countries]
    return write_home(folder, city="world", places=places, indicators=dict.fromkeys(names, "year"), sources=sources)


def los_angeles_home(folder: Path, shared: Path) -> Home:
    """Los Angeles' 246 SDG indicators by their units, with segments such as `Gender=Female`; what is of a span of years is left out."""
    rows = published(shared / LOS_ANGELES)
    pairs = sorted({(row["indicator"], row["units"]) for row in rows})
    ids = {f"{code} {units}".strip(): f"sdg_{_id('', code)}_{number}" for number, (code, units) in enumerate(pairs)}
    source = {
        "id": "sdg",
        "name": "SDG indicators",
        "decimal": ".",
        "columns": {"indicator": ["indicator", "units"], "period": "year", "segment": "disaggregation", "value": "value"},
        "all": {"place": "los_angeles"},
        "leave_out": {"year": sorted({row["year"] for row in rows if len(row["year"]) > 4})},
        "names": {"indicators": ids},
    }
    known = [indicator(name, "year", description=said) for said, name in ids.items()]
    return write_home(folder, city="los_angeles", indicators=known, sources=[source])


def _panel(name: str, entities: list[str], prefix: str, wide: dict[str, Any]) -> dict[str, Any]:
    names = {"places": {entity: _id(prefix, entity) for entity in entities}}
    return {"id": name, "name": name, "decimal": ".", "columns": {"place": "Entity", "period": "Year"}, "wide": wide, "names": names}


def _id(prefix: str, name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", f"{prefix} {name}".strip().lower()).strip("_")
