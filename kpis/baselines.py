"""A baseline is a value of its series, or somebody has written down why it is not."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from data.facts import Facts
from data.indicators import Indicator
from data.periods import start
from data.problems import N_, Problem
from kpis.definition import Baseline, Kpi
from kpis.definition_files import Goal, Written
from kpis.reasons import amount

ADDED_UP = frozenset({"flow", "cumulative"})
"""Accumulations that are judged by a sum of values: a baseline of theirs is a sum too, and no value of the series."""

Series = Mapping[date, float]
"""Values by the last day of their period."""


def without_a_reason(written: Written) -> list[Goal]:
    """The goals whose baseline has to be held against a series: of the city itself, or of the place whose file gives it."""
    found = (goal for goal in written.every_goal if goal.aim.baseline and not goal.aim.baseline.reason and goal.wrote("baseline"))
    return [goal for goal in found if not is_added_up(goal.kpi)]


def is_added_up(kpi: Kpi) -> bool:
    """Whether the goal is about a sum of values."""
    return kpi.accumulation in ADDED_UP


def unlike_their_series(written: Written, facts: Facts) -> Iterator[Problem]:
    """A problem for each baseline that the series of its place does not hold; nothing of one that is still to come."""
    goals = without_a_reason(written)
    series = _series(goals, written.definitions.city.place, facts)
    for goal in goals:
        indicator, baseline = written.definitions.indicator.get(goal.kpi.measure), goal.aim.baseline
        known = series.get((goal.place or written.definitions.city.place, goal.kpi.measure))
        if indicator and baseline and known and baseline.date <= max(known):
            yield from _problem(goal, baseline, indicator, known)


def _series(goals: Sequence[Goal], city: str, facts: Facts) -> dict[tuple[str, str], dict[date, float]]:
    """The values of every place and indicator that has a baseline."""
    places, indicators = ({goal.place or city for goal in goals}, {goal.kpi.measure for goal in goals})
    found = facts.observations(places=sorted(places), indicators=sorted(indicators))
    series: dict[tuple[str, str], dict[date, float]] = {}
    for place, indicator, period, value in found.filter(found["value"].is_finite()).select("place", "indicator", "period", "value").rows():
        series.setdefault((place, indicator), {})[period] = value
    return series


def _problem(goal: Goal, baseline: Baseline, indicator: Indicator, series: Series) -> Iterator[Problem]:
    hint = N_("correct it, or say as the baseline's `reason:` where it comes from")
    held = held_on(baseline.date, indicator, series)
    if held is None:
        yield goal.problem("baseline.date", "the series has no value of {day}", hint, day=baseline.date)
    elif not is_rounded(baseline.value, held, indicator.decimals):
        values = {"value": amount(baseline.value, indicator, held), "held": amount(held, indicator, baseline.value), "day": baseline.date}
        yield goal.problem("baseline.value", "the series has {held} on {day}, and not {value}", hint, **values)


def held_on(day: date, indicator: Indicator, series: Series) -> float | None:
    """The value of the period that a day lies in; None where the series has none."""
    return next((value for end, value in series.items() if start(end, indicator.frequency) <= day <= end), None)


def is_rounded(written: float, held: float, decimals: int) -> bool:
    """Whether somebody wrote a value down with as many decimals as the indicator shows, or more."""
    return abs(written - held) <= 0.5 * 10**-decimals * (1 + 1e-9)
