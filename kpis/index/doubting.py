"""The doubt of an index: many draws over what its recipe declares uncertain, and what they say of each place's score, rank and tier."""

from collections.abc import Sequence

import numpy as np

from data.problems import N_, Problem, Refused
from kpis.index import intervals
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.drawing import draws as drawn
from kpis.index.drawing import uncertain
from kpis.index.figures import Numbers, Ranks
from kpis.index.measuring import Measuring
from kpis.index.outranking import outranking
from kpis.index.ranking import ranks
from kpis.index.scoring import Scoring
from kpis.index.tiers import tiers
from kpis.index.tried import tried

MOST = 20_000_000
"""Draws times places: what is kept of each are its score and its rank, 12 bytes."""


def doubted(built: Built, draws: int | None = None, own: str | None = None) -> Doubted:
    """Intervals, median ranks and tiers of every place, over `doubt.draws` draws unless told.

    `own` is the id of the place that is held beside each other one. Without any doubt, or with one that changes nothing,
    the intervals are the scores and ranks themselves. Raises Refused where there are more draws than can be kept.
    """
    found, before = seen_from(built, [] if own is None else [own], draws)
    return found.seen(built, own, before)


def seen_from(built: Built, owns: Sequence[str], draws: int | None = None) -> tuple[Doubted, dict[str, Numbers]]:
    """The same draws seen from several places: the doubt without an own one, and how often each that is ranked is before the others."""
    choices, error = tried(Scoring(built)), len(uncertain(built)) > 0
    count = draws or built.recipe.doubt.draws
    if not choices and not error:
        found, ranked = _undoubted(built), built.rank[:, None]
    elif count * len(built.places) > MOST:
        raise Refused([_too_many(built, count)])
    else:
        scores, ranked = _drawn(built, count)
        low, high = intervals.of_scores(scores)
        rank_low, middle, rank_high = intervals.of_ranks(ranked)
        tier = tiers(built.rank, rank_low, rank_high)
        found = Doubted(count, low, high, rank_low, rank_high, middle, tier, None, None, choices, error)
    return found, {own: outranking(ranked, built.places.index(own)) for own in owns if own in built.places}


def _drawn(built: Built, count: int) -> tuple[Numbers, Ranks]:
    """Scores and ranks, (places, draws)."""
    scoring = Scoring(built)
    measuring = Measuring(scoring)
    scores, ranked = np.empty((len(built.places), count)), np.empty((len(built.places), count), dtype=np.float32)
    begin = 0
    for some in drawn(built, count, scoring.at_a_time(len(built.recipe.names) if len(uncertain(built)) else 0)):
        found = measuring.possible(some)
        rows = slice(begin, begin + len(found))
        scores[:, rows], ranked[:, rows] = scoring.on_one_measure(some, found).T, ranks(found).T
        begin = rows.stop
    return scores, ranked


def _undoubted(built: Built) -> Doubted:
    score, rank = built.score, built.rank
    return Doubted(0, score, score, rank, rank, rank, tiers(rank, rank, rank), None, None, choices=(), error=False)


def _too_many(built: Built, count: int) -> Problem:
    told = {"count": count, "places": len(built.places), "most": MOST // len(built.places)}
    message = N_("{count} draws of {places} places do not fit into memory")
    return Problem(message, N_("ask for {most} draws at the most"), key="doubt.draws", values=told)
