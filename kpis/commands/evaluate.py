"""one place's goals in one month, judged: value, what was due, status and reason

example: python -m kpis evaluate --place my_city --month 2026-06
         python -m kpis evaluate --place my_city --month 2026-06 --as-known 2026-07-10 --json
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date

from data.command_line import Answer
from data.definitions import load, near
from data.facts import current
from data.home import Home
from data.model import say
from data.periods import Month, written
from data.problems import NotPossibleNow, Problem, Refused
from kpis import catalogue
from kpis.headline import urgency
from kpis.reasons import amount
from kpis.score import DIRECTIONS, STATUSES, Score
from kpis.scorecard import scorecard

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
    month, as_known = _month(told.month, problems), _day(told.as_known, problems)
    problems += _unknown("--place", "place", told.place, definitions.place)
    problems += _unknown("--kpi", "KPI", told.kpi, goals.kpi) if told.kpi else []
    if problems or month is None:
        raise Refused(problems)
    facts = current(home)
    if facts is None:
        demo = ", or build the demo with `python -m data demo`" if definitions.city.demo else ""
        raise NotPossibleNow(f"no facts are loaded yet; load a file with `python -m data ingest`{demo}")
    scores = [score for score in scorecard(facts, goals, definitions, told.place, month, as_known) if told.kpi in (None, score.kpi.id)]
    answered = {"place": told.place, "month": str(month), "facts_version": facts.version}
    return Answer({**answered, "kpis": [_json(score) for score in scores], "summary": _summary(scores)}, _table(scores))


def _month(text: str, problems: list[Problem]) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        problems.append(Problem("{text!r} is not a month", "write it as 2026-06", key="--month", values={"text": text}))
        return None


def _day(text: str | None, problems: list[Problem]) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("{text!r} is not a day", "write it as 2026-07-10", key="--as-known", values={"text": text}))
        return None


def _unknown(key: str, what: str, name: str, known: Iterable[str]) -> list[Problem]:
    if name in known:
        return []
    values = {"name": name, "what": what, "near": near(name, known)}
    return [Problem("{name!r} is not a known {what}", "write {near}", key=key, values=values)]


def _json(score: Score) -> dict[str, object]:
    return {
        "id": score.kpi.id,
        "value": score.value,
        "period": score.period and written(score.period, score.frequency),
        "due": score.due,
        "target": score.aim.target and score.aim.target.value,
        "progress": score.progress,
        "attainment": score.attainment,
        "band": score.band,
        "status": score.status,
        "reason": str(score.reason),
        "fresh_days": score.age_days,
        "limit_days": score.limit_days,
        "chance": None,
        "signal": None,
        "change": _change(score),
    }


def _change(score: Score) -> dict[str, object] | None:
    change = score.change
    return change and {**asdict(change), "previous_period": written(change.previous_period, score.frequency)}


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
    return score.status, say(score.kpi.name, "en"), value, said(score.due), period, score.direction, str(score.reason)
