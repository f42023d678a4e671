"""The places most like one, and why: nearest by their context, never by how well they do."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.reasons import Reason


@dataclass(frozen=True)
class Neighbour:
    """`distance` is 0 for the same and 1 for the farthest of all places; `like` and `unlike` are variables, the strongest first."""

    place: str
    distance: float
    reason: Reason
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """The nearest of a place, the nearest first.

    `method` is euclidean over z-scores, or gower where a variable is a category or is missing for some. `stability` says for each
    variable which share of these neighbours is kept when it is left out; it is empty where that tells nothing. `left_out` names places
    without enough context, `not_used` variables by which nobody was chosen: not known of the place, or the same everywhere.
    """

    place: str
    variables: tuple[str, ...]
    method: str
    nearest: tuple[Neighbour, ...]
    stability: Mapping[str, float]
    left_out: tuple[str, ...] = ()
    not_used: tuple[str, ...] = ()
