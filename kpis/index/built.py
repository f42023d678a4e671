"""An index as it came out: every step kept, so that each figure can be followed back to what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.problems import Problem
from kpis.index.figures import Figures, Marks, Numbers
from kpis.index.recipe import Recipe
from kpis.score import Reason

STEPS = ("raw", "denominated", "blended", "imputed", "treated", "normalised")
"""The steps before parts are put together, in their order; each is places by indicators."""


@dataclass(frozen=True, eq=False)
class Built:
    """`steps` by name (STEPS), for the places that are ranked; `parts` the score of each level of the recipe by its name.

    `weights` are those in force within each level, summing to 1; `treated` what was done to an indicator beyond its range; `filled`
    marks what was imputed, places by indicators. `score` is rounded where the recipe says so; `rank` 1 is the best, equal scores share
    the better one. `left_out` says of each place that is not ranked why, with its name; `flags` is what a reader must know
    and was not refused.
    """

    recipe: Recipe
    figures: Figures
    steps: Mapping[str, Numbers]
    parts: Mapping[str, Numbers]
    weights: Mapping[str, Mapping[str, float]]
    score: Numbers
    rank: Numbers
    filled: Marks
    treated: Mapping[str, Reason] = field(default_factory=dict)
    left_out: Mapping[str, Reason] = field(default_factory=dict)
    flags: tuple[Problem, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Those that are ranked, in the order of their figures."""
        return self.figures.places
