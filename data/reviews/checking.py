"""What is wrong with values that somebody types, before any of them is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite

from data.definitions import Definitions
from data.indicators import Indicator
from data.periods import Month, ending
from data.problems import N_, Problem
from data.reviews import parts


@dataclass(frozen=True)
class Typed:
    """One value in its indicator's unit, for a period by its last day, on the `version` that was seen (0: there was none).

    Where numerator and denominator are given, the value is computed from them, and need not be typed.
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


def completed(told: Typed, definitions: Definitions) -> Typed:
    """The same with its value computed, where both parts are given and go with what is typed; to be checked by `of_one` all the same."""
    indicator = definitions.indicator.get(told.indicator)
    found = parts.computed(indicator, told.numerator, told.denominator)
    if indicator is None or found is None or not isfinite(found):
        return told
    return replace(told, value=found) if told.value is None or parts.goes_with(indicator, told.value, found) else told


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
    wrong = list(_parts(told, indicator))
    yield from wrong
    told = completed(told, definitions)
    if told.value is None and not wrong:
        if not (told.said or "").strip():
            yield Problem(N_("there is neither a value nor a reason"), N_("write one of them"), key=told.indicator, column="value")
    elif told.value is not None:
        yield from _limits(told.value, indicator)


def _parts(told: Typed, indicator: Indicator) -> Iterator[Problem]:
    """What is wrong with the numbers by themselves."""
    numbers = {"value": told.value, "numerator": told.numerator, "denominator": told.denominator}
    endless = [name for name, number in numbers.items() if number is not None and not isfinite(number)]
    if endless:
        yield Problem(N_("this is no number"), N_("write digits"), key=told.indicator, column=endless[0])
    else:
        yield from parts.faults(indicator, told.value, told.numerator, told.denominator)


def _limits(value: float, indicator: Indicator) -> Iterator[Problem]:
    if not isfinite(value):
        return
    values = {"found": f"{value:.15g}", "indicator": indicator.id}
    hint = N_("correct the value; where the limit itself is wrong, tell the data office")
    if indicator.min is not None and value < indicator.min:
        told_of = {**values, "limit": f"{indicator.min:.15g}"}
        yield Problem(N_("{found} is below the limit of {indicator}, {limit}"), hint, key=indicator.id, column="value", values=told_of)
    if indicator.max is not None and value > indicator.max:
        told_of = {**values, "limit": f"{indicator.max:.15g}"}
        yield Problem(N_("{found} is above the limit of {indicator}, {limit}"), hint, key=indicator.id, column="value", values=told_of)
