"""Why a place is a peer, in words: by what it is like one's own, and by what not, with the figures of both."""

import numpy as np

from data.problems import N_
from kpis.peers.context import Context, Variable
from kpis.peers.distances import standardised
from kpis.score import Amount, Reason, Said, Several

ALIKE = 0.5
"""Standard deviations within which two figures are alike."""
UNLIKE = 1.0
"""Standard deviations from which they are not."""
MOST_ALIKE, MOST_UNLIKE = 3, 2
"""So many are said of each."""


class Likeness:
    """What every place has in common with one of them. Numbers are alike within half a standard deviation of all places, and unlike from
    a whole one on; categories where they are the same, and where not. What fewer places share with it comes first.
    """

    def __init__(self, told: Context, own: int) -> None:
        self._told, self._own = told, own
        scores = np.abs(standardised(told.compared) - standardised(told.compared)[own])
        other = np.where(np.isfinite(scores), np.where(told.values == told.values[own], 0.0, np.inf), np.nan)
        self._apart = np.where(told.categories, other, scores)

    def like(self, place: int) -> tuple[str, ...]:
        """The variables by which they are alike."""
        return tuple(self._told.variables[number].id for number in self._like(place))

    def unlike(self, place: int) -> tuple[str, ...]:
        """The variables by which they are not."""
        return tuple(self._told.variables[number].id for number in self._unlike(place))

    def reason(self, place: int) -> Reason:
        """The strongest of both with their figures."""
        like, unlike = self._like(place)[:MOST_ALIKE], self._unlike(place)[:MOST_UNLIKE]
        values = {
            name: Several(tuple(self._figures(place, number) for number in numbers))
            for name, numbers in (("like", like), ("unlike", unlike))
            if numbers
        }
        return Reason(_SENTENCES[bool(like), bool(unlike)], values)

    def _like(self, place: int) -> list[int]:
        return self._notable(place, self._apart[place] <= ALIKE, self._apart <= self._apart[place])

    def _unlike(self, place: int) -> list[int]:
        return self._notable(place, self._apart[place] >= UNLIKE, self._apart >= self._apart[place])

    def _notable(self, place: int, which: np.ndarray, shared: np.ndarray) -> list[int]:
        """The numbers of the variables, those that fewest places share first."""
        often = shared.sum(axis=0)
        return sorted(np.flatnonzero(which).tolist(), key=lambda number: (often[number], self._apart[place, number]))

    def _figures(self, place: int, number: int) -> Reason:
        variable, theirs, ours = self._told.variables[number], self._told.values[place, number], self._told.values[self._own, number]
        name = Said(variable.name)
        if variable.category and theirs == ours:
            return Reason(N_("{name} ({its})"), {"name": name, "its": Said(variable.word(theirs))})
        figures = {"its": _figure(variable, theirs, bare=True), "own": _figure(variable, ours)}
        return Reason(N_("{name} ({its} beside {own})"), {"name": name, **figures})


def _figure(variable: Variable, value: float, *, bare: bool = False) -> Amount | Said:
    """A figure as it is written; the unit is said once, with the second of two."""
    if variable.category:
        return Said(variable.word(value))
    return Amount(float(value), "" if bare else variable.unit, variable.decimals)


_SENTENCES = {
    (True, True): N_("alike: {like}; unlike: {unlike}"),
    (True, False): N_("alike: {like}"),
    (False, True): N_("alike in nothing by itself; unlike: {unlike}"),
    (False, False): N_("neither alike nor unlike in anything by itself"),
}
