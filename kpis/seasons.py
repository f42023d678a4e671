"""A seasonal path as it is judged: each year's amount, by the shares that the same periods of the year before had, for a chart to draw.

kpis.sums has the same as columns, which judge; this gives the path of one place's goal as points.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from data.periods import MONTHS, Frequency, Month
from kpis.accumulation import Counting
from kpis.definition import Aim, Basis
from kpis.paths import Leg, first_day, legs

Point = tuple[date, float]


def seasonal_years(
    reported: Iterable[tuple[date, float | None]], aim: Aim, basis: Basis, how: Counting, frequency: Frequency
) -> list[list[Point]]:
    """Of each year what is due at the end of each period, after what it begins with; [] where the path is not seasonal.

    `reported` are the values of single periods. A year whose year before is not whole has none: nothing is known of its shares.
    """
    if aim.target is None or how.sums is None or aim.path.method != "seasonal":
        return []
    known = {period: value for period, value in reported if value is not None}
    years = ([(leg.day, leg.value), *_walked(leg, known, how, frequency)] for leg in legs(aim, basis, how))
    begin, end = first_day(aim, how) or date.min, date.max if how.sums == "year" else aim.target.date
    kept = ([(day, value) for day, value in year if begin <= day <= end or day == year[0][0]] for year in years)
    return [year for year in kept if len(year) > 1]


def _walked(leg: Leg, known: dict[date, float], how: Counting, frequency: Frequency) -> Iterator[Point]:
    """The leg's periods, each as far along it as the same one of the year before was."""
    before = {period: known[period] for period in sorted(known) if how.eve(leg.day) < period <= leg.day}
    whole, done = sum(before.values()), 0.0
    if len(before) * MONTHS.get(frequency, 0) != 12 or whole <= 0:
        return
    for period, value in before.items():
        done += value
        yield Month.of(period).plus(12).last, leg.value + (leg.end_value - leg.value) * done / whole
