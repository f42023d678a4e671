"""one place's goals in one month, judged: value, what was due, status and reason

example: python -m kpis evaluate --place my_city --month 2026-06
         python -m kpis evaluate --place my_city --month 2026-06 --as-known 2026-07-10 --json
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from data.command_line import Answer
from data.definitions import Definitions, load
from data.facts import Facts, current
from data.home import Home
from data.model import say
from data.periods import written
from data.problems import NotPossibleNow, Problem, Refused
from kpis import catalogue
from kpis.commands import arguments
from kpis.foresight.outlook import chances_of, outlooks, until
from kpis.headline import urgency
from kpis.metrics.observations import observations
from kpis.reasons import amount
from kpis.score import DIRECTIONS, STATUSES, Score
from kpis.scorecard import scorecard
from kpis.smart import Assessment, assess
from kpis.smart.faults import as_json

EMPTY = {"place": None, "month": None, "facts_version": None, "kpis": [], "summary": {}}


def add(parser: argparse.ArgumentParser) -> None:
    """Place and month; one goal or all; today's values or those known on a day."""
    parser.add_argument("--place", required=True, help="a place's id, as in data/places.yaml")
    parser.add_argument("--month", required=True, help="the month to judge, as 2026-06")
    parser.add_argument("--kpi", help="one goal's id; without it, all")
    parser.add_argument("--as-known", metavar="DATE", help="leave out what was loaded after this day, as 2026-07-10")


def run(told: argparse.Namespace) -> Answer:
    """Judges the month; Refused where place, month, goal or day do not exist."""
    home = Home.here()
    definitions = load(home)
    goals = catalogue.load(home, definitions)
    problems: list[Problem] = []
    month, as_known = arguments.month("--month", told.month, problems), arguments.day("--as-known", told.as_known, problems)
    problems += arguments.unknown("--place", "place", told.place, definitions.place)
    problems += arguments.unknown("--kpi", "KPI", told.kpi, goals.kpi) if told.kpi else []
    if problems or month is None:
        raise Refused(problems)
    facts = current(home)
    if facts is None:
        demo = ", or build the demo with `python -m data demo`" if definitions.city.demo else ""
        raise NotPossibleNow("no facts are loaded yet; load a file with `python -m data ingest`" + demo)
    scores = [score for score in scorecard(facts, goals, definitions, told.place, month, as_known) if told.kpi in (None, score.kpi.id)]
    chances = _chances(scores, facts, goals, definitions, as_known)
    gate = {told.kpi.id: told for told in assess(goals, definitions, told.place, facts, month.last, chances)}
    answered = {"place": told.place, "month": str(month), "facts_version": facts.version}
    found = [_json(score, gate[score.kpi.id], chances[score.kpi.id]) for score in scores]
    return Answer({**answered, "kpis": found, "summary": _summary(scores)}, _table(scores))


def _chances(
    scores: Sequence[Score], facts: Facts, goals: catalogue.Catalogue, definitions: Definitions, as_known: date | None
) -> dict[str, float | None]:
    """The chance of each goal, from what was known by then."""
    if not scores:
        return {}
    place, month = scores[0].place, scores[0].month
    aimed = [score.indicator.id for score in scores if score.aim.target]
    held = observations(facts, goals, definitions, aimed, places=[place], until=month.last, as_known=as_known)
    found = outlooks(held, goals, definitions, place, until(goals, definitions, place))
    return chances_of(found, goals, definitions, place)


def _json(score: Score, gate: Assessment, chance: float | None) -> dict[str, object]:
    return {
        "id": score.kpi.id,
        "value": score.value,
        "period": score.period and written(score.period, score.frequency),
        "due": score.due,
        "target": score.aim.target and (score.aim.target.range or score.target_now),
        "progress": score.progress,
        "attainment": score.attainment,
        "band": score.band,
        "status": score.status,
        "reason": str(score.reason),
        "fresh_days": score.age_days,
        "limit_days": score.limit_days,
        "chance": chance,
        "signal": _signal(score),
        "change": _change(score),
        "publishable": gate.publishable,
        "smart": as_json(gate)["letters"],
        "annual_compliance": score.annual_compliance,
        "plan_progress": score.plan_progress,
    }


def _change(score: Score) -> dict[str, object] | None:
    change = score.change
    return change and {**asdict(change), "previous_period": written(change.previous_period, score.frequency)}


def _signal(score: Score) -> dict[str, object] | None:
    found = score.signal
    if found is None:
        return None
    return {**asdict(found), "reason": str(found.reason), "since": found.since and written(found.since, score.frequency)}


def _summary(scores: Sequence[Score]) -> dict[str, object]:
    statuses = [score.status for score in scores]
    directions = [score.direction for score in scores]
    met = statuses.count("reached") + statuses.count("exceeded")
    return {
        "kpis": len(scores),
        "statuses": {status: statuses.count(status) for status in STATUSES},
        "changes": {direction: directions.count(direction) for direction in DIRECTIONS},
        "met": met,
        "not_met": sum(statuses.count(status) for status in ("on_track", "at_risk", "off_track")),
    }


COLUMNS = ("status", "goal", "value", "due now", "period", "change", "why")


def _table(scores: Sequence[Score]) -> str:
    """The same in words, what needs attention first."""
    ordered = sorted(scores, key=lambda score: (STATUSES.index(score.status), urgency(score)))
    rows = [COLUMNS, *(_row(score) for score in ordered)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS) - 1)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows]
    counts = ", ".join(f"{n} {status}" for status in STATUSES if (n := sum(score.status == status for score in scores)))
    return "\n".join([*lines, "", counts])


def _row(score: Score) -> tuple[str, ...]:
    def said(number: float | None) -> str:
        return "-" if number is None else str(replace(amount(number, score.indicator), unit="")).strip()

    value = "-" if score.value is None else str(amount(score.value, score.indicator))
    period = written(score.period, score.frequency) if score.period else "-"
    changed = f"{score.direction}, unusual" if score.newly_unusual else score.direction
    return score.status, say(score.kpi.name, "en"), value, said(score.due), period, changed, str(score.reason)
