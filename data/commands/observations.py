"""observations: reads an indicator's values back, as they are now or as they were known on a day

examples: python -m data observations --indicator waiting_days --place aurora --from 2024-01
          python -m data observations --indicator waiting_days --as-known 2025-03-31 --format parquet --out waiting.parquet
"""

import argparse
import io
import sys
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from data import files
from data.command_line import Answer, counted, day, month
from data.facts import Facts, current
from data.home import Home
from data.periods import written
from data.problems import NotPossibleNow, Problem, Refused


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--indicator", required=True, metavar="ID")
    parser.add_argument("--place", metavar="ID", help="one place; without it, all of them")
    parser.add_argument("--from", dest="since", type=month, metavar="YYYY-MM", help="first month")
    parser.add_argument("--to", dest="until", type=month, metavar="YYYY-MM", help="last month")
    parser.add_argument("--as-known", type=day, metavar="YYYY-MM-DD", help="the values that were in force on that day")
    parser.add_argument("--format", choices=("csv", "parquet", "json"), default="csv")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write here instead of to standard output")


def run(told: argparse.Namespace) -> Answer:
    """Reads the values of an indicator, of all its segments."""
    facts = current(Home.here())
    if facts is None:
        raise NotPossibleNow("nothing is loaded yet: `python -m data ingest FILE` loads a file")
    _refuse_unknown(facts, told)
    table = _table(facts, told)
    if told.out:
        files.write(table, told.out, told.format)
        return Answer(table.to_dicts(), f"{counted(table.height, 'observation')} written to {told.out}")
    if told.format == "parquet" and not told.json:
        table.write_parquet(whole := io.BytesIO())  # Polars hides why a pipe could not be written
        sys.stdout.buffer.write(whole.getvalue())
        return Answer([])
    return Answer(table.to_dicts(), table.write_json() if told.format == "json" else files.csv(table).rstrip("\n"))


def _refuse_unknown(facts: Facts, told: argparse.Namespace) -> None:
    problems = []
    for what, name, known in (("indicator", told.indicator, facts.indicators), ("place", told.place, facts.places)):
        if name is not None and name not in known:
            near = ", ".join(get_close_matches(name, known, 3)) or "one that has been loaded"
            message = "the facts hold nothing of {what} {name!r}"
            problems.append(Problem(message, "write {near}", key=what, values={"what": what, "name": name, "near": near}))
    if problems:
        raise Refused(problems)


def _table(facts: Facts, told: argparse.Namespace) -> pl.DataFrame:
    found = facts.observations(
        indicators=[told.indicator],
        places=[told.place] if told.place else None,
        since=told.since.first if told.since else None,
        until=told.until.last if told.until else None,
        as_known=told.as_known,
        segment=None,
    )
    ids = {load.number: load.id for load in facts.loads()}
    frequency = facts.frequencies[told.indicator]
    return found.with_columns(
        pl.Series("period", [written(day, frequency) for day in found["period"]], dtype=pl.String),
        pl.Series("load_id", [ids[number] for number in found["load"]], dtype=pl.String),
    ).drop("load")
