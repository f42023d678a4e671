"""What a study and its table call units and periods, made alike, and the periods of a table in their order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from data.periods import Frequency, NotAPeriod, ending, parse, written

LONGEST_FIRST: tuple[Frequency, ...] = ("year", "half", "quarter", "month", "week", "day")


def text(label: object) -> str:
    """A label as text: 1989, "1989" and 1989.0 are one."""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", str(label).strip())


@dataclass(frozen=True)
class Periods:
    """`names` as the table writes them, in their order; `frequency` is None where they are plain numbers, as of a round of a survey."""

    names: tuple[str, ...]
    frequency: Frequency | None

    def number(self, label: object) -> int | None:
        """The period of that name, in any way of writing it; None where there is none."""
        place = _place(text(label), self.frequency)
        return self.places.index(place) if place is not None and place in self.places else None

    def since(self, label: object) -> int | None:
        """The first period that is not before a label: the number of periods where all are, None where it cannot be read.

        A day stands for the period that it lies in.
        """
        place = _place(text(label), self.frequency, within=True)
        return None if place is None else int(np.searchsorted(np.array(self.places), place))

    @cached_property
    def places(self) -> list[float]:
        return [place for name in self.names if (place := _place(name, self.frequency)) is not None]


def periods(labels: Iterable[str]) -> Periods | None:
    """The periods among labels, each once; None where they cannot be read as periods of one frequency, nor as numbers."""
    names = list(dict.fromkeys(labels))
    frequency = _frequency(names)
    places = [_place(name, frequency) for name in names]
    if any(place is None for place in places):
        return None
    first = {place: name for place, name in reversed(list(zip(places, names, strict=True))) if place is not None}
    return Periods(tuple(first[place] for place in sorted(first)), frequency)


def unread(labels: Iterable[str]) -> list[str]:
    """The labels that are neither a period of the most common frequency nor a number."""
    names = list(dict.fromkeys(labels))
    best = min((None, *LONGEST_FIRST), key=lambda frequency: sum(_place(name, frequency) is None for name in names))
    return [name for name in names if _place(name, best) is None]


def named(ends: Iterable[date], frequency: Frequency) -> Periods:
    """The periods that end on some days."""
    return Periods(tuple(written(end, frequency) for end in ends), frequency)


def _frequency(names: list[str]) -> Frequency | None:
    """The longest in which all can be read; None for plain numbers such as 0 and 1."""
    return next((one for one in LONGEST_FIRST if all(_place(name, one) is not None for name in names)), None)


def _place(name: str, frequency: Frequency | None, within: bool = False) -> float | None:
    if frequency is None:
        return _number(name)
    try:
        return float(parse(name, frequency).toordinal())
    except NotAPeriod:
        return float(ending(date.fromisoformat(name), frequency).toordinal()) if within and _is_day(name) else None


def _number(name: str) -> float | None:
    try:
        number = float(name)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _is_day(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return len(name) == len("2025-10-15")
