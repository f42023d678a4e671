"""How the next version comes to be: as a copy in which some periods are written anew, or written whole.

A copy costs what copying a file costs, and then only what its changed periods cost. What is deleted from a copy leaves
room that later loads fill; where too much of it stays empty, the next version is written whole, which leaves none.
"""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data.connection import open_to_read, open_to_write
from data.history import attach_held

SMALL = 1_000_000
"""Rows that are written whole in about a second, whatever changes."""
LARGE_PART = 0.5
"""From this part of the rows on, writing everything costs no more than writing them into a copy."""
MOST_EMPTY = 0.4
"""The part of a file that may lie empty."""


@dataclass(frozen=True)
class Rewriting:
    """The periods to be written anew, in order; with `everything`, all other periods are written too."""

    periods: list[date]
    everything: bool


def planned(before: Path | None, brought: Sequence[date], dropped: Sequence[int]) -> Rewriting:
    """What a version built on `before` has to write, for rows of these periods and without these loads."""
    if before is None:
        return Rewriting(sorted(brought), everything=True)
    with closing(open_to_read(before)) as connection:
        periods = sorted({*brought, *_periods_of(connection, dropped)})
        held, changing = connection.execute(SIZES, {"periods": periods}).fetchall()[0]
        everything = held < SMALL or changing > LARGE_PART * held or _empty(connection) > MOST_EMPTY
    return Rewriting(periods, everything)


def begun(part: Path, before: Path | None, plan: Rewriting) -> duckdb.DuckDBPyConnection:
    """The file of the version in the making, empty or a copy, open to write; the version before is attached as `held`."""
    if before is not None and not plan.everything:
        shutil.copyfile(before, part)
    connection = open_to_write(part)
    attach_held(connection, before)
    return connection


def _periods_of(connection: duckdb.DuckDBPyConnection, loads: Sequence[int]) -> set[date]:
    if not loads:
        return set()
    return {period for (period,) in connection.execute(PERIODS, {"loads": list(loads)}).fetchall()}


def _empty(connection: duckdb.DuckDBPyConnection) -> float:
    return connection.execute("select free_blocks / greatest(total_blocks, 1) from pragma_database_size()").fetchall()[0][0]


SIZES = "select count(*), count(*) filter (where period in (select unnest($periods::date[]))) from observation"
PERIODS = """
select distinct period from (from observation select period, load, confirmed union all from revision select period, load, confirmed)
where list_contains($loads, load) or list_contains($loads, confirmed)
"""
