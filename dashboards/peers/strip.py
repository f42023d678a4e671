"""One indicator of a city and its peers as a strip: a dot for each, the median as a tick, the city in its colour; better is right."""

from collections.abc import Callable, Iterator
from html import escape

from kpis.peers.standing import Beside, Standing

WIDTH, HEIGHT, MARGIN = 190, 26, 8
"""Of the drawing as it is written; the style sheet may stretch it."""
DOT, OWN = 3.1, 5.0
TICK = 9
"""Half the height of the median's tick."""
Place = Callable[[float], float]


def strip(standing: Standing, label: str) -> str:
    """The drawing as SVG, "" where there is nobody beside the city; `label` says it to whoever cannot see it.

    Hollow dots are shown and not ranked. The band around the median is what cannot be told apart from it.
    """
    peers = [peer for peer in standing.peers if peer.value is not None]
    if not peers:
        return ""
    at = scale(standing)
    parts = "".join([*_median(standing, at), *(_peer(peer, at) for peer in peers), *_own(standing.own, at)])
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg class="strip" role="img" aria-label="{escape(label)}" {size}>{parts}</svg>'


def dot(standing: Standing, beside: Beside) -> str:
    """One place alone, with its interval where it has one, on a scale that holds everybody's, for the table that says each value."""
    if beside.value is None:
        return ""
    at = scale(standing, intervals=True)
    drawn = _own(beside, at) if beside is standing.own else [_peer(beside, at)]
    parts = "".join([*_median(standing, at), *_reach(beside, at), *drawn])
    return f'<svg class="strip" aria-hidden="true" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{parts}</svg>'


def scale(standing: Standing, *, intervals: bool = False) -> Place:
    """Where a value lies from left to right: the worst of all left, the best right; from low to high where neither way is better."""
    every = (standing.own, *standing.peers)
    ends = [end for beside in every for end in (beside.low, beside.high)] if intervals else []
    values = [value for value in (*(beside.value for beside in every), *ends) if value is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    room = WIDTH - 2 * MARGIN

    def at(value: float) -> float:
        share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5
        return MARGIN + room * (1 - share if standing.sign < 0 else share)

    return at


def _median(standing: Standing, at: Place) -> Iterator[str]:
    """The median of the ranked peers, and around it what is no real difference."""
    if standing.median is None:
        return
    x, middle = at(standing.median), HEIGHT / 2
    if standing.least and standing.least.difference > 0:
        left, right = sorted(at(standing.median + way * standing.least.difference) for way in (-1, 1))
        yield f'<rect class="alike" x="{left:.1f}" y="{middle - TICK}" width="{right - left:.1f}" height="{2 * TICK}"/>'
    yield f'<path class="median" d="M{x:.1f} {middle - TICK}V{middle + TICK}"/>'


def _peer(peer: Beside, at: Place) -> str:
    kind = "peer" if peer.rank is not None else "peer unranked"
    return f'<circle class="{kind}" cx="{at(peer.value or 0):.1f}" cy="{HEIGHT / 2}" r="{DOT}"/>'


def _own(own: Beside, at: Place) -> Iterator[str]:
    if own.value is not None:
        yield f'<circle class="own" cx="{at(own.value):.1f}" cy="{HEIGHT / 2}" r="{OWN}"/>'


def _reach(beside: Beside, at: Place) -> Iterator[str]:
    if beside.low is not None and beside.high is not None:
        yield f'<path class="reach" d="M{at(beside.low):.1f} {HEIGHT / 2}H{at(beside.high):.1f}"/>'
