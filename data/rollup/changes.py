"""Which periods a run computes: those asked for, or those whose events have changed since the last one."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

import duckdb
from duckdb import ColumnExpression, FunctionExpression

from data.connection import NO_EXTENSIONS
from data.periods import YEARS, ending, start
from data.rollup.event_columns import FILE, relation, typed
from data.rollup.event_files import EventFiles
from data.rollup.memory import Memory, Seen, changed
from data.rollup.reading import Rollup

Window = tuple[date, date]
EVERYTHING: Window = (date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))


def with_spans(rollup: Rollup, groups: Sequence[EventFiles], now: Mapping[str, Seen]) -> dict[str, Seen]:
    """The files with first and last day of their events. One file is never asked: whatever changes, it is read whole."""
    if rollup.declaration.period is None or len(now) == 1:
        return dict(now)
    spans: dict[str, tuple[str, str]] = {}
    for files in groups:
        unknown = tuple(path for path in files.paths if now[str(path)].span is None)
        if unknown:
            spans |= _spans(rollup, EventFiles(unknown, files.header), rollup.declaration.period.column)
    return {name: replace(seen, span=spans.get(name, seen.span)) for name, seen in now.items()}


def window(rollup: Rollup, now: Mapping[str, Seen], before: Memory) -> Window | None:
    """The days of the periods whose events have changed; None where nothing has."""
    names = changed(now, before)
    if not names:
        return None
    period = rollup.declaration.period
    # A file that has changed concerns the days that it has now, and those that it had.
    spans = [told[name].span for told in (now, before.files) for name in names if name in told]
    if period is None or not all(spans):
        return EVERYTHING
    days = [date.fromisoformat(day) for span in spans if span for day in span]
    return whole(rollup, (min(days), max(days)))


def whole(rollup: Rollup, asked: Window) -> Window:
    """The window widened to whole periods."""
    if rollup.declaration.period is None or asked == EVERYTHING:
        return asked
    every = rollup.declaration.period.every
    return start(ending(asked[0], every), every), ending(asked[1], every)


def _spans(rollup: Rollup, files: EventFiles, column: str) -> dict[str, tuple[str, str]]:
    with closing(duckdb.connect(config={**NO_EXTENSIONS})) as connection:
        found = relation(connection, rollup, files, with_file=True)
        days = found.select(ColumnExpression(FILE), typed(rollup, found)[column].cast(duckdb.sqltype("DATE")).alias("day"))
        first, last = (FunctionExpression(name, ColumnExpression("day")).cast(duckdb.sqltype("VARCHAR")) for name in ("min", "max"))
        rows = days.aggregate([ColumnExpression(FILE), first, last], f'"{FILE}"').fetchall()
    return {name: (first, last) for name, first, last in rows if first is not None}
