"""The small city with indices of its own: its places stand as it says here, for else they would all be alike."""

from datetime import date
from pathlib import Path

import polars as pl

from data import definitions as definition_files
from data.home import Home
from data.loads import NewLoad, apply
from tests.small_city import LAST, build

VALUES = {
    "robberies": {"aurora": 30.0, "centro": 36.0, "puerto": 24.0, "bruma": 45.0},
    "lights": {"aurora": 93.0, "centro": 96.0, "puerto": 90.0, "bruma": 95.0},
    "trips": {"aurora": 58.0, "centro": 50.0, "puerto": 66.0, "bruma": 40.0},
}
WELL = """# ours
index: well
name: {es: Bien, en: Well}
places: [aurora, bruma, centro, puerto]
scale: 100
indicators:
  - {name: robberies, indicator: robberies, normalise: goalposts, low: 0, high: 100}
  - {name: lights, indicator: lights}
  - {name: trips, indicator: trips, weight: 2}
levels:
  - {name: order, label: {es: Orden, en: Order}, of: [robberies, lights]}
  - {name: well, of: [order, trips]}
doubt: {weights: 0.25, draws: 100}
"""
SILENT = "index: silent\nindicators: [{name: silent, indicator: silent}]\nlevels: [{name: silent_one, of: [silent]}]\n"
"""An index of an indicator that nobody has a figure of."""


def indexed(folder: Path, **texts: str) -> Home:
    """The small city with these indices, by the names of their files."""
    home = build(folder)
    rows = [
        {"place": place, "indicator": name, "segment": "", "period": LAST.last, "value": value}
        for name, values in VALUES.items()
        for place, value in values.items()
    ]
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    load = NewLoad("apart", "test", ("apart.csv",), "test", date(2026, 7, 4), 1)
    apply(home, definition_files.load(home), [(load, pl.DataFrame(rows).with_columns(**empty))])
    home.indices.mkdir(parents=True)
    for name, text in texts.items():
        (home.indices / f"{name}.yaml").write_text(text, encoding="utf-8")
    return home
