"""Which figures of other places may be held beside one's own: of the same period, defined alike, divided by what is known."""

from collections.abc import Set
from datetime import date, timedelta

import numpy as np

from data.periods import year_ago
from kpis.peers.held import OWN, Held
from kpis.peers.intervals import interval
from kpis.peers.standing import UNRANKED, Beside, Mark

Place = tuple[str, str]
"""A place and an indicator, by their ids."""


def beside(held: Held, usually_corrected: Set[Place], corrected: Set[tuple[str, str, date]]) -> list[Beside]:
    """The figure of each place, the city's first, with what a reader must know of it; nobody has a rank yet."""
    at = reference(held)
    return [_figure(held, place, at, usually_corrected, corrected) for place in range(len(held.places))]


def reference(held: Held) -> int | None:
    """The row of the period that is compared: the latest within a year of the city's last value that the city and at least half of
    the others share, else the city's last; without one of the city, that in which most of the others have their last."""
    own = held.last(OWN)
    lasts = [last for place in range(1, len(held.places)) if (last := held.last(place)) is not None]
    if own is None:
        return max(lasts, key=lambda last: (lasts.count(last), last), default=None)
    known = np.isfinite(held.raw)
    shared = known[:, OWN] & (2 * known[:, 1:].sum(axis=1) >= len(lasts)) & bool(lasts)
    near = [row for row in np.flatnonzero(shared).tolist() if _apart(held, row, own) <= _reach(held, own)]
    return near[-1] if near else own


def _figure(held: Held, place: int, at: int | None, usually: Set[Place], corrected: Set[tuple[str, str, date]]) -> Beside:
    name, indicator = held.places[place], held.indicator
    row = None if at is None else _row(held, place, at)
    differs = indicator.differs.get(name)
    if row is None:
        missing = None if at is None else held.flags.get((name, held.ends[at]))
        return Beside(name, None, None, None, marks=("none",), differs=differs, missing=missing)
    end, value = held.ends[row], float(held.values[row, place])
    provisional = (name, indicator.id) in usually and (name, indicator.id, end) not in corrected
    said: dict[Mark, bool] = {
        "other_period": row != at,
        "definition": differs is not None,
        "not_divided": np.isnan(value).item(),
        "earlier": place == OWN and row != held.last(OWN),
        "provisional": provisional,
    }
    low, high = interval(held, row, place) or (None, None)
    raw = float(held.raw[row, place])
    marks: tuple[Mark, ...] = tuple(mark for mark, holds in said.items() if holds)
    return Beside(name, raw, None if np.isnan(value) else value, end, low, high, marks=marks, differs=differs)


def _row(held: Held, place: int, at: int) -> int | None:
    """The same period, or else the latest one within a year before or after it."""
    if np.isfinite(held.raw[at, place]):
        return at
    near = [row for row in np.flatnonzero(np.isfinite(held.raw[:, place])).tolist() if _apart(held, row, at) <= _reach(held, at)]
    return near[-1] if near else None


def _apart(held: Held, row: int, at: int) -> timedelta:
    return abs(held.ends[row] - held.ends[at])


def _reach(held: Held, at: int) -> timedelta:
    """How long a year is, back from a period."""
    return held.ends[at] - year_ago(held.ends[at], held.indicator.frequency) + timedelta(days=1)  # the year ahead may be a leap year


def comparable(figure: Beside) -> bool:
    """Whether it may have a rank."""
    return not UNRANKED.intersection(figure.marks)
