"""rollup: raw events (requests, readings, payments) become observations, by a SQL file

example: python -m data rollup requests --source-path /mnt/register/export
         python -m data rollup sensors --engine sc://spark.city.example:15002 --source-path s3://city/air --since 2026-01
"""

import argparse
import hashlib
import re
import sys
import time
from datetime import UTC, datetime

from data import facts, loads, rollup
from data.command_line import Answer, counted, month
from data.commands.ingest import EMPTY as INGEST
from data.definitions import Definitions, load
from data.home import Home
from data.rehearsal import would_be
from data.rollup.memory import Memory, remember
from data.rollup.reading import Rollup, read
from data.versions import login

EMPTY = {**INGEST, "engine": None, "seconds": 0.0}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", metavar="NAME", help="the roll-up: data/rollups/NAME.yaml and its SQL")
    parser.add_argument("--engine", type=_engine, default=rollup.DUCKDB, help="duckdb, or a cluster's sc://HOST:PORT")
    parser.add_argument("--source-path", metavar="PATH", help="where the events are, instead of the declared path")
    parser.add_argument("--since", metavar="MONTH", type=month, help="compute from this month on, whether or not anything has changed")
    parser.add_argument("--until", metavar="MONTH", type=month, help="and up to this one")
    parser.add_argument("--dry-run", action="store_true", help="compute and check, and load nothing")


def run(told: argparse.Namespace) -> Answer:
    """What the command does."""
    began = time.perf_counter()
    home = Home.here()
    definitions = load(home)
    chosen = read(told.name, home, definitions)
    asked = rollup.Asked(
        told.engine, told.source_path, told.since.first if told.since else None, told.until.last if told.until else None, told.json
    )
    found = rollup.compute(chosen, home, definitions, asked)
    if found.unnamed:
        print(f"not loaded, because `indicators` does not name them: {', '.join(found.unnamed)}", file=sys.stderr)  # noqa: T201
    if told.dry_run:
        return _dry(told, home, definitions, chosen, found, began)
    outcome = None if found.rows.is_empty() else loads.apply(home, definitions, [(_new_load(chosen, found), found.rows)])[0]
    memory = found.memory
    remember(home, chosen.name, Memory(memory.definition, memory.files, _with(memory.loads, outcome)))
    return _answer(told, home, found, outcome, time.perf_counter() - began)


def _engine(text: str) -> str:
    """Secrets have a variable of their own: what stands on a command line, everybody on the machine can read."""
    if text == rollup.DUCKDB or re.fullmatch(r"sc://[^:/;@\s]+(:\d{1,5})?/?", text):
        return text
    raise argparse.ArgumentTypeError("write duckdb, or sc://HOST:PORT; a token goes into MANDATO_SPARK_PARAMETERS (docs/rollups.md)")


def _dry(told: argparse.Namespace, home: Home, definitions: Definitions, chosen: Rollup, found: rollup.Computed, began: float) -> Answer:
    """What the run would change, on a copy of the facts."""
    would = {"new": 0, "revised": 0, "unchanged": 0}
    if not found.rows.is_empty():
        would = would_be(home, definitions, _new_load(chosen, found), found.rows)
    answer = _answer(told, home, found, None, time.perf_counter() - began)
    assert isinstance(answer.json, dict)
    words = answer.words
    if not found.rows.is_empty():
        words += ": {new:,} would be new, {revised:,} revised, {unchanged:,} unchanged.".format(**would)
        words += f"{_gone(found)}\nNothing is wrong with them, and nothing was loaded (--dry-run)."
    return Answer({**answer.json, "would_be": would}, words)


def _new_load(chosen: Rollup, found: rollup.Computed) -> loads.NewLoad:
    return loads.NewLoad(_load_id(chosen, found), chosen.name, found.files, login(), datetime.now(UTC).date(), found.rows.height)


def _load_id(chosen: Rollup, found: rollup.Computed) -> str:
    """The same for the same rows, unless others came in between: rows that were right once can become right again."""
    rows = found.rows.sort(*found.rows.columns[:4]).write_csv()
    identity = hashlib.sha256("\n".join([chosen.name, rows]).encode()).hexdigest()
    earlier = found.memory.loads[:-1]
    return hashlib.sha256("\n".join([identity, *earlier]).encode()).hexdigest() if identity in earlier else identity


def _with(held: tuple[str, ...], outcome: loads.Outcome | None) -> tuple[str, ...]:
    return held if outcome is None else (*(name for name in held if name != outcome.load_id), outcome.load_id)


def _answer(told: argparse.Namespace, home: Home, found: rollup.Computed, outcome: loads.Outcome | None, seconds: float) -> Answer:
    held = facts.current(home)
    json = {
        **EMPTY,
        "source": told.name,
        "files": list(found.files),
        "rows_read": found.rows.height,
        "rows_gone": found.rows_gone,
        "facts_version": held.version if held else None,
        "engine": told.engine,
        "seconds": round(seconds, 3),
    }
    if outcome:
        json |= {"load_id": outcome.load_id, "rows_loaded": outcome.new + outcome.revised, "rows_revised": outcome.revised}
        json |= {"rows_unchanged": outcome.unchanged}
    return Answer(json, _words(found, outcome))


def _words(found: rollup.Computed, outcome: loads.Outcome | None) -> str:
    if found.window is None:
        return "No event has changed since the last run, so nothing was computed; --since MONTH computes it again."
    if found.rows.is_empty():
        return "The roll-up computed no row for an indicator that it names; nothing was loaded."
    periods = found.rows["period"]
    words = f"{counted(found.rows.height, 'observation')} from {periods.min()} to {periods.max()}"
    if outcome is None:
        return words
    words += f": {outcome.new} new, {outcome.revised} revised, {outcome.unchanged} unchanged.{_gone(found)}"
    return f"{words}\nFacts version {outcome.facts_version} is in force. Look at it: make run"


def _gone(found: rollup.Computed) -> str:
    return f"\nMissing, because no event counts for it any more: {counted(found.rows_gone, 'value')}." if found.rows_gone else ""
