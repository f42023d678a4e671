"""A city with three districts, and twelve cities beside it, by months: its policy of January 2025 is worth exactly what a test says."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from data.yaml_file import parse
from kpis import catalogue as goal_files
from kpis.catalogue import Catalogue
from kpis.impact.answer import Answer, answered
from kpis.impact.from_facts import Figures, figures
from kpis.impact.reading import Written, written
from tests.city_home import indicator, write_home

CITY = "alta"
PEERS = tuple(f"peer_{number:02}" for number in range(1, 13))
DISTRICTS = ("north", "south", "east")
FIRST, MONTHS = Month(2022, 1), 48
START = Month(2025, 1)
EFFECT = 9.0
STUDY = "study: app\nindicator: on_time\nstart: 2025-01\ncompare: peers\n"

Gaps = Mapping[str, Sequence[int]]
"""Months without a value, counted from the first, by place."""
Known = tuple[Home, Facts, Catalogue, Definitions]


def build(folder: Path, gaps: Gaps | None = None, *, effect: float = EFFECT, seed: int = 3) -> Home:
    """`on_time`, `late` (the same the other way round) and `still`, which never changes."""
    places = [{"id": name, "name": name} for name in PEERS]
    places += [{"id": name, "name": name, "kind": "district", "parent": CITY} for name in DISTRICTS]
    known = [indicator("on_time", "month", unit="%", polarity="higher"), indicator("late", "month", polarity="lower")]
    home = write_home(folder, city=CITY, places=places, indicators=[*known, indicator("still", "month")])
    load = NewLoad("first", "test", ("first.csv",), "test", date(2026, 1, 5), 1)
    apply(home, definition_files.load(home), [(load, _rows(gaps or {}, effect, seed))])
    return home


def again(home: Home, effect: float, known_on: date) -> None:
    """Another load, which corrects the city's months under the policy."""
    load = NewLoad(known_on.isoformat(), "test", ("more.csv",), "test", known_on, 1)
    rows = _rows({}, effect, 3).filter((pl.col("place") == CITY) & (pl.col("period") >= START.last))
    apply(home, definition_files.load(home), [(load, rows)])


def known(home: Home) -> Known:
    definitions, facts = definition_files.load(home), current(home)
    assert facts is not None
    return home, facts, goal_files.load(home, definitions), definitions


def asked(text: str = STUDY, path: Path = Path("app.yaml")) -> Written:
    """A study of this text."""
    return written(parse(text, path.name), path)


def answer(home: Home, text: str = STUDY) -> Answer:
    return answered(asked(text), *known(home))


def read(home: Home, text: str = STUDY) -> Figures:
    _, facts, catalogue, definitions = known(home)
    study = asked(text)
    return figures(study, study.study.start, facts, catalogue, definitions)


def _rows(gaps: Gaps, effect: float, seed: int) -> pl.DataFrame:
    luck = np.random.default_rng(seed)
    common = np.cumsum(luck.normal(0, 0.6, MONTHS)) + 3 * np.sin(np.arange(MONTHS) * np.pi / 6)
    rows: list[dict[str, Any]] = []
    for place in (CITY, *PEERS, *DISTRICTS):
        path = luck.normal(60, 6) + common + luck.normal(0, 1.2, MONTHS)
        path += effect * (np.arange(MONTHS) >= MONTHS - 12) * (place == CITY)
        for number in set(range(MONTHS)) - set(gaps.get(place, ())):
            period = FIRST.plus(number).last
            values = {"on_time": path[number], "late": 100 - path[number], "still": 5.0}
            rows += [{"place": place, "indicator": name, "segment": "", "period": period, "value": value} for name, value in values.items()]
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    return pl.DataFrame(rows).with_columns(**empty)
