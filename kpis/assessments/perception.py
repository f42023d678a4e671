"""What people say in a survey, as something that shows how a policy does: the share, how many answered, and how sure that makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.facts import Facts
from data.indicators import Indicator
from data.periods import NotAPeriod, parse
from kpis.shares import wilson


@dataclass(frozen=True)
class Figure:
    """A value of an indicator for a period, with of a survey how many answered and between what the true share lies, 95%, in its unit."""

    indicator: Indicator
    period: date
    value: float
    answers: int | None = None
    low: float | None = None
    high: float | None = None


def figure(facts: Facts, indicator: Indicator, place: str, period: str, known: date | None = None) -> Figure | None:
    """The value of a period, as known at the end of a day; None where there is none, or the text is no period of the indicator."""
    try:
        day = parse(period, indicator.frequency)
    except NotAPeriod:
        return None
    rows = facts.observations(places=[place], indicators=[indicator.id], since=day, until=day, as_known=known)
    found = next(rows.drop_nulls("value").iter_rows(named=True), None)
    return None if found is None else of_row(indicator, found)


def of_row(indicator: Indicator, row: Mapping[str, Any]) -> Figure:
    """A row of data.facts with a value, as a figure."""
    said, answers = row["numerator"], row["denominator"]
    if not (indicator.survey and indicator.factor and answers and said is not None):
        return Figure(indicator, row["period"], row["value"])
    low, high = (share * indicator.factor for share in wilson(said, answers))
    return Figure(indicator, row["period"], row["value"], round(answers), low, high)
