"""The month in one sentence: how many goals are on track, how many got worse, which need a decision.

Every number can be counted again from the list of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpis.score import JUDGED, ON_TRACK_OR_BETTER, Score

MOST_DECISIONS = 5
"""A review that must decide on everything decides on nothing."""


@dataclass(frozen=True)
class Headline:
    """Counts of goals, and those that need a decision, the most urgent first; each one's `reason` says why.

    `judged` leaves out goals without a target or not due yet; a goal without fresh data was due, so it counts.
    `worsened` counts judged goals with a fresh value that is worse than that of the period just before.
    """

    on_track_or_better: int
    judged: int
    worsened: int
    needs_decision: tuple[Score, ...]
    without_data: int


def headline(scores: Sequence[Score]) -> Headline:
    """Sums up a scorecard."""
    return Headline(
        on_track_or_better=sum(score.status in ON_TRACK_OR_BETTER for score in scores),
        judged=sum(score.status in JUDGED for score in scores),
        worsened=sum(is_fresh(score) and score.direction == "worse" for score in scores),
        needs_decision=tuple(sorted(filter(needs_decision, scores), key=urgency)[:MOST_DECISIONS]),
        without_data=sum(score.status in ("stale", "no_data") for score in scores),
    )


def needs_decision(score: Score) -> bool:
    """Whether a goal is an exception that somebody must decide on."""
    return score.status in ("off_track", "at_risk")


def urgency(score: Score) -> tuple[bool, bool, float]:
    """Sorts exceptions: off track before at risk, then what got worse, then what attained least."""
    attained = score.attainment if score.attainment is not None else 0.0
    return score.status != "off_track", score.direction != "worse", attained


def is_fresh(score: Score) -> bool:
    """Whether the goal was judged on a value that is not out of date."""
    return score.status in JUDGED - {"stale", "no_data"}
