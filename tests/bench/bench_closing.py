"""Closing a month of a plan of 5,000 actions and 30,000 milestones, beside copying its records and checking the copy whole.

    python -m tests.bench.bench_closing

What a snapshot needs anyway is the copy and the check; the rest is what is judged, by a process of its own, and the list of all files.
"""

import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

from data.home import Home
from data.periods import Month
from data.plans.adopting import adopt
from data.records.records import records
from data.records.whole import copy_whole
from data.snapshots.freezing import NOT_IN_ORDER, freeze, linked
from data.snapshots.frozen import frozen
from data.snapshots.reopening import reopen
from tests.bench.figure import Figure, in_turns, table
from tests.big_plan import document, office
from tests.browser.panel import demo_home

PLACE, MONTH = "villa_quimera", Month(2026, 6)


def measure() -> list[Figure]:
    """Milliseconds of a closing, and of opening the records of a closed month beside those of today."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(demo_home(Path(folder) / "home"))
        held = records(home)
        who, numbers = office(held), count(1)
        adopt(held, who, replace(document(), place=PLACE))

        def close() -> None:
            freeze(home, held, who, PLACE, MONTH, accepted="measured")
            reopen(held, who, PLACE, MONTH, "measured")

        def copy() -> None:
            target = Path(folder) / f"copy-{next(numbers)}"
            target.mkdir()
            copy_whole(home, target, linked, NOT_IN_ORDER)

        closed, copied = in_turns(close, copy, runs=3, warm_up=1)
        freeze(home, held, who, PLACE, MONTH, accepted="measured")
        found = frozen(home, held, PLACE, MONTH)
        assert found is not None
        kept = records(found)
        then, today = in_turns(lambda: kept.state, lambda: held.state, runs=200)
        return [
            Figure("closing a month, 5,000 actions, demo city", closed, copied),
            Figure("asking a closed month for its state", then, today, 2.0),
        ]


if __name__ == "__main__":
    print(table(measure()))
