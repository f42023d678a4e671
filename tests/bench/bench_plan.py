"""A plan of 5,000 actions and 30,000 milestones: its truth line at every level beside one hand-written SQL, and its import.

    python -m tests.bench.bench_plan

The SQL rolls declared, proved and money up to every node of the same SQLite, in one statement; ours also finds states, days, delays, shares
and what waits, and must give equal numbers. Months of reports are another case: what held on a day is then looked for among them; its
reference is the same SQL, which reads only the newest. The import is CPU, beside the aim of 5 seconds.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from data.plans.adopting import adopt
from data.plans.reading import tree
from data.records import database
from data.records.records import Records
from kpis.plans.truth import Truth, truth
from tests.bench.figure import Figure, in_turns, table
from tests.big_plan import DAY, big_plan, document, new_records, office
from tests.plan_by_hand import BY_HAND

RUNS, IMPORTS = 15, 3
CPU = 5_000
"""Milliseconds of CPU within which a plan is to be imported."""


def measure() -> list[Figure]:
    """The truth line beside the SQL, without reports and with a year and a half of them; and the import beside its aim."""
    return [_truth_line("", months=0), _truth_line(", and 90,000 reports", months=18), _import()]


def _truth_line(besides: str, months: int) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        made = new_records(Path(folder))
        plan = big_plan(made, months=months)
        with closing(sqlite3.connect(made.store / database.NAME)) as connection:
            ours, theirs = in_turns(_ours(made, plan), lambda: by_hand(connection, plan), runs=RUNS)
    return Figure(f"truth line of 5,000 actions at every level{besides}, beside one SQL", ours, theirs, 3)


def _ours(made: Records, plan: int) -> Callable[[], Truth]:
    return lambda: truth(tree(made, plan, DAY))


def by_hand(connection: sqlite3.Connection, plan: int) -> list[tuple]:
    """One row for each node and one for the plan: id, actions, declared, proved, budget, committed, accrued, paid."""
    return connection.execute(BY_HAND, {"plan": plan, "after": "2026-07-01T00:00:00.000000Z"}).fetchall()


def _import() -> Figure:
    """The least of a few: CPU does not wait for others, but shares caches with them."""
    taken = []
    for _ in range(IMPORTS):
        with tempfile.TemporaryDirectory() as folder:
            made, plan = new_records(Path(folder)), document()
            writer = office(made)
            began = time.process_time()
            adopt(made, writer, plan)
            taken.append(1000 * (time.process_time() - began))
    return Figure("CPU of importing 5,000 actions with 30,000 milestones, beside 5 s", min(taken), CPU, 1)


if __name__ == "__main__":
    print(table(measure()))
