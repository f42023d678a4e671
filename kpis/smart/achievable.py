"""A, achievable: a step forward that somebody pays for, and that this city or another has been seen to take."""

from datetime import date

import polars as pl

from data.periods import year_ago
from data.problems import N_
from kpis.baselines import is_added_up
from kpis.reasons import amount, difference, share
from kpis.smart.candidate import Candidate
from kpis.smart.measurable import NO_FACTS, NO_TARGET
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

UNLIKELY, CERTAIN = 0.05, 0.99
"""Chances of reaching the target beyond which it is a wish, or no goal any more."""
USUAL = 0.95
"""The share of its own yearly gains that the one asked for may be above."""
LEAST_YEARLY_GAINS = 4
YEAR = 365.25

NOT_YET = N_("the chance of reaching its target is not yet computed")
NO_CHANCE = N_("the chance of reaching its target cannot be told")
ADDED_UP = N_("its values are added up, and a single one says nothing of the sum")
NO_ENDS = N_("there is no baseline, or no target, to look at")


def moves_the_right_way(goal: Candidate) -> Answer:
    baseline, target = goal.aim.baseline, goal.aim.target
    if target and baseline is None and goal.starts_from_nothing:
        return PASSED
    if baseline is None or target is None:
        return unchecked(NO_ENDS)
    if goal.keeps or target.range or target.short_of(baseline.value, goal.kpi.sign) > 0:  # a range is to be entered, or not to be left
        return PASSED
    return failed(N_("its target is no better than its baseline"), N_("ask for more, or declare that the value is to be kept"))


def says_what_it_costs(goal: Candidate) -> Answer:
    if goal.kpi.budget is not None:
        return PASSED
    return failed(N_("nobody has said what it costs"), N_("add `budget:`, or `budget: 0` where it costs nothing beyond the usual"))


def has_a_fair_chance(goal: Candidate) -> Answer:
    chance = goal.chance
    if chance is None:
        return unchecked(NO_CHANCE) if goal.looked_ahead else unchecked(NOT_YET, N_("compute it: `python -m kpis forecast --all`"))
    if UNLIKELY <= chance <= CERTAIN:
        return PASSED
    if chance > CERTAIN:
        return failed(N_("as things go, its target is reached anyway, with a chance of over 99%"), N_("ask for more"))
    cure = N_("change what is done, or the target")
    if chance < 0.01:
        return failed(N_("as things go, the chance of reaching its target is under 1%"), cure)
    return failed(N_("as things go, the chance of reaching its target is {chance}"), cure, chance=share(chance))


def asks_for_no_more_than_it_ever_gained(goal: Candidate) -> Answer:
    if goal.series is None:
        return unchecked(NO_FACTS)
    if is_added_up(goal.kpi):
        return unchecked(ADDED_UP)
    asked = asked_a_year(goal)
    if asked is None:
        return unchecked(NO_ENDS)
    gains = yearly_gains(goal)
    if len(gains) < LEAST_YEARLY_GAINS:
        return unchecked(N_("its history is too short to know what it gains in a year"))
    best = max(pl.Series(gains).quantile(USUAL, "linear") or 0.0, 0.0)  # where every year got worse, it never gained anything
    if asked <= best:
        return PASSED
    sentence = N_("it would have to gain {asked} a year, and 95% of its years gained no more than {best}")
    values = {"asked": difference(asked, goal.indicator), "best": difference(best, goal.indicator)}
    return failed(sentence, N_("ask for less, or say what will be different from now on"), **values)


def asks_for_no_more_than_the_best_elsewhere(goal: Candidate) -> Answer:
    target = goal.aim.target
    if goal.peers is None:
        return unchecked(NO_FACTS)
    if target is None:
        return unchecked(NO_TARGET)
    if is_added_up(goal.kpi):
        return unchecked(ADDED_UP)
    if not goal.peers:
        return unchecked(N_("no other place has a value to compare with"))
    best = min(goal.peers.values(), key=lambda value: target.short_of(value, goal.kpi.sign))
    if target.short_of(best, goal.kpi.sign) <= 0:
        return PASSED
    wanted = sorted(target.range or [target.value], key=lambda end: abs(end - best))[0]
    sentence, cure = N_("its target of {target} is better than the best of other places, {best}"), N_("ask for what somebody has reached")
    return failed(sentence, cure, target=amount(wanted, goal.indicator), best=amount(best, goal.indicator))


def asked_a_year(goal: Candidate) -> float | None:
    """What has to be gained in a year, from the baseline or else from the latest value; None without a target or a start."""
    target, start = goal.aim.target, _start(goal)
    if target is None or start is None or start[0] >= target.date:
        return None
    return target.short_of(start[1], goal.kpi.sign) / ((target.date - start[0]).days / YEAR)


def yearly_gains(goal: Candidate) -> list[float]:
    """What each value gained on the one a year before it, where both are known: below zero where it got worse."""
    series, target = goal.series or {}, goal.aim.target
    if target is None:
        return []
    before = {period: year_ago(period, goal.indicator.frequency) for period in series}
    lacks = {period: target.short_of(value, goal.kpi.sign) for period, value in series.items()}
    return [lacks[before[period]] - lack for period, lack in lacks.items() if before[period] in series]


def _start(goal: Candidate) -> tuple[date, float] | None:
    if goal.aim.baseline:
        return goal.aim.baseline.date, goal.aim.baseline.value
    return list(goal.series.items())[-1] if goal.series else None
