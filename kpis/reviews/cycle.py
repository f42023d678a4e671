"""The days of a review: collect, analyse, risk, close, in the month after the one that is reviewed.

The four phases and their usual days, up to the 5th, the 10th, the 15th and the end of the month, are those of Sao Paulo's monthly cycle
for its Programa de Metas (decree 63.336/2024); a city has its own in `cycle:` of data/city.yaml.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from data.city import Cycle
from data.periods import Month
from data.reviews.vocabulary import PHASES


@dataclass(frozen=True)
class Phase:
    """One phase of PHASES, and its first and last day."""

    name: str
    first: date
    last: date


def phases(month: Month, cycle: Cycle) -> list[Phase]:
    """The four phases of a month's review, one after another."""
    following = month.plus(1)
    lasts = [following.first.replace(day=day) for day in (cycle.collect, cycle.analyse, cycle.risk)] + [following.last]
    firsts = [following.first] + [last + timedelta(days=1) for last in lasts[:-1]]
    return [Phase(name, first, last) for name, first, last in zip(PHASES, firsts, lasts, strict=True)]


def phase_on(month: Month, cycle: Cycle, day: date) -> Phase | None:
    """The phase that a day is in; None before the review begins and after it should have ended."""
    return next((phase for phase in phases(month, cycle) if phase.first <= day <= phase.last), None)
