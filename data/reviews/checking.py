"""What is wrong with values that somebody types, before any of them is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from data.definitions import Definitions
from data.periods import Month, ending
from data.problems import N_, Problem


@dataclass(frozen=True)
class Typed:
    """One value in its indicator's unit, for a period by its last day, on the `version` that was seen (0: there was none).

    Where there is no value to be had, `said` tells why; else it is what the area wants to say of it.
    """

    place: str
    indicator: str
    period: date
    value: float | None
    segment: str = ""
    numerator: float | None = None
    denominator: float | None = None
    said: str | None = None
    version: int = 0

    @property
    def key(self) -> tuple[str, str, str, date]:
        return self.place, self.indicator, self.segment, self.period


def problems(values: Sequence[Typed], definitions: Definitions, month: Month) -> list[Problem]:
    """Everything that is wrong with values of the review of a month; each names its indicator."""
    found = [problem for value in values for problem in of_one(value, definitions, month)]
    keys = [value.key for value in values]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        told = {"place": key[0], "period": key[3]}
        found.append(Problem(N_("the value of {place} for {period} is given twice"), N_("keep one of them"), key=key[1], values=told))
    return found


def of_one(told: Typed, definitions: Definitions, month: Month) -> Iterator[Problem]:
    """What is wrong with one value."""
    indicator = definitions.indicator.get(told.indicator)
    if indicator is None or told.place not in definitions.place:
        name = told.indicator if indicator is None else told.place
        yield Problem(N_("{name} is defined no more"), N_("look at the list again"), key=told.indicator, values={"name": name})
        return
    if told.period > month.last or ending(told.period, indicator.frequency, indicator.year_starts) != told.period:
        values = {"period": told.period, "month": str(month)}
        hint = N_("type it in the review in which it is due")
        yield Problem(N_("{period} is no period that the review of {month} can be about"), hint, key=told.indicator, values=values)
    if told.value is None:
        if not (told.said or "").strip():
            yield Problem(N_("there is neither a value nor a reason"), N_("write one of them"), key=told.indicator, column="value")
        return
    yield from _numbers(told, definitions)


def _numbers(told: Typed, definitions: Definitions) -> Iterator[Problem]:
    indicator, value = definitions.indicator[told.indicator], told.value
    assert value is not None
    if not all(isfinite(number) for number in (value, told.numerator, told.denominator) if number is not None):
        yield Problem(N_("this is no number"), N_("write digits"), key=told.indicator, column="value")
        return
    values = {"found": f"{value:.15g}", "indicator": told.indicator}
    hint = N_("correct the value; where the limit itself is wrong, tell the data office")
    if indicator.min is not None and value < indicator.min:
        told_of = {**values, "limit": f"{indicator.min:.15g}"}
        yield Problem(N_("{found} is below the limit of {indicator}, {limit}"), hint, key=told.indicator, column="value", values=told_of)
    if indicator.max is not None and value > indicator.max:
        told_of = {**values, "limit": f"{indicator.max:.15g}"}
        yield Problem(N_("{found} is above the limit of {indicator}, {limit}"), hint, key=told.indicator, column="value", values=told_of)
