"""What a series shows, in one short sentence that claims no more than its values do."""

from collections.abc import Sequence
from datetime import date

from dashboards import formats
from dashboards.words import N_, NN_, Words, translator
from data.indicators import Indicator
from data.periods import Frequency, previous, year_ago
from kpis.score import Score

Point = tuple[date, float]
LEAST_RUN = 3
"""Steps in one direction from which a series is said to rise or fall; two happen by chance all the time."""
RISEN: dict[Frequency, tuple[str, str]] = {
    "day": NN_("Has risen for {n} day", "Has risen for {n} days"),
    "week": NN_("Has risen for {n} week", "Has risen for {n} weeks"),
    "month": NN_("Has risen for {n} month", "Has risen for {n} months"),
    "quarter": NN_("Has risen for {n} quarter", "Has risen for {n} quarters"),
    "half": NN_("Has risen for {n} half-year", "Has risen for {n} half-years"),
    "year": NN_("Has risen for {n} year", "Has risen for {n} years"),
}
FALLEN: dict[Frequency, tuple[str, str]] = {
    "day": NN_("Has fallen for {n} day", "Has fallen for {n} days"),
    "week": NN_("Has fallen for {n} week", "Has fallen for {n} weeks"),
    "month": NN_("Has fallen for {n} month", "Has fallen for {n} months"),
    "quarter": NN_("Has fallen for {n} quarter", "Has fallen for {n} quarters"),
    "half": NN_("Has fallen for {n} half-year", "Has fallen for {n} half-years"),
    "year": NN_("Has fallen for {n} year", "Has fallen for {n} years"),
}


BETTER_THAN_PLANNED: dict[str, str] = {
    "higher": N_("{amount} ahead of the plan"),
    "lower": N_("{amount} below the plan, which is better"),
}
WORSE_THAN_PLANNED: dict[str, str] = {"higher": N_("{amount} short of the plan"), "lower": N_("{amount} above the plan")}
WORSE_THAN_ASKED: dict[str, str] = {"higher": N_("{amount} short of the target"), "lower": N_("{amount} above the target")}


def finding(history: Sequence[Point], indicator: Indicator, locale: str) -> str:
    """What the values say at their end: a run up or down, else against a year ago, else against the first one.

    `history` holds known values, oldest first.
    """
    _ = translator(locale)
    if history and indicator.restarts:
        return since_the_year_began(history, indicator, locale)
    if not history:
        return _("No value is known yet")
    if len(history) == 1:
        return _("Only one value is known so far")
    steps = run(history, indicator.frequency)
    if abs(steps) >= LEAST_RUN:
        one, many = (RISEN if steps > 0 else FALLEN)[indicator.frequency]
        return _.ngettext(one, many, abs(steps), n=abs(steps))
    return _compared(history, indicator, locale, _)


def since_the_year_began(history: Sequence[Point], indicator: Indicator, locale: str) -> str:
    """The same of a sum that begins anew with each year: it always rises, so only the same period of the year before says something."""
    _, (last, now) = translator(locale), history[-1]
    before = dict(history).get(year_ago(last, indicator.frequency))
    month = formats.name_of_month(indicator.year_starts, locale)
    if before is None:
        return _("Added up since {month}", month=month)
    if now == before:
        return _("Since {month}, as much as by this time last year", month=month)
    size = formats.difference(now - before, indicator, locale)
    if now > before:
        return _("Since {month}, {amount} more than by this time last year", month=month, amount=size)
    return _("Since {month}, {amount} less than by this time last year", month=month, amount=size)


def run(history: Sequence[Point], frequency: Frequency) -> int:
    """How many periods in a row, up to the last, each rose (or, below zero, fell); a missing period ends the run."""
    steps = 0
    for (before, old), (period, new) in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
        direction = (new > old) - (new < old)
        if before != previous(period, frequency) or not direction or direction * steps < 0:
            break
        steps += direction
    return steps


def against_plan(score: Score, locale: str) -> str:
    """How far the value is from what is due: "3.9 points short of the plan"; "" where nothing is due or the value is too old.

    Where lower is better nothing falls short: a value lies above the plan.
    """
    _ = translator(locale)
    if score.value is None or score.due is None or score.status in ("stale", "no_data", "not_due", "untracked"):
        return ""
    if score.aim.target and score.aim.target.range:
        return _against_range(score, locale)
    gain = (score.value - score.due) * score.kpi.sign
    size = formats.difference(gain, score.indicator, locale)
    if score.aim.target and score.due == score.target_now:
        return _against_target(score, gain, size, _)
    if gain == 0:
        return _("exactly as planned by now")
    return _((BETTER_THAN_PLANNED if gain > 0 else WORSE_THAN_PLANNED)[score.kpi.polarity], amount=size)


def _against_range(score: Score, locale: str) -> str:
    _ = translator(locale)
    assert score.value is not None and score.due is not None
    if score.value == score.due:
        return _("within the range")
    size = formats.difference(score.value - score.due, score.indicator, locale)
    return _("{amount} above the range", amount=size) if score.value > score.due else _("{amount} below the range", amount=size)


def _against_target(score: Score, gain: float, size: str, _: Words) -> str:
    """Where the target itself is asked for, nobody planned a way to it."""
    if gain == 0:
        return _("exactly on the target")
    return _("{amount} better than the target", amount=size) if gain > 0 else _(WORSE_THAN_ASKED[score.kpi.polarity], amount=size)


def _compared(history: Sequence[Point], indicator: Indicator, locale: str, _: Words) -> str:
    (first, old), (last, new) = history[0], history[-1]
    known = dict(history)
    a_year = year_ago(last, indicator.frequency)
    before = known.get(a_year)
    if before is not None:
        return _than_a_year_ago(before, new, indicator, locale, _)
    then = formats.short_period(first, indicator.frequency, locale)
    if new == old:
        return _("The same as in {period}", period=then)
    return _("Higher than in {period}", period=then) if new > old else _("Lower than in {period}", period=then)


def _than_a_year_ago(before: float, now: float, indicator: Indicator, locale: str, _: Words) -> str:
    if now == before:
        return _("The same as a year before")
    size = formats.difference(now - before, indicator, locale)
    return _("{amount} higher than a year before", amount=size) if now > before else _("{amount} lower than a year before", amount=size)
