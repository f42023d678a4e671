"""The places nearest to one by their context, with the reason for each and how far the choice hangs on single variables."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.definitions import Definitions
from data.facts import Facts
from data.located import near
from data.problems import N_, Problem, Refused
from kpis.peers.context import Context, Numbers, context
from kpis.peers.distances import LEAST_KNOWN, Parts, euclidean, gower, rebased, varies
from kpis.peers.fellows import fellows
from kpis.peers.neighbours import Neighbour, Neighbours
from kpis.peers.reasons import Likeness

FIFTEEN = 15
"""As many as CIPFA lists."""
ROUNDED = 9
"""Decimals to which distances are told apart."""
PLACES = "data/places.yaml"


def nearest(definitions: Definitions, facts: Facts | None, place: str, day: date | None = None, count: int = FIFTEEN) -> Neighbours:
    """The nearest of a place among those of its kind (of a district: the other districts of its city), as known of periods up to the day.

    Raises Refused where the place is not known, or too little is known of what it is like.
    """
    if place not in definitions.place:
        values = {"name": place, "what": "place", "near": near(place, definitions.place)}
        raise Refused([Problem(N_("{name!r} is not a known {what}"), N_("write {near}"), key="place", values=values)])
    return nearest_in(context(definitions, fellows(definitions, place), facts, day), place, count)


def nearest_in(found: Context, place: str, count: int = FIFTEEN) -> Neighbours:
    """The same of a context; of places that are as near, the one that is written first comes first. Raises Refused as `nearest`."""
    told = _told(found, place)
    own = told.places.index(place)
    mixed = bool(told.categories.any() or not np.isfinite(told.compared).all())
    parts = (gower if mixed else euclidean)(told, own)
    distances = parts.distances()
    order = _order(distances, own)[:count]
    if not order.size:
        raise Refused([_nobody(place)])
    likeness, share = Likeness(told, own), rebased(distances)
    measured = {told.places[each] for each in np.flatnonzero(np.isfinite(distances))}
    return Neighbours(
        place,
        tuple(variable.id for variable in told.variables),
        parts.method,
        tuple(
            Neighbour(told.places[each], float(share[each]), likeness.reason(each), likeness.like(each), likeness.unlike(each))
            for each in order
        ),
        _stability(told, parts, own, order),
        tuple(name for name in found.places if name not in measured),
        tuple(each.id for each in found.variables if each not in told.variables),
    )


def _told(found: Context, place: str) -> Context:
    """What can be compared: variables that tell places apart and are known of the place, and places of which enough of them is known."""
    own = found.places.index(place)
    apart = varies(found)
    if not apart.any():
        raise Refused([_no_context()])
    mine = np.isfinite(found.compared[own]) & apart
    if mine.sum() < LEAST_KNOWN * apart.sum():
        raise Refused([_unknown(place, found, apart & ~mine)])
    every = np.ones(len(found.places), bool)
    compared = found.only(every, mine)
    enough = np.isfinite(compared.compared).sum(axis=1) >= LEAST_KNOWN * mine.sum()
    kept = compared.only(enough, np.ones(int(mine.sum()), bool))
    if not varies(kept).any():
        raise Refused([_nobody(place)])
    return kept.only(np.ones(len(kept.places), bool), varies(kept))


def _order(distances: Numbers, own: int) -> NDArray[np.intp]:
    """The places by their distance, without the place itself and those that cannot be compared."""
    order = np.argsort(np.round(distances, ROUNDED), kind="stable")  # the last bits of a sum are no difference
    return order[(order != own) & np.isfinite(distances[order])]


def _stability(told: Context, parts: Parts, own: int, chosen: NDArray[np.intp]) -> dict[str, float]:
    """Which share of the chosen is still chosen when a variable is left out; empty where that tells nothing: of a single variable nothing
    would be left, and where everybody is chosen nobody can go.
    """
    if len(told.variables) == 1 or chosen.size == np.isfinite(parts.distances()).sum() - 1:
        return {}
    kept: dict[str, float] = {}
    for number, variable in enumerate(told.variables):
        again = _order(parts.distances(without=number), own)[: chosen.size]
        kept[variable.id] = float(np.isin(chosen, again).mean())
    return kept


def _no_context() -> Problem:
    message = N_("nothing tells the places apart by which peers could be chosen")
    return Problem(message, N_("write `population:` of each place, and what they are like under `traits:`"), PLACES)


def _unknown(place: str, found: Context, lacking: NDArray[np.bool_]) -> Problem:
    names = ", ".join(variable.id for variable, lacks in zip(found.variables, lacking, strict=True) if lacks)
    message = N_("too little is known of what {place!r} is like: {lacking} are missing")
    return Problem(message, N_("write at least half of them"), PLACES, key="place", values={"place": place, "lacking": names})


def _nobody(place: str) -> Problem:
    message, hint = N_("of no other place enough is known to compare it with {place!r}"), N_("write their `population:` and `traits:`")
    return Problem(message, hint, PLACES, values={"place": place})
