"""Forecasts kept beside the facts, one file for each place and version of the facts: `data/store/forecasts/000043/centro.json`.

Computing them is never part of showing a page. A file that is missing, damaged or made of other definitions is made anew;
nothing depends on it, so it is in no backup.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.lasting import replace_text
from data.periods import MONTHS
from data.versions import Versions
from kpis.catalogue import Catalogue
from kpis.foresight.backtest import Backtest
from kpis.foresight.calendar import DAYS
from kpis.foresight.forecast import BY_STEP, Forecast
from kpis.foresight.outlook import Outlook, outlooks, until
from kpis.metrics.observations import observations
from kpis.score import Reason

FORM = 3
"""To be raised with every change to the methods or to the file: older files are then made anew."""

Outlooks = Mapping[str, Outlook]
"""By indicator."""


def kept(home: Home, facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str) -> Outlooks | None:
    """What was kept for a place; None where nothing usable is."""
    path = _path(home, facts.version, place)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _read(path, changed, _key(catalogue, definitions, place))


def compute(facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str) -> Outlooks:
    """What is likely to come of every indicator that a goal is measured by, at one place."""
    held = observations(facts, catalogue, definitions, sorted({kpi.measure for kpi in catalogue.kpis}), places=[place])
    return outlooks(held, catalogue, definitions, place, until(catalogue, definitions, place))


def keep(home: Home, facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str, found: Outlooks) -> None:
    """Keep it, and throw away what belongs to versions of the facts that are gone. Raises OSError where nothing can be written."""
    path = _path(home, facts.version, place)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"key": _key(catalogue, definitions, place), "outlooks": {name: asdict(outlook) for name, outlook in found.items()}}
    replace_text(path, json.dumps(told, default=str))
    versions = {f"{number:06}" for number in Versions.of(home).kept}
    for folder in path.parent.parent.iterdir():
        if folder.name not in versions | {path.parent.name}:
            with suppress(OSError):
                shutil.rmtree(folder)


def _path(home: Home, version: int, place: str) -> Path:
    return home.makes / "forecasts" / f"{version:06}" / f"{place}.json"


def _key(catalogue: Catalogue, definitions: Definitions, place: str) -> str:
    """Changes with whatever the forecasts depend on beside the facts."""
    names = sorted({kpi.measure for kpi in catalogue.kpis})
    frequencies = [(name, catalogue.indicator(name, definitions).frequency) for name in names]
    metrics = [(name, measure.metric) for name, measure in catalogue.measures.items()]
    events = [(event.date, event.indicators, event.places) for event in definitions.city.events if event.indicators]
    around = definitions.place[place].parent, definitions.city.place
    said = repr((FORM, until(catalogue, definitions, place), frequencies, metrics, events, around))
    return hashlib.sha256(said.encode()).hexdigest()


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, key: str) -> Outlooks | None:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # whatever is in it: it is made anew
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["key"] == key:
            return {name: _outlook(outlook) for name, outlook in told["outlooks"].items()}
    return None


def _outlook(told: Mapping[str, Any]) -> Outlook:
    if told["frequency"] not in {**MONTHS, **DAYS}:
        raise ValueError(told["frequency"])
    return Outlook(
        date.fromisoformat(told["last"]), told["frequency"], _values(told["values"]), _forecast(told["forecast"]), int(told["begins"])
    )


def _forecast(told: Mapping[str, Any]) -> Forecast:
    by_step = {part: _numbers(told[part]) for part in BY_STEP}
    tested, why = told["backtest"], told["why"]
    return Forecast(
        method=str(told["method"]),
        backtest=tested and Backtest(**tested),
        why=why and Reason(why["sentence"], why["values"]),
        **by_step,
    )


def _numbers(told: Sequence[float]) -> tuple[float, ...]:
    return tuple(float(number) for number in told)


def _values(told: Sequence[float | None]) -> tuple[float | None, ...]:
    return tuple(None if number is None else float(number) for number in told)
