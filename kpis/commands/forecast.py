"""what is likely to come: a forecast with intervals, the chance of a target, and how good such forecasts have been

example: python -m kpis forecast --table values.csv --horizon 12 --season 12 --target 75 --polarity lower
         python -m kpis forecast --table values.csv --horizon 18 --season 12 --json
         python -m kpis forecast --all
"""

import argparse
import math
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

from tqdm import tqdm

from data import definitions as definition_files
from data.command_line import Answer, counted
from data.facts import current
from data.home import Home
from data.problems import NotPossibleNow, Problem, Refused
from kpis import catalogue
from kpis.foresight import chance, kept
from kpis.foresight.forecast import LEVELS, Forecast, Series, forecasts
from kpis.foresight.table import Told, read_table

EMPTY = {"method": None, "points": [], "chance": None, "backtest": None}
NOT_TESTED = {"mase": None, "smape": None, "coverage80": None}
SIGNS = {"higher": 1, "lower": -1}
LONGEST = 1_000
"""Periods ahead: beyond, an interval says nothing."""


def add(parser: argparse.ArgumentParser) -> None:
    """A table, how far ahead, and how long its season is; or everything that the panel shows."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--table", type=Path, metavar="TABLE.csv", help="columns period and value, and series where there are several")
    what.add_argument("--all", action="store_true", help="forecast every goal of every place, so that the panel need not")
    parser.add_argument("--horizon", type=int, help="periods ahead")
    parser.add_argument("--season", type=int, help="periods after which it may repeat itself: 12 for months, 1 for none")
    parser.add_argument("--target", type=float, help="the value to reach at the end of the horizon")
    parser.add_argument("--polarity", choices=SIGNS, help="which way is better; needed with --target")


def run(told: argparse.Namespace) -> Answer:
    """Refused where the table cannot be read, or the arguments do not go together."""
    if told.all:
        return _all(Home.here())
    problems = list(_faults(told))
    if problems:
        raise Refused(problems)
    series = read_table(told.table)
    found = forecasts([Series(one.values, told.season) for one in series], told.horizon)
    answers = [_json(one, forecast, told) for one, forecast in zip(series, found, strict=True)]
    words = "\n\n".join(_words(one, answer) for one, answer in zip(series, answers, strict=True))
    if len(answers) == 1:
        return Answer(answers[0], words)
    named = [{"series": one.name, **answer} for one, answer in zip(series, answers, strict=True)]
    return Answer({**EMPTY, "backtest": _mean_of([answer["backtest"] for answer in answers]), "series": named}, words)


def _all(home: Home) -> Answer:
    """Every place's forecasts, computed and kept; NotPossibleNow before the first load."""
    definitions = definition_files.load(home)
    goals = catalogue.load(home, definitions)
    facts = current(home)
    if facts is None:
        raise NotPossibleNow("no facts are loaded yet; load a file with `python -m data ingest`")
    made = 0
    for place in tqdm([place.id for place in definitions.places], desc="forecasts", unit=" places", disable=None, leave=False):
        found = kept.kept(home, facts, goals, definitions, place)
        if found is None:
            found = kept.compute(facts, goals, definitions, place)
            kept.keep(home, facts, goals, definitions, place, found)
        made += sum(bool(outlook.forecast.mean) for outlook in found.values())
    json = {"facts_version": facts.version, "places": len(definitions.places), "forecasts": made}
    return Answer(json, f"{made:,} series of {counted(len(definitions.places), 'place')} are forecast")


def _faults(told: argparse.Namespace) -> list[Problem]:
    found = []
    for key, most in (("horizon", LONGEST), ("season", LONGEST)):
        number = getattr(told, key)
        if number is None or not 1 <= number <= most:
            hint, values = "give a whole number from 1 to {most}", {"key": f"--{key}", "most": most}
            found.append(Problem("{key} is missing or out of range", hint, key=f"--{key}", values=values))
    if (told.target is None) != (told.polarity is None):
        found.append(Problem("--target and --polarity go together", "give both, or neither", key="--target"))
    if told.target is not None and not math.isfinite(told.target):
        found.append(Problem("the target is not a number", "write a plain number such as 1250.5", key="--target"))
    return found


def _json(series: Told, found: Forecast, told: argparse.Namespace) -> dict[str, Any]:
    periods = series.coming(len(found.mean))
    target: float | None = told.target if found.mean else None
    return {
        "method": found.method,
        "points": [_point(found, step, period) for step, period in enumerate(periods, start=1)],
        "chance": None if target is None else chance.of_level(found, told.horizon, target, SIGNS[told.polarity]),
        "backtest": asdict(found.backtest) if found.backtest else NOT_TESTED,
        "why": found.why and str(found.why),
    }


def _point(found: Forecast, step: int, period: str) -> dict[str, Any]:
    quantiles = {f"p{level}": found.quantile(step, level / 100) for level in LEVELS}
    beside = {"seasonal_naive": found.seasonal_naive[step - 1], "drift": found.drift[step - 1]}
    return {"period": period, "mean": found.mean[step - 1], **quantiles, **beside}


def _mean_of(tested: list[dict[str, float | None]]) -> dict[str, float | None]:
    known = {key: [value for one in tested if (value := one[key]) is not None] for key in NOT_TESTED}
    return {key: fmean(values) if values else None for key, values in known.items()}


def _words(series: Told, answer: dict[str, Any]) -> str:
    """The same as a table for people."""
    tested = answer["backtest"]
    lines = [" ".join(filter(None, [series.name, answer["method"], answer["why"] and f"({answer['why']})"]))]
    if answer["points"]:
        columns = ("period", "mean", "p10", "p90", "seasonal_naive", "drift")
        cells = [columns, *([point["period"], *(f"{point[key]:,.6g}" for key in columns[1:])] for point in answer["points"])]
        lines += ["  ".join(str(cell).rjust(14) for cell in row) for row in cells]
    if answer["chance"] is not None:
        lines.append(f"chance of the target: {answer['chance']:.1%}")
    said = [f"{name} {tested[key]:{form}}" for key, name, form in KEPT if tested[key] is not None]
    return "\n".join([*lines, f"so far: {', '.join(said)}" if said else "how good such forecasts are cannot be measured yet"])


KEPT = (("mase", "MASE", ".3f"), ("smape", "sMAPE", ".2f"), ("coverage80", "inside the interval of 80%", ".0%"))
