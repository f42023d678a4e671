"""How sure the places of an index are: what came of many draws over what could have been chosen or measured otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kpis.index.built import Built
from kpis.index.figures import Numbers

LOW, HIGH = 5, 95
"""Per cent of the draws between which an interval lies."""


@dataclass(frozen=True, eq=False)
class Doubted:
    """One number for each ranked place, in the order of the index: intervals of score and rank, the median rank, and the tier (1 best).

    `draws` is 0 where nothing was doubted; then intervals are the scores and ranks, and every rank is a tier. `outranks` is the share of
    draws in which the place at `own` stands before each other one (ties count half, NaN at itself), None without such a place.
    `choices` names the choices of method that draws were over and that change anything (kpis/index/tried.py), `error` says that they were
    over errors of measurement: an interval of choices shows how much the method matters, and not chance.
    """

    draws: int
    score_low: Numbers
    score_high: Numbers
    rank_low: Numbers
    rank_high: Numbers
    rank_median: Numbers
    tier: Numbers
    outranks: Numbers | None
    own: int | None
    choices: tuple[str, ...]
    error: bool

    def seen(self, built: Built, own: str | None, outranks: Mapping[str, Numbers]) -> "Doubted":
        """The same from the place with this id, where it is ranked, by how often each place stands before the others."""
        if own is None or own not in outranks:
            return self
        return replace(self, own=built.places.index(own), outranks=outranks[own])
