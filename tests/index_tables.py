"""A small index and its table, to be spoilt one thing at a time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kpis.index.building import build
from kpis.index.built import Built
from kpis.index.from_table import figures
from kpis.index.reading import Written, read

RECIPE: Mapping[str, Any] = {
    "index": "towns",
    "place": "town",
    "indicators": [
        {"name": "parks", "column": "parks"},
        {"name": "waste", "column": "waste", "direction": "lower"},
        {"name": "jobs", "column": "jobs"},
    ],
    "levels": [{"name": "nature", "of": ["parks", "waste"]}, {"name": "index", "of": ["nature", "jobs"]}],
}
TABLE = """town,name,region,people,parks,waste,jobs
aldea,Aldea,north,100,10,5,50
borde,Borde,north,200,20,4,60
costa,Costa,south,400,30,3,70
duna,Duna,south,800,40,1,90
"""


def files(folder: Path, recipe: Mapping[str, Any] | None = None, table: str = TABLE, **changed: Any) -> Path:
    """The index in a folder, beside its table; `changed` are keys of the recipe."""
    told = {**(recipe or RECIPE), "table": "towns.csv", **changed}
    (folder / "towns.csv").write_text(table, encoding="utf-8")
    path = folder / "towns.yaml"
    path.write_text(yaml.safe_dump({key: value for key, value in told.items() if value is not None}, sort_keys=False), encoding="utf-8")
    return path


def written(folder: Path, **changed: Any) -> Written:
    """The index as it is read."""
    return read(files(folder, **changed), name="towns.yaml")


def built(folder: Path, **changed: Any) -> Built:
    """The index as it comes out."""
    found = written(folder, **changed)
    return build(found, figures(found))


def with_indicator(name: str, /, **changed: Any) -> list[dict[str, Any]]:
    """The indicators of the recipe, one of them changed."""
    return [{**one, **changed} if one["name"] == name else dict(one) for one in RECIPE["indicators"]]


def with_level(name: str, /, **changed: Any) -> list[dict[str, Any]]:
    """The levels of the recipe, one of them changed."""
    return [{**one, **changed} if one["name"] == name else dict(one) for one in RECIPE["levels"]]
