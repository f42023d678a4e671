"""From raw events (requests, readings, payments) to observations, by a SQL file: on this machine, or on the city's own cluster.

The way of a roll-up: `reading` reads its two files (`declaration`, `statement`); `event_files` finds the events, `memory` and
`changes` say which periods are to be computed; `in_duckdb` or `on_spark` runs the SQL; `observations` validates its rows.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from data.definitions import Definitions
from data.facts import Facts, current
from data.home import Home
from data.rollup import in_duckdb, on_spark
from data.rollup.changes import EVERYTHING, Window, whole, window, with_spans
from data.rollup.event_files import EventFiles, find, grouped
from data.rollup.memory import Memory, Seen, look, remembered
from data.rollup.observations import NO_ROWS, observations, settled, unnamed, vanished
from data.rollup.reading import Rollup

DUCKDB = "duckdb"


@dataclass(frozen=True)
class Asked:
    """What a run is asked for. `since` and `until` are days; without either, the periods that have changed are computed."""

    engine: str = DUCKDB
    source_path: str | None = None
    since: date | None = None
    until: date | None = None
    quiet: bool = True

    @property
    def window(self) -> Window | None:
        return None if self.since is None and self.until is None else (self.since or EVERYTHING[0], self.until or EVERYTHING[1])


@dataclass(frozen=True)
class Computed:
    """What a run found. `rows` are observations; `rows_gone` of them take back values whose events are gone.

    `window` is None where nothing had changed; `unnamed` are names in the result that fill no indicator; `memory` is what
    to keep once the rows are loaded.
    """

    rows: pl.DataFrame
    memory: Memory
    files: tuple[str, ...] = ()
    window: Window | None = None
    unnamed: list[str] = field(default_factory=list)
    rows_gone: int = 0


def compute(rollup: Rollup, home: Home, definitions: Definitions, asked: Asked) -> Computed:
    """The observations of the periods asked for, or of those whose events have changed. Raises Refused and NotPossibleNow."""
    facts = current(home)
    before = _standing(remembered(home, rollup.name), facts)
    if asked.engine != DUCKDB:
        days = whole(rollup, asked.window or EVERYTHING)
        path = on_spark.event_path(rollup, asked.source_path)
        result = on_spark.run(rollup, asked.engine, path, _narrow(days))
        return _computed(rollup, definitions, facts, result, days, Computed(NO_ROWS, Memory(loads=before.loads), (path,)))
    groups = grouped(rollup, find(rollup, home, asked.source_path), home)
    now = with_spans(rollup, groups, look([path for files in groups for path in files.paths], before))
    known = before if before.definition == rollup.fingerprint else Memory(loads=before.loads)
    days = whole(rollup, asked.window) if asked.window else window(rollup, now, known)
    # Of a run for certain periods nothing is to be remembered: files that have changed may concern others too.
    after = before if asked.window else Memory(rollup.fingerprint, now, before.loads)
    found = Computed(NO_ROWS, after, tuple(now))
    if days is None:
        return found
    chosen = _holding(groups, now, days)
    result = in_duckdb.run(rollup, chosen, _narrow(days), home.store / "rollups", asked.quiet) if chosen else None
    return _computed(rollup, definitions, facts, result, days, found)


def _standing(memory: Memory, facts: Facts | None) -> Memory:
    """The memory where all that it relies on is held; where a load was taken out, everything is to be computed again."""
    held = {load.id for load in facts.loads()} if facts else set()
    if held.issuperset(memory.loads):
        return memory
    return Memory(loads=tuple(load for load in memory.loads if load in held))


def _narrow(days: Window) -> Window | None:
    return None if days == EVERYTHING else days


def _holding(groups: list[EventFiles], now: dict[str, Seen], days: Window) -> list[EventFiles]:
    """The files that hold events of these days, as far as it is known."""

    def concerns(span: tuple[str, str] | None) -> bool:
        return span is None or (date.fromisoformat(span[0]) <= days[1] and date.fromisoformat(span[1]) >= days[0])

    kept = [replace(files, paths=tuple(path for path in files.paths if concerns(now[str(path)].span))) for files in groups]
    return [files for files in kept if files.paths]


def _computed(
    rollup: Rollup, definitions: Definitions, facts: Facts | None, result: pl.DataFrame | None, days: Window, found: Computed
) -> Computed:
    rows = NO_ROWS if result is None else observations(rollup, result, definitions).filter(pl.col("period").is_between(*days))
    rows = settled(facts, rows, days) if facts else rows
    gone = vanished(facts, found.memory.loads, rows, days) if facts else rows.clear()
    names = [] if result is None else unnamed(rollup, result)
    return replace(found, rows=pl.concat([rows, gone]), window=days, unnamed=names, rows_gone=gone.height)
