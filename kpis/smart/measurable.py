"""M, measurable: figures that exist, come often enough, and that anybody can look up."""

from datetime import date

from data.periods import MONTHS, Month
from data.problems import N_
from kpis.smart.candidate import Candidate
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

LEAST_PERIODS = 4
"""Values that the horizon has room for: the target's and three on the way, so that somebody can still act."""
OLDEST_BASELINE = 24
"""Months before the mandate from which a baseline speaks of another city."""
LEAST_VALUES = 6
DAYS = {"day": 1, "week": 7}

NO_FACTS = N_("no facts are loaded to look it up in")
NO_TARGET = N_("there is no target to look at")


def has_values(goal: Candidate) -> Answer:
    if goal.series is None:
        return unchecked(NO_FACTS)
    if goal.series:
        return PASSED
    return failed(N_("its indicator has no value here"), N_("load a file that holds it, or choose an indicator that is measured"))


def has_a_unit(goal: Candidate) -> Answer:
    if goal.indicator.unit:
        return PASSED
    return failed(N_("its indicator has no unit"), N_("add `unit:` to the indicator"))


def has_a_baseline(goal: Candidate) -> Answer:
    if goal.aim.baseline or goal.starts_from_nothing:
        return PASSED
    return failed(N_("nobody has said where it starts"), N_("add `baseline:` with `value` and `date`"))


def has_a_target_in_numbers(goal: Candidate) -> Answer:
    if goal.aim.target:
        return PASSED
    return failed(N_("there is no number to reach"), N_("add `target:` with `value` and `date`"))


def is_measured_often_enough(goal: Candidate) -> Answer:
    if goal.aim.target is None:
        return unchecked(NO_TARGET)
    periods = _periods(goal.starts, goal.aim.target.date, goal.indicator.frequency)
    if periods >= LEAST_PERIODS:
        return PASSED
    sentence = N_("only {periods} values come before the target's date, and {least} are needed to act on one")
    return failed(sentence, N_("measure it more often, or set a later date"), periods=periods, least=LEAST_PERIODS)


def names_its_source(goal: Candidate) -> Answer:
    if goal.indicator.source:
        return PASSED
    return failed(N_("nobody has said where its figures come from"), N_("add `source:` to the indicator"))


def has_a_recent_baseline(goal: Candidate) -> Answer:
    if goal.aim.baseline is None:
        return unchecked(N_("there is no baseline to look at"))
    earliest = Month.of(goal.definitions.city.mandate.start).plus(-OLDEST_BASELINE).first
    if goal.aim.baseline.date >= earliest:
        return PASSED
    sentence = N_("its baseline of {day} is more than {months} months older than the mandate")
    return failed(sentence, N_("take a later value"), day=goal.aim.baseline.date, months=OLDEST_BASELINE)


def has_a_history(goal: Candidate) -> Answer:
    if goal.series is None:
        return unchecked(NO_FACTS)
    if not goal.series:
        return unchecked(N_("no value is known yet"))
    if len(goal.series) >= LEAST_VALUES:
        return PASSED
    sentence = N_("only {values} values are known, too few to tell a change from chance")
    return failed(sentence, N_("load its history, or {least} values before judging by it"), values=len(goal.series), least=LEAST_VALUES)


def has_a_means_of_verification(goal: Candidate) -> Answer:
    if goal.kpi.verification:
        return PASSED
    return failed(
        N_("nobody has said where its figure can be checked"), N_("add `verification:` with the record, report or page that shows it")
    )


def _periods(start: date, end: date, frequency: str) -> int:
    """Whole periods between two days."""
    if frequency in DAYS:
        return (end - start).days // DAYS[frequency]
    return ((end.year - start.year) * 12 + end.month - start.month) // MONTHS[frequency]
