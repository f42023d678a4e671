"""What a month says, to be kept when it is closed: every goal's status with its reason, every plan's truth line, what was promised."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from data import facts as fact_files
from data.definitions import Definitions
from data.definitions import load as load_definitions
from data.facts import Facts
from data.home import Home
from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.meetings.vocabulary import CONCERN_STATES
from data.offered import choosable
from data.periods import Month, written
from data.plans.reading import plans, tree
from data.records.records import Records, begun, records
from kpis import catalogue
from kpis.catalogue import Catalogue
from kpis.headline import is_fresh
from kpis.meetings import promises
from kpis.plans.truth import Truth, truth
from kpis.reviews.cycle import phases
from kpis.reviews.missing import missing
from kpis.score import Score
from kpis.scorecard import scorecard

LINE = (
    "actions", "cancelled", "left_out", "undeclared", "declared", "proved", "awaiting", "time_used", "gap", "late_stages", "forecast_end",
    "delay_days", "currency", "budget", "committed", "accrued", "paid", "committed_share", "paid_share", "spend_gap",
)  # fmt: skip
"""Columns of a plan's truth line (kpis.plans.truth)."""


def statuses(home: Home, place: str, month: Month) -> dict[str, Any]:
    """What one place's month says in a home, as plain values: `kpis` a goal each, `plans` a plan each, `missing` a value each.

    `follow_ups` and `concerns` are counts, at the end of the month's review, or today while it runs.

    Raises Refused where a definition is wrong, NotPossibleNow where the facts or the records cannot be read.
    """
    definitions = load_definitions(home)
    goals, facts = catalogue.load(home, definitions), fact_files.current(home)
    held = records(home) if begun(home) else None
    day = min(date.today(), phases(month, definitions.city.cycle)[-1].last)
    return {
        "place": place,
        "month": str(month),
        "facts_version": facts and facts.version,
        "kpis": goals_of(facts, goals, definitions, place, month) if facts else [],
        "plans": plans_of(home, facts, definitions, place, month),
        "missing": missing(facts, held, goals, definitions, place, month),
        "follow_ups": promised(held, place, day),
        "concerns": raised(held, place, day),
    }


def goals_of(facts: Facts, goals: Catalogue, definitions: Definitions, place: str, month: Month) -> list[dict[str, Any]]:
    """Every goal of a place, in the catalogue's order."""
    before = {score.kpi.id: score.status for score in scorecard(facts, goals, definitions, place, month.plus(-1))}
    return [of_goal(score, before.get(score.kpi.id)) for score in scorecard(facts, goals, definitions, place, month)]


def of_goal(score: Score, before: str | None) -> dict[str, Any]:
    """A goal as it is kept: values in the indicator's unit, the reason in English; `before` is its status in the month before."""
    worsened = is_fresh(score) and score.direction == "worse"
    return {
        "id": score.kpi.id,
        "name": score.kpi.name,
        "status": score.status,
        "reason": str(score.reason),
        "value": score.value,
        "period": score.period and written(score.period, score.frequency),
        "due": score.due,
        "target": score.aim.target and (score.aim.target.range or score.target_now),
        "attainment": score.attainment,
        "band": score.band,
        "direction": score.direction,
        "unit": score.indicator.unit,
        "decimals": score.indicator.decimals,
        "before": before,
        "worsened": worsened,
        "signal": worsened and score.signal is not None and score.signal.direction == "worse",
    }


def plans_of(home: Home, facts: Facts | None, definitions: Definitions, place: str, month: Month) -> list[dict[str, Any]]:
    """Every plan's truth line as the pages show it: on the review day, and of the newest month as it stands."""
    if not begun(home):
        return []
    held, day = records(home), definitions.city.reviewed(month)
    live = month == choosable(facts, definitions, place)[0]
    return [of_plan(truth(tree(held, plan.id, day, live=live))) for plan in plans(held)]


def of_plan(found: Truth) -> dict[str, Any]:
    """A plan as it is kept: percent from 0 to 100, amounts in the plan's currency, the actions in each state."""
    plan, whole = found.tree.plan, found.whole
    named: Mapping[str, Any] = {"key": plan.key, "name": plan.name, "kind": plan.kind, "place": plan.place}
    line = {name: whole[name] for name in LINE}
    return {**named, "version": plan.number, **line, "finished_share": found.finished_share, "states": dict(found.counts)}


def promised(held: Records | None, place: str, day: date) -> dict[str, int]:
    """How many follow-ups are open on a day, and overdue; and of the `promised` that fell due, how many were kept."""
    rows = [row for row in follow_ups(held, place) if row["made_on"] <= day] if held else []
    stand, kept = Counter(promises.state(row, day) for row in rows), promises.kept(rows, day)
    waiting = sum(stand[state] for state in promises.WAITING)
    return {"open": waiting, "overdue": stand["overdue"], "kept": kept.kept, "promised": kept.due}


def raised(held: Records | None, place: str, day: date) -> dict[str, int]:
    """How many of the concerns that were raised by a day are in each state."""
    states = Counter(row["state"] for row in concerns(held, place) if row["raised_on"] <= day) if held else Counter[str]()
    return {state: states[state] for state in CONCERN_STATES}
