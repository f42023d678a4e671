"""What happens to the ranks when one indicator, or one part, is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpis.index.built import Built
from kpis.index.drawing import as_written
from kpis.index.ranking import ranks
from kpis.index.scoring import Scoring


@dataclass(frozen=True)
class Removal:
    """Without it: by how many ranks places move in the mean, up or down; the own place's rank, and by how many it moved (above 0: down).

    NaN where nothing is left to rank by, and None without an own place.
    """

    name: str
    mean_shift: float
    own_rank: float | None
    own_shift: float | None


def removals(built: Built, own: str | None = None, of: Sequence[str] | None = None) -> tuple[Removal, ...]:
    """Each indicator left out by itself (or each of the names, which may be levels too), the one that moves most first.

    The other weights of its level fill its room; the places that are ranked stay the same. The mean absolute shift of ranks is that of
    Saisana, Saltelli and Tarantola (2005), over all places.
    """
    names = tuple(of or built.recipe.names)
    scoring = Scoring(built)
    moved = ranks(scoring.scores(as_written(built, len(names), names))) - built.rank
    place = built.places.index(own) if own in built.places else None
    found = [_removal(name, shift, built, place) for name, shift in zip(names, moved, strict=True)]
    return tuple(sorted(found, key=lambda one: -np.nan_to_num(one.mean_shift, nan=-1.0)))


def _removal(name: str, shift: np.ndarray, built: Built, place: int | None) -> Removal:
    known = shift[np.isfinite(shift)]
    mean = float(np.abs(known).mean()) if len(known) else float("nan")
    if place is None:
        return Removal(name, mean, None, None)
    return Removal(name, mean, float(built.rank[place] + shift[place]), float(shift[place]))
