"""Which uncertain choice moves the ranks: Sobol's indices of each, alone and with all that it does together with the others.

The first-order index is the share of the variance that a choice explains by itself, the total one with its interactions (Saltelli et al.
2010). What varies is the mean absolute shift of all ranks against those as written (Saisana, Saltelli and Tarantola 2005), and the rank of
one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kpis.index.built import Built
from kpis.index.drawing import Draws, chosen, luck, nudged, uncertain, weights
from kpis.index.figures import Numbers
from kpis.index.measuring import Measuring
from kpis.index.ranking import ranks
from kpis.index.scoring import Scoring
from kpis.index.tried import OF_A_KIND, tried

SAMPLES = 512
"""A power of two, as Sobol's sequence wants; with k choices the index is scored (k + 2) times as often."""
SETS = 1024
"""Sets of weights, and of errors, among which a draw takes one: as a choice each of them is one number between 0 and 1."""
KINDS = (*OF_A_KIND, "one_out")

Answers = Callable[[Numbers], Numbers]
"""(samples, choices), each between its bounds, becomes (samples, outcomes)."""


@dataclass(frozen=True)
class Sensitivity:
    """Shares of the variance of the mean shift of ranks, by the names of the choices that the index doubts; then those of the own rank.

    NaN where nothing varies: then the choices move no rank. None for the own place where there is none.
    """

    names: tuple[str, ...]
    first: tuple[float, ...]
    total: tuple[float, ...]
    own_first: tuple[float, ...] | None
    own_total: tuple[float, ...] | None


def sensitivity(built: Built, own: str | None = None, samples: int = SAMPLES) -> Sensitivity:
    """The indices of each choice that is declared and changes anything. It takes seconds: to be asked for, not reckoned with the ranks."""
    scoring, place = Scoring(built), built.places.index(own) if own in built.places else None
    names = (*tried(scoring), *(["error"] if len(uncertain(built)) else []))
    if not names:
        return Sensitivity((), (), (), None, None)
    first, total = sobol(_Shifts(scoring, names, place), [(0.0, 1.0)] * len(names), samples, built.recipe.doubt.seed)
    mine = None if place is None else (tuple(first[1].tolist()), tuple(total[1].tolist()))
    return Sensitivity(names, tuple(first[0].tolist()), tuple(total[0].tolist()), *(mine or (None, None)))


def sobol(answers: Answers, bounds: Sequence[tuple[float, float]], samples: int, seed: int) -> tuple[Numbers, Numbers]:
    """First-order and total indices, (outcomes, choices), by Saltelli's sample of `samples` · (choices + 2) points.

    NaN where nothing varies. `samples` is a power of two.
    """
    # Over a second to import: only who asks for a sensitivity pays for it.
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sample

    problem = {"num_vars": len(bounds), "names": [f"x{place}" for place in range(len(bounds))], "bounds": [list(each) for each in bounds]}
    outcomes = answers(sample.sample(problem, samples, calc_second_order=False, seed=seed))
    first, total = (np.full((outcomes.shape[1], len(bounds)), np.nan) for _ in range(2))
    for place, outcome in enumerate(outcomes.T):
        if np.ptp(outcome) > 0:
            found = analysis.analyze(problem, outcome, calc_second_order=False, num_resamples=2, seed=seed)
            first[place], total[place] = found["S1"], found["ST"]
    return first, total


class _Shifts:
    """What points between 0 and 1, one for each choice, make of the ranks."""

    def __init__(self, scoring: Scoring, names: tuple[str, ...], own: int | None) -> None:
        self.scoring, self.names, self.own = scoring, names, own
        self.measuring = Measuring(scoring)
        built, options = scoring.built, scoring.options
        self.kinds = (len(options.normalise), len(options.combine), len(options.missing), len(options.out))
        weighing, measuring = (np.random.default_rng(one) for one in np.random.SeedSequence((built.recipe.doubt.seed, SETS)).spawn(2))
        self.nudges = weighing.uniform(-1, 1, (SETS, nudged(built)))
        self.luck = luck(built, measuring, SETS)

    def __call__(self, points: Numbers) -> Numbers:
        """The mean absolute shift of all ranks, and the rank of the own place where there is one."""
        built, found = self.scoring.built, []
        slices = self.scoring.at_a_time(len(built.recipe.names) if self.luck is not None else 0)
        for begin in range(0, len(points), slices):
            some = points[begin : begin + slices]
            ranked = ranks(self.measuring.possible(self._draws(some)))
            shift = np.nanmean(np.abs(ranked - built.rank), axis=1)
            found.append(np.column_stack([shift] if self.own is None else [shift, ranked[:, self.own]]))
        return np.concatenate(found)

    def _draws(self, points: Numbers) -> Draws:
        """A choice that is not doubted stays as written, and so do weights."""
        at = {name: points[:, place] for place, name in enumerate(self.names)}
        nothing = np.zeros(len(points))
        taken = chosen(np.column_stack([at.get(name, nothing) for name in KINDS]), self.kinds)
        nudges = self.nudges[_set(at["weights"])] if "weights" in at else np.zeros((len(points), self.nudges.shape[1]))
        given = weights(self.scoring.built, self.scoring.options, taken[:, 3], nudges)
        return Draws(taken[:, :3], taken[:, 3], given, self.luck[_set(at["error"])] if self.luck is not None else None)


def _set(where: Numbers) -> np.ndarray:
    return chosen(where[:, None], (SETS,))[:, 0]
