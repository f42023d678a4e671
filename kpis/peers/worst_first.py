"""Which gaps ask for attention first: those that are real and for the worse, the largest beside what sets the peers apart."""

from collections.abc import Iterable
from statistics import pstdev

from kpis.peers.standing import Standing, Verdict

ORDER: tuple[Verdict | None, ...] = ("worse", None, "no_difference", "higher", "lower", "better")
"""Worse ones first; then those of which nothing tells whether they are."""


def worst_first(standings: Iterable[Standing]) -> list[Standing]:
    """By what is said of each, then by the size of the gap; equal ones keep their order."""
    return sorted(standings, key=lambda each: (ORDER.index(each.verdict), severity(each)))


def severity(standing: Standing) -> float:
    """The gap to the peers' median in standard deviations of the ranked peers, below zero where it is for the worse.

    So gaps of indicators of different units can be put in an order; nobody is shown it. 0 where there is no gap or nothing sets them apart.
    """
    values = [peer.value for peer in standing.ranked if peer.value is not None]
    apart = pstdev(values) if len(values) > 1 else 0.0
    return 0.0 if standing.gap is None or not apart else (standing.sign or -1) * standing.gap / apart
