"""A study of a table as its two files, and a small table to spoil: six towns by twelve years, one of them under a policy since 2018."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

TOWNS = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Oak")
YEARS = tuple(range(2009, 2021))
EFFECT = 20.0
STUDY = """
study: trees
table: table.csv
unit: town
time: year
outcome: count
treated: [Ash]
start: 2018
method: sdid
"""


def rows() -> list[list[str]]:
    """The header, then town, year, count, people, region, began."""
    luck = np.random.default_rng(5)
    common = luck.normal(0, 2, len(YEARS)).cumsum()
    found = [["town", "year", "count", "people", "region", "began"]]
    for number, town in enumerate(TOWNS):
        path = 100 + 10 * number + common + luck.normal(0, 1, len(YEARS))
        for year, value in zip(YEARS, path, strict=True):
            treated = town == "Ash"
            count = value + EFFECT * (treated and year >= 2018)
            found.append(
                [town, str(year), f"{count:.3f}", str(1000 + number), "east" if number % 2 else "west", "2018" if treated else "0"]
            )
    return found


def write(folder: Path, table: Sequence[Sequence[str]] | None = None, study: str = STUDY, delimiter: str = ",") -> Path:
    """Both files; returns that of the study."""
    text = "".join(delimiter.join(row) + "\n" for row in table or rows())
    (folder / "table.csv").write_text(text, encoding="utf-8")
    path = folder / "study.yaml"
    path.write_text(study, encoding="utf-8")
    return path


def line(town: str, year: int) -> int:
    """The line of the file on which a town's year stands."""
    return 2 + TOWNS.index(town) * len(YEARS) + YEARS.index(year)
