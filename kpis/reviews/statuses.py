"""What a month says, to be kept when it is closed: every goal's status with its reason, and every plan's truth line."""

from collections.abc import Mapping
from typing import Any

from data import facts as fact_files
from data.definitions import Definitions
from data.definitions import load as load_definitions
from data.facts import Facts
from data.home import Home
from data.offered import choosable
from data.periods import Month, written
from data.plans.reading import plans, tree
from data.records.records import begun, records
from kpis import catalogue
from kpis.catalogue import Catalogue
from kpis.plans.truth import Truth, truth
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

    Raises Refused where a definition is wrong, NotPossibleNow where the facts or the records cannot be read.
    """
    definitions = load_definitions(home)
    goals, facts = catalogue.load(home, definitions), fact_files.current(home)
    return {
        "place": place,
        "month": str(month),
        "facts_version": facts and facts.version,
        "kpis": goals_of(facts, goals, definitions, place, month) if facts else [],
        "plans": plans_of(home, facts, definitions, place, month),
        "missing": missing(facts, records(home) if begun(home) else None, goals, definitions, place, month),
    }


def goals_of(facts: Facts, goals: Catalogue, definitions: Definitions, place: str, month: Month) -> list[dict[str, Any]]:
    """Every goal of a place, in the catalogue's order."""
    return [of_goal(score) for score in scorecard(facts, goals, definitions, place, month)]


def of_goal(score: Score) -> dict[str, Any]:
    """A goal as it is kept: values in the indicator's unit, the reason in English."""
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
