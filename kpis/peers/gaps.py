"""Position among peers, and how far from their median and from their best, in the indicator's own unit."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot
from statistics import median

from kpis.attainment import EQUAL
from kpis.peers.standing import Beside, Least, Standing, Verdict


def ranked(figures: Sequence[Beside], counted: Sequence[bool], sign: int) -> list[Beside]:
    """The figures with the rank of those that are counted: 1 is the best, or the lowest where neither way is better."""
    way = sign or -1
    values = [figure.value for figure, counts in zip(figures, counted, strict=True) if counts and figure.value is not None]
    return [
        replace(figure, rank=1 + sum(_ahead(value, figure.value, way) for value in values))
        if counts and figure.value is not None
        else figure
        for figure, counts in zip(figures, counted, strict=True)
    ]


def _ahead(other: float, value: float, way: int) -> bool:
    """Whether the other one is better by more than rounding."""
    return (other - value) * way > EQUAL * max(abs(other), abs(value))


def placed(standing: Standing) -> Standing:
    """With the position, the gaps and what they mean, of a standing whose figures have their ranks and whose least difference is told."""
    peers, own = standing.ranked, standing.own
    if not peers:
        return standing
    values = [peer.value for peer in peers if peer.value is not None]
    middle = median(values)
    best = min(peers, key=lambda peer: peer.rank or 0) if standing.sign else None
    found = replace(standing, median=middle, best=best)
    if own.rank is None or own.value is None:
        return found
    return replace(
        found,
        position=own.rank,
        of=len(peers) + 1,
        shared=any(peer.rank == own.rank for peer in peers),
        between=_between(standing),
        gap=own.value - middle,
        gap_best=own.value - best.value if best and best.value is not None else None,
        verdict=_verdict(own.value, middle, standing),
    )


def _between(standing: Standing) -> tuple[int, int] | None:
    """The best and the worst position that the city may hold, as those it does not really differ from may stand on either side."""
    least, way = standing.least, standing.sign or -1
    if least is None:
        return None
    apart = [(peer.value, _apart(standing.own, peer, least)) for peer in standing.ranked if peer.value is not None]
    own = standing.own.value or 0.0
    ahead = sum(_beyond((value - own) * way, real, value, own) for value, real in apart)
    behind = sum(_beyond((own - value) * way, real, value, own) for value, real in apart)
    return 1 + ahead, len(apart) + 1 - behind


def _apart(own: Beside, peer: Beside, least: Least) -> float:
    """What sets a peer apart from the city: a small one, with which chance does more, must differ by more.

    Of two that have intervals it is the half of theirs that faces the other one, as errors add (Newcombe, 1998; Zou and Donner, 2008):
    the interval of a few cases reaches further up than down.
    """
    low, high = sorted((own, peer), key=lambda figure: figure.value or 0.0)
    if low.high is None or low.value is None or high.low is None or high.value is None:
        return least.difference
    return max(least.difference, hypot(low.high - low.value, high.value - high.low))


def _beyond(difference: float, real: float, *of: float) -> bool:
    """Whether a difference is larger than the smallest real one by more than rounding."""
    return difference - real > EQUAL * max(map(abs, of))


def _verdict(own: float, middle: float, standing: Standing) -> Verdict | None:
    gap, sign, least = own - middle, standing.sign, standing.least
    if least is None or standing.few:
        return None
    if not _beyond(abs(gap), least.difference, own, middle):
        return "no_difference"
    if not sign:
        return "higher" if gap > 0 else "lower"
    return "better" if gap * sign > 0 else "worse"
