"""Rules about a goal and what it is measured by: unit, frequency, what the data can tell, and the world outside.

Written as the ones of kpis.rules, which holds all of them together.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from data.indicators import Indicator
from data.periods import MONTHS, Frequency
from data.problems import N_, Problem
from kpis.definition_files import Goal, Written

DAYS: dict[str, int] = {"day": 1, "week": 7}
LENGTHS: dict[Frequency, float] = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half": 182, "year": 365}
"""About how many days a period lasts: which frequency is the finer one."""
SDG_TARGETS = ("5b", "5c", "9d", "7c", "6c", "6b", "3b", "10b", "5c", "7c", "7c", "8c", "3b", "7c", "9c", "10b", "19")
"""Of each Sustainable Development Goal the last numbered target, and the last lettered one after it."""


def percentages_lie_within_a_hundred(written: Written) -> Iterator[Problem]:
    """Where the indicator says itself how far its values reach, that is another rule's."""
    for goal, indicator in _measured(written):
        if not _in_percent(indicator) or not goal.wrote("target", "path"):
            continue
        low, high = (0.0 if indicator.min is None else -1e300), (100.0 if indicator.max is None else 1e300)
        steps = ((f"path.{key}.value", step.value) for key, step in goal.aim.path.points)
        for key, value in (("target.value", goal.aim.target.value if goal.aim.target else 0.0), *steps):
            if not low <= value <= high:
                hint = N_("write 85 for 85%; where more than a hundred can be, give the indicator a `max`, and a `min` below zero")
                yield goal.problem(key, "{value:g} is no percentage between 0 and 100", hint, value=value)


def steps_are_no_finer_than_the_values(written: Written) -> Iterator[Problem]:
    for goal, indicator in _measured(written):
        if not goal.wrote("path"):
            continue
        for (_, step), (key, following) in pairwise(goal.aim.path.points):
            if step.date < following.date and _less_than_a_period(step.date, following.date, indicator.frequency):
                message = N_("this step comes less than a {frequency} after the one before, and there is one value each {frequency}")
                hint = N_("leave one of them out, or measure more often")
                yield goal.problem(f"path.{key}.date", message, hint, frequency=indicator.frequency)


def a_target_leaves_time_for_a_value(written: Written) -> Iterator[Problem]:
    for goal, indicator in _measured(written):
        baseline, target = goal.aim.baseline, goal.aim.target
        if not baseline or not target or not goal.wrote("baseline", "target") or target.date <= baseline.date:
            continue
        if _less_than_a_period(baseline.date, target.date, indicator.frequency):
            message = N_("the target comes less than a {frequency} after the baseline, and there is one value each {frequency}")
            yield goal.problem("target.date", message, "set a later date, or measure more often", frequency=indicator.frequency)


def a_review_comes_no_more_often_than_a_value(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        indicator, review = written.definitions.indicator.get(goal.kpi.measure), goal.kpi.review
        if not indicator or not review or not review.frequency:
            continue
        if LENGTHS[review.frequency] < LENGTHS[indicator.frequency]:
            message = N_("reviewed every {review}, but there is one value each {frequency}")
            hint, every = N_("write `frequency: {every}`, or measure more often"), indicator.frequency
            yield goal.problem("review.frequency", message, hint, review=review.frequency, frequency=every, every=every)


def what_the_data_can_tell_is_less_than_the_way(written: Written) -> Iterator[Problem]:
    for goal in written.every_goal:
        baseline, target, least = goal.aim.baseline, goal.aim.target, goal.kpi.smallest_difference
        if not baseline or not target or not least or not goal.wrote("baseline", "target"):
            continue
        way = abs(target.value - baseline.value)
        if 0 < way <= least:
            message = N_("from baseline to target it is {way:g}, and the data cannot tell less than {least:g}")
            hint = N_("set a target further away, or correct `smallest_difference`")
            yield goal.problem("target.value", message, hint, way=way, least=least)


def sdg_targets_exist(written: Written) -> Iterator[Problem]:
    for goal in written.goals:
        for i, code in enumerate(goal.kpi.sdg):
            if not _is_sdg_target(code):
                message = N_("{code!r} is no target of the Sustainable Development Goals")
                yield goal.problem(f"sdg.{i}", message, 'write a goal from 1 to 17 and its target, as in "11.6" or "11.a"', code=code)


def percentages_are_not_written_as_shares(written: Written) -> Iterator[Problem]:
    for goal, indicator in _measured(written):
        target = goal.aim.target
        if target and _in_percent(indicator) and goal.wrote("target") and 0 < target.value < 1:
            message = N_("the target is {value:g}%, less than one in a hundred")
            yield goal.problem("target.value", message, "write 85 for 85%, unless it is meant", value=target.value)


def _measured(written: Written) -> Iterator[tuple[Goal, Indicator]]:
    """Every goal whose indicator is known."""
    for goal in written.every_goal:
        indicator = written.definitions.indicator.get(goal.kpi.measure)
        if indicator:
            yield goal, indicator


def _in_percent(indicator: Indicator) -> bool:
    units = [indicator.unit] if isinstance(indicator.unit, str) else indicator.unit.values()
    return "%" in units


def _less_than_a_period(start: date, end: date, frequency: Frequency) -> bool:
    """Whether less than a period lies between two days, by the calendar's months: a year from 30 June to 30 June is one."""
    if frequency in DAYS:
        return (end - start).days < DAYS[frequency]
    return (end.year - start.year) * 12 + end.month - start.month < MONTHS[frequency]


def _is_sdg_target(code: str) -> bool:
    found = re.fullmatch(r"([1-9]|1[0-7])(?:\.([1-9][0-9]?|[a-d]))?", code)
    if not found:
        return False
    last, target = SDG_TARGETS[int(found[1]) - 1], found[2] or "1"
    number, letter = last.rstrip("bcd"), last.lstrip("0123456789")
    return int(target) <= int(number) if target.isdigit() else target <= letter


RULES_OF_MEASURES = (
    percentages_lie_within_a_hundred,
    steps_are_no_finer_than_the_values,
    a_target_leaves_time_for_a_value,
    a_review_comes_no_more_often_than_a_value,
    what_the_data_can_tell_is_less_than_the_way,
    sdg_targets_exist,
)
WARNINGS_OF_MEASURES = (percentages_are_not_written_as_shares,)
