"""What each area and post owes by a review, by date.

Values, reports, evidence, what moved goals and what could keep them from their targets, follow-ups, answers to concerns, and corrective
measures.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from data.access import Actor
from data.records.columns import told
from kpis.headline import needs_decision
from kpis.meetings.goals import worsened
from kpis.plans.owed import Owed
from kpis.reviews.cycle import Phase
from kpis.reviews.values_owed import OWING
from kpis.score import Score

KINDS = ("value", "report", "evidence", "analysis", "risk", "follow_up", "concern", "measure")
"""A figure of the month; how far an action is; what shows a stage; what moved a goal, and what could keep it from its target; a promise
of a meeting; an answer; what follows from a failure."""

Text = str | Mapping[str, str]


@dataclass(frozen=True)
class Duty:
    """One thing owed: its kind, its name, until when; `what` is the indicator or goal, or the id of the action, stage, follow-up and so on.

    state    of a value: owed, draft, returned; of a report: never, old; of evidence: due, returned, unproved (the area says that the stage
             was reached, and nothing shows it); else "open"
    node     the action that it is about, `part_of` its name where it is not the duty's own; `goal` the goal
    said     what was asked, such as the note of whoever sent it back
    due      the last day; None where nobody set one
    count    how many of them it stands for, such as the values of an indicator in all districts
    """

    kind: str
    what: int | str
    name: Text
    area: str | None
    due: date | None
    state: str = "open"
    owner: int | None = None
    node: int | None = None
    goal: str | None = None
    said: str = ""
    part_of: Text = ""
    count: int = 1

    def overdue(self, day: date) -> bool:
        """Whether its last day is over."""
        return self.due is not None and self.due < day


@dataclass(frozen=True)
class Count:
    """How many are owed, and how many of them are overdue."""

    owed: int = 0
    overdue: int = 0


def by_day(duties: Iterable[Duty]) -> list[Duty]:
    """The first due first, those without a day last; on one day in the order of KINDS."""
    return sorted(duties, key=lambda duty: (duty.due or date.max, KINDS.index(duty.kind), str(duty.what)))


def mine(duties: Iterable[Duty], actor: Actor) -> list[Duty]:
    """Those of somebody's areas and of the posts they hold or stand in for, on any area."""
    return [duty for duty in duties if duty.area in actor.areas or duty.owner in actor.posts]


def counts(duties: Iterable[Duty], day: date) -> dict[tuple[str | None, str], Count]:
    """By area (None: nobody's) and kind; what is not there is owed by nobody."""
    found: dict[tuple[str | None, str], Count] = {}
    for duty in duties:
        was = found.get((duty.area, duty.kind), Count())
        found[duty.area, duty.kind] = replace(was, owed=was.owed + duty.count, overdue=was.overdue + duty.count * duty.overdue(day))
    return found


def of_values(owed: pl.DataFrame, names: Mapping[str, Text]) -> list[Duty]:
    """The values that it is an area's turn to send, one duty for each indicator and state: rows of kpis.reviews.values_owed.

    `names` are those of the indicators.
    """
    turn = owed.filter(pl.col("state").is_in(OWING))
    asked = pl.col("question").drop_nulls().first().alias("said")
    each = turn.group_by("area", "indicator", "state", maintain_order=True).agg(pl.col("due").min(), asked, pl.len().alias("count"))
    return [
        Duty("value", row["indicator"], names.get(row["indicator"], row["indicator"]), row["area"], row["due"], row["state"],
             said=row["said"] or "", count=row["count"])
        for row in _rows(each)
    ]  # fmt: skip


def of_plan(owes: Owed, actions: pl.DataFrame, area: str, phases: list[Phase]) -> list[Duty]:
    """What an area owes of a plan; `actions` are its rows of Truth.nodes.

    Reports, and papers that were sent back, are due by the end of collecting; a stage by its own day, as far as the review reaches.
    """
    collected, last = phases[0].last, phases[-1].last
    owners = dict(actions.select("id", "owner").iter_rows())
    names = dict(actions.select("id", "name").iter_rows())

    def about(kind: str, row: Mapping[str, Any], name: str, due: date | None, state: str, said: str = "") -> Duty:
        node = row["id"] if kind == "report" else row["node"]
        owner = row["owner"] if kind == "measure" else owners.get(node)
        part_of = "" if kind == "report" else told(names.get(node)) or ""
        return Duty(kind, row.get("milestone", row["id"]), told(name) or "", area, due, state, owner, node, said=said, part_of=part_of)

    reports = [about("report", row, row["name"], collected, "old" if row["last"] else "never") for row in _rows(owes.unreported)]
    stages = [row for row in _rows(owes.due) if row["due"] <= last]
    due = [about("evidence", row, row["name"], row["due"], "unproved" if row["done_on"] else "due") for row in stages]
    returned = [about("evidence", row, row["step"], collected, "returned", _note(row)) for row in _rows(owes.returned)]
    measures = [about("measure", row, row["corrective"], row["due"], "open") for row in _rows(owes.measures)]
    sent_back = {duty.what for duty in returned}
    return [*reports, *(duty for duty in due if duty.what not in sent_back), *returned, *measures]


def of_goals(scores: Sequence[Score], analysed: Collection[str], weighed: Collection[str], phases: list[Phase], day: date) -> list[Duty]:
    """The analysis and the risk of each goal that asks for them, from the first day of the phase of each; without those written already.

    `scores` are the goals of the month that is reviewed, `analysed` and `weighed` ids of goals whose text is there.
    """
    kinds = (("analysis", phases[1], analysed), ("risk", phases[2], weighed))
    return [
        Duty(kind, score.kpi.id, score.kpi.name, score.kpi.owner, phase.last, goal=score.kpi.id)
        for kind, phase, written in kinds if day >= phase.first
        for score in scores if asks_for_words(score) and score.kpi.id not in written
    ]  # fmt: skip


def asks_for_words(score: Score) -> bool:
    """Whether its area says why it stands so: it is off track or at risk, or it got worse and that is a signal."""
    return needs_decision(score) or worsened(score)


def of_follow_ups(rows: Iterable[Mapping[str, Any]], until: date) -> list[Duty]:
    """Those that are open and due by a day: rows of data.meetings.follow_ups."""
    asked = (row for row in rows if row["state"] == "open" and row["due"] <= until)
    return [
        Duty("follow_up", row["id"], row["what"], row["area"], row["due"], owner=row["owner"], node=row["node"], goal=row["goal"],
             said=row["evidence"] or "")
        for row in asked
    ]  # fmt: skip


def of_concerns(rows: Iterable[Mapping[str, Any]], phases: list[Phase]) -> list[Duty]:
    """Those that nobody has answered: before the risks are weighed, and by the end of the review where they were raised later."""
    weighed, last = phases[2].last, phases[-1].last
    return [
        Duty("concern", row["id"], row["title"], row["area"], weighed if row["raised_on"] <= weighed else last, node=row["node"],
             goal=row["goal"], said=row["said"])
        for row in rows if row["state"] == "raised" and row["raised_on"] <= last
    ]  # fmt: skip


def _rows(frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    return frame.iter_rows(named=True)


def _note(row: Mapping[str, Any]) -> str:
    return ": ".join(filter(None, [row["judged_by"], row["note"]]))
