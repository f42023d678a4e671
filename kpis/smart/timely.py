"""T, with a time: it begins and ends, somebody looks in between, and not everything is due on the last day."""

from collections.abc import Iterator
from datetime import date

from data.periods import Month
from data.problems import N_
from kpis.paths import due
from kpis.score import Share
from kpis.smart.candidate import Candidate
from kpis.smart.measurable import NO_TARGET
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

LONG = 12
"""Months from which a goal needs something due on the way."""
STACKED = 0.80
"""The share of a place's goals that may be due on the mandate's last day."""


def begins_before_it_ends(goal: Candidate) -> Answer:
    if goal.aim.target is None:
        return unchecked(NO_TARGET)
    if goal.starts < goal.aim.target.date:
        return PASSED
    return failed(N_("its target's date is not after its start"), N_("correct one of the two dates"))


def ends_within_the_mandate(goal: Candidate) -> Answer:
    target, end = goal.aim.target, goal.definitions.city.mandate.end
    if target is None:
        return unchecked(NO_TARGET)
    if target.date <= end or target.reason:
        return PASSED
    sentence = N_("it is due on {day}, after the mandate ends on {end}")
    return failed(sentence, N_("set an earlier date, or say why as the target's `reason:`"), day=target.date, end=end)


def has_something_due_on_the_way(goal: Candidate) -> Answer:
    """A step, or a line along which each review has a value of its own that is due."""
    if goal.horizon is None:
        return unchecked(NO_TARGET)
    if goal.horizon <= LONG or goal.keeps or _has_milestones(goal):
        return PASSED
    sentence = N_("nothing is due in the {months} months before its target's date")
    cure = N_("add a `path:` with steps, or choose the basis on_schedule")
    return failed(sentence, cure, months=goal.horizon)


def has_a_review_day(goal: Candidate) -> Answer:
    if goal.definitions.city.review_day:
        return PASSED
    return failed(N_("no day is set on which it is reviewed"), N_("add `review_day:` to the city"))


def is_not_due_with_all_the_others(goal: Candidate) -> Answer:
    if goal.aim.target is None:
        return unchecked(NO_TARGET)
    end = goal.definitions.city.mandate.end
    goals = sum(goal.beside.dates.values())
    stacked = goal.beside.dates[goal.aim.target.date] / goals
    if goal.aim.target.date != end or stacked <= STACKED or goals == 1:
        return PASSED
    sentence = N_("it is due on the mandate's last day, as {share} of all goals are")
    return failed(sentence, N_("set an earlier date, and say which goals come first"), share=Share(stacked))


def _has_milestones(goal: Candidate) -> bool:
    """Whether, at the end of some month on the way, something is due that is not yet the target."""
    target = goal.aim.target
    assert target is not None
    return any(due(goal.aim, day, goal.kpi.basis) not in (None, target.value) for day in _month_ends(goal.starts, target.date))


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The last days of the months after a day and before another one."""
    month = Month.of(start)
    while month.last < end:
        if month.last > start:
            yield month.last
        month = month.plus(1)
