"""Goals for the two public data sets with published results, written from their own columns into the homes of real_homes."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from data.home import Home
from tests.city_home import QUICK
from tests.real_homes import NYC_FILE, SDSN_FILE, published

NYC_POLARITY = {"Up": "higher", "Down": "lower"}
SDSN_CODEBOOK = "data/public/sdsn_us_cities_sdg_2019/codebook_2019.csv"
SDSN_POLARITY = {"ascending": "higher", "descending": "lower"}


def write_nyc_kpis(home: Home, shared: Path) -> None:
    """1,139 goals, met or not by the end of fiscal year 2023; one file for each agency."""
    agencies: dict[str, list[Any]] = defaultdict(list)
    for record in published(shared / NYC_FILE):
        goal = _goal(f"mmr_{record['ID']}", record["Indicator"], NYC_POLARITY[record["Desired.Direction"]], "absolute")
        if record["Target.MMR"]:
            goal["target"] = {"value": float(record["Target.MMR"]), "date": "2023-06-30"}
        agencies[record["Agency.Full.Name.y"]].append(goal)
    for agency, goals in agencies.items():
        _write(home, re.sub(r"[^a-z]+", "_", agency.lower()), goals)


def write_sdsn_kpis(home: Home, shared: Path) -> list[str]:
    """Goals from the worst value to the target, for the indicators that codebook and results call the same; their columns."""
    columns = published(shared / SDSN_FILE)[0].keys()
    records = [record for record in published(shared / SDSN_CODEBOOK) if record["Indicator"] in columns]
    goals = []
    for record in records:
        goal = _goal(record["Indicator"].lower(), record["Indicator name"], SDSN_POLARITY[record["Sort Order"]], "progress")
        goal["baseline"] = {"value": float(record["Worst Value"]), "date": "2015-12-31"}
        goal["target"] = {"value": float(record["Target Value"]), "date": "2030-12-31"}
        goals.append(goal)
    _write(home, "sdg", goals)
    return [record["Indicator"] for record in records]


def _goal(indicator: str, name: str, polarity: str, basis: str) -> dict[str, Any]:
    return {"id": indicator, "name": name, "indicator": indicator, "polarity": polarity, "basis": basis, "owner": "city_hall"}


def _write(home: Home, name: str, goals: list[Any]) -> None:
    home.definitions.mkdir(parents=True, exist_ok=True)
    text = yaml.dump({"kpis": goals}, allow_unicode=True, sort_keys=False, Dumper=QUICK)
    (home.definitions / f"{name}.yaml").write_text(text, encoding="utf-8")
