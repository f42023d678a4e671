"""The agenda of 300 goals and 5,000 actions with 30,000 stages, beside only reading the rows that it is made of.

    python -m tests.bench.bench_agenda

Both read the plan, what was missed and last reported, follow-ups and concerns from the same SQLite; ours also finds the truth line of every
node and ranks whatever needs a decision. The goals are judged before, as the Overview has done for the same month: they cost the reference
nothing, which makes the aim harder.
"""

import random
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from data.meetings.concerns import Concern, concerns, raise_concern
from data.meetings.follow_ups import FollowUp, ask, follow_ups
from data.people import PROGRAM, add_post
from data.periods import Month
from data.plans.lagging import Lagging, lagging
from data.plans.reading import Tree, tree
from data.records.records import Records
from kpis import signals
from kpis.meetings.agenda import Found, agenda
from kpis.plans.truth import truth
from kpis.score import Score
from kpis.scorecard import judged
from tests.bench import bench_judge
from tests.bench.figure import Figure, in_turns, table
from tests.big_plan import DAY, big_plan, new_records, office

TIMES, RUNS = 5, 15
"""How often each of the 60 goals of bench_judge is counted: 300."""
PROMISES, WORRIES = 200, 50
PLACE, MONTH, SINCE = "city", Month(2024, 5), date(2026, 6, 1)
SEED = 20260101


@dataclass(frozen=True)
class Read:
    """The rows of the records."""

    tree: Tree
    lagging: Lagging
    follow_ups: list[Any]
    concerns: list[Any]


def measure() -> list[Figure]:
    """Ours beside reading alone, of a plan that nobody has reported yet and of one with half a year of reports."""
    return [_agenda("", months=0), _agenda(", and 30,000 reports", months=6)]


def _agenda(besides: str, months: int) -> Figure:
    scores = _scores()
    luck = random.Random(SEED)
    chances: dict[str, float | None] = {score.kpi.id: luck.random() for score in scores}
    with tempfile.TemporaryDirectory() as folder:
        made = new_records(Path(folder))
        plan = big_plan(made, months=months)
        _ask(made)

        def ours() -> list[Found]:
            rows = _read(made, plan)
            return agenda(scores, chances, [(truth(rows.tree), rows.lagging)], rows.follow_ups, rows.concerns, DAY, SINCE)

        found = len(ours())
        ours_ms, reading_ms = in_turns(ours, lambda: _read(made, plan), runs=RUNS)
    name = f"agenda of {len(scores)} goals and 5,000 actions{besides} ({found:,} found), beside reading their rows"
    return Figure(name, ours_ms, reading_ms, 2)


def _read(made: Records, plan: int) -> Read:
    return Read(tree(made, plan, DAY), lagging(made, plan, DAY), follow_ups(made, PLACE), concerns(made, PLACE))


def _scores() -> list[Score]:
    definitions, catalogue = bench_judge._definitions(), bench_judge._catalogue()
    place = bench_judge.PLACES[0]
    held = bench_judge._observations().filter(place=place)
    once = judged(held, catalogue, definitions, place, MONTH, signals.latest(held.filter(pl.col("period") <= MONTH.last), definitions))
    return [
        replace(score, kpi=score.kpi.model_copy(update={"id": f"{score.kpi.id}_{number}"})) for number in range(TIMES) for score in once
    ]


def _ask(made: Records) -> None:
    """Promises, half of them overdue, and concerns."""
    writer = office(made)
    post = add_post(made, PROGRAM, "Head", "area_0")
    for number in range(PROMISES):
        ask(made, writer, FollowUp(PLACE, f"Promise {number}", post, DAY + timedelta(days=number - PROMISES // 2)), date(2026, 1, 1))
    for number in range(WORRIES):
        raise_concern(made, writer, Concern(PLACE, f"Worry {number}", "It worries me"), DAY - timedelta(days=number))


if __name__ == "__main__":
    print(table(measure()))
