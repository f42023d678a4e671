"""Which of the declared choices change anything: what changes nothing was not doubted, whatever the file says.

To fill in otherwise where nothing is missing, or z-scores under a mean that multiplies, leaves every draw as it was written; intervals
of such draws would call an index sure because nothing was tried.
"""

from collections.abc import Mapping
from itertools import product

import numpy as np

from kpis.index.built import Built
from kpis.index.drawing import Draws, as_written
from kpis.index.figures import Numbers
from kpis.index.scoring import Kind, Scoring

OF_A_KIND = ("normalise", "combine", "missing")
CHOICES = (*OF_A_KIND, "one_out", "weights")
"""The names of all choices, in the order in which they are told."""
CLOSE = 1e-9


def tried(scoring: Scoring) -> tuple[str, ...]:
    """The names (CHOICES) of those that change the score of some place, whatever the others are."""
    scores = _scores(scoring)
    found = [name for place, name in enumerate(OF_A_KIND) if _matters(scores, place)]
    found += ["one_out"] if len(scoring.options.out) > 1 else []
    return (*found, *(["weights"] if _weighed(scoring.built) else []))


def combinations(scoring: Scoring) -> list[Kind]:
    """The options of all choices with each other, whether or not they can go together."""
    options = scoring.options
    return list(product(range(len(options.normalise)), range(len(options.combine)), range(len(options.missing))))


def _scores(scoring: Scoring) -> Mapping[Kind, Numbers]:
    """Of each combination of choices, on one measure; as far as they can go together."""
    settled = {kind: scoring.settled(kind) for kind in combinations(scoring)}
    known = {kind: _scored(scoring, kind) for kind in dict.fromkeys(settled.values())}
    return {kind: known[other] for kind, other in settled.items()}


def _scored(scoring: Scoring, kind: Kind) -> Numbers:
    one = as_written(scoring.built, 1)
    draw = Draws(np.array([kind]), one.out, one.weights, None)
    return scoring.on_one_measure(draw, scoring.scores(draw))[0]


def _matters(scores: Mapping[Kind, Numbers], place: int) -> bool:
    """Whether an option of the choice at this place differs from the way as written, beside the same other choices."""

    def as_it_is(kind: Kind) -> Numbers:
        one, two, three = (0 if at == place else option for at, option in enumerate(kind))
        return scores[one, two, three]

    return any(not np.allclose(found, as_it_is(kind), rtol=0, atol=CLOSE, equal_nan=True) for kind, found in scores.items() if kind[place])


def _weighed(built: Built) -> bool:
    """Whether weights are doubted where two parts or more weigh anything."""
    return built.recipe.doubt.weights > 0 and any(sum(weight > 0 for weight in given.values()) > 1 for given in built.weights.values())
