"""What changed: which statuses moved between two readings of the goals, and the one main reason for each.

From the earlier reading to the later one in steps, always in this order: the definitions become the later ones, then the targets
with their baselines and paths, then what is known, then the month. The reason is the last step that moved the status.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Literal

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month
from data.problems import N_
from kpis.catalogue import Catalogue
from kpis.definition_files import PARTS
from kpis.reasons import amount, share
from kpis.score import Period, Reason, Score
from kpis.scorecard import as_the_data_can_tell, held, judged

Why = Literal["definition", "target", "revision", "value", "time"]


@dataclass(frozen=True)
class Reading:
    """One place's month, by what these definitions ask and these facts hold; `as_known` leaves out what came after a day."""

    facts: Facts
    catalogue: Catalogue
    definitions: Definitions
    place: str
    month: Month
    as_known: date | None = None


@dataclass(frozen=True)
class Move:
    """A goal whose status is another one; `before` or `after` is None where it was no goal then."""

    before: Score | None
    after: Score | None
    why: Why
    reason: Reason


NOTHING: Mapping[Reading, Sequence[Score]] = {}
SENTENCES: dict[str, str] = {
    "value": N_("new value: {value} in {period}, after {value_before} in {period_before}"),
    "first value": N_("first value: {value} in {period}"),
    "revision": N_("revision: {value_before} in {period} was corrected to {value}"),
    "taken back": N_("revision: {value_before} in {period_before} was taken back"),
    "target": N_("new target: {target} by {date}, after {target_before} by {date_before}"),
    "first target": N_("new target: {target} by {date}, and none before"),
    "no target": N_("the target of {target_before} by {date_before} was dropped"),
    "path": N_("new baseline or path: {due} is due, after {due_before}"),
    "definition": N_("new definition: {share} of what is asked, after {share_before}"),
    "definition alone": N_("new definition of the goal"),
    "added": N_("a new goal"),
    "removed": N_("no longer a goal"),
    "out of date": N_("out of date: the latest value, {value}, is of {period}"),
    "due": N_("no new value: {due} is due, after {due_before}"),
    "time": N_("no new value, in another month"),
}


def moves(
    before: Reading,
    after: Reading,
    known: Mapping[Reading, Sequence[Score]] = NOTHING,
    seen: Callable[[Score], object] = attrgetter("status"),
) -> list[Move]:
    """Every goal of which not the same is seen, its status, in both readings of a place, in the order of the later catalogue.

    `known` are readings that were judged already, as kpis.scorecard does.
    """
    way = _way(before, after)
    steps, scores = [step for step, _reading in way], _scores([before, *(reading for _step, reading in way)], known)
    first, last = scores[0], scores[-1]
    told = [move for name in last if name in first and (move := _moved(steps, [one.get(name) for one in scores], seen))]
    added = [_come_or_gone(None, score, "added") for name, score in last.items() if name not in first]
    removed = [_come_or_gone(score, None, "removed") for name, score in first.items() if name not in last]
    return [*told, *added, *removed]


def _scores(readings: Sequence[Reading], judged_already: Mapping[Reading, Sequence[Score]]) -> list[dict[str, Score]]:
    """Of each reading every goal, judged, by its id. What is held is asked for once for all that know the same."""
    until = max(reading.month for reading in readings)
    asked: dict[Hashable, pl.DataFrame] = {}
    told = []
    for reading in readings:
        if reading in judged_already:
            told.append({score.kpi.id: score for score in judged_already[reading]})
            continue
        known = (reading.facts, reading.as_known, frozenset(kpi.measure for kpi in reading.catalogue.kpis), id(reading.catalogue.measures))
        if known not in asked:
            asked[known] = held(reading.facts, reading.catalogue, reading.definitions, reading.place, until, reading.as_known)
        goals = as_the_data_can_tell(reading.facts, reading.catalogue, reading.place, reading.month, reading.as_known)
        scores = judged(asked[known], goals, reading.definitions, reading.place, reading.month, {})
        told.append({score.kpi.id: score for score in scores})
    return told


def _way(before: Reading, after: Reading) -> list[tuple[str, Reading]]:
    """What changes one after the other, and the reading after each step; the last one is the later one."""
    way: list[tuple[str, Reading]] = []
    now = before
    if (before.catalogue, before.definitions) != (after.catalogue, after.definitions):
        now = replace(before, catalogue=after.catalogue, definitions=after.definitions)
        way += [("definition", replace(now, catalogue=_with_aims_of(before, after.catalogue))), ("target", now)]
    if (before.facts, before.as_known) != (after.facts, after.as_known):
        now = replace(now, facts=after.facts, as_known=after.as_known)
        way.append(("data", now))
    return way if now == after else [*way, ("data", after)]


def _with_aims_of(before: Reading, catalogue: Catalogue) -> Catalogue:
    """The goals of a catalogue with what the place wanted of them before."""
    held = {name: before.catalogue.aim(name, before.place) for name in before.catalogue.kpi}
    kpis = (kpi.model_copy(update=_parts(held[kpi.id])) if kpi.id in held else kpi for kpi in catalogue.kpis)
    own_aims = {own: aim for own, aim in catalogue.own_aims.items() if own[0] not in held}
    return Catalogue(tuple(kpis), own_aims, catalogue.measures)


def _parts(aim: object) -> dict[str, object]:
    return {part: getattr(aim, part) for part in PARTS}


def _moved(steps: Sequence[str], way: Sequence[Score | None], seen: Callable[[Score], object]) -> Move | None:
    """The move of one goal along the readings, by the last step that changed what is seen of it."""
    first, last = way[0], way[-1]
    assert first is not None and last is not None
    if seen(first) == seen(last):
        return None
    pairs = zip(steps, pairwise(way), strict=True)
    step, was, now = [(step, was, now) for step, (was, now) in pairs if was and now and seen(was) != seen(now)][-1]
    why, case = _case(step, was, now)
    return Move(first, last, why, _reason(case, was, now))


def _come_or_gone(before: Score | None, after: Score | None, case: str) -> Move:
    return Move(before, after, "definition", Reason(SENTENCES[case]))


def _case(step: str, was: Score, now: Score) -> tuple[Why, str]:
    if step == "definition":
        return "definition", "definition" if was.attainment is not None and now.attainment is not None else "definition alone"
    return ("target", _target_case(was, now)) if step == "target" else _data_case(was, now)


def _data_case(was: Score, now: Score) -> tuple[Why, str]:
    if now.status == "stale":
        return "time", "out of date"
    if now.value is None:
        return "revision", "taken back"
    if was.period != now.period:
        return "value", "first value" if was.value is None else "value"
    if was.value != now.value:
        return "revision", "revision"
    return "time", "due" if was.due is not None and now.due is not None and was.due != now.due else "time"


def _target_case(was: Score, now: Score) -> str:
    if now.aim.target is None:
        return "no target"
    if was.aim.target is None:
        return "first target"
    return "path" if was.aim.target == now.aim.target and was.due is not None and now.due is not None else "target"


def _reason(case: str, was: Score, now: Score) -> Reason:
    sentence = SENTENCES[case]
    values = {**_numbers(now, was, ""), **_numbers(was, now, "_before")}
    return Reason(sentence, {name: value for name, value in values.items() if f"{{{name}}}" in sentence})


def _numbers(score: Score, other: Score, ending: str) -> dict[str, object]:
    """What a sentence may name of a score, each number with the decimals that tell it apart from the other score's."""
    target, other_target = score.aim.target, other.aim.target
    numbers = {
        "value": (score.value, other.value),
        "due": (score.due, other.due),
        "target": (target and target.value, other_target and other_target.value),
    }
    told: dict[str, object] = {
        name + ending: amount(one, score.indicator, another) for name, (one, another) in numbers.items() if one is not None
    }
    if score.period:
        told[f"period{ending}"] = Period(score.period, score.frequency)
    if target:
        told[f"date{ending}"] = target.date
    if score.attainment is not None:
        told[f"share{ending}"] = share(score.attainment)
    return told
