"""All places scored in many draws at once: draws that made the same choices share one matrix product, or one for each level.

A draw is scored as `build` would score the recipe that its choices write (kpis/index/choices.py), with its weights and its figures. Weights
by principal components stay those of the figures as they are.
"""

from collections.abc import Iterator

import numpy as np

from kpis.index.built import Built
from kpis.index.choices import Choices, changed
from kpis.index.combining import combined
from kpis.index.drawing import Counts, Draws
from kpis.index.faults import MULTIPLIED
from kpis.index.figures import Numbers
from kpis.index.folding import foldable, folded
from kpis.index.levels import members
from kpis.index.ranking import rounded
from kpis.index.recipe import Recipe
from kpis.index.stepping import stepped

ROOM = 32_000_000
"""Bytes of the widest array of a slice of draws; a slice takes about four times as much at its most."""
AS_WRITTEN = 0
"""The number of the way as written, of any choice."""

Kind = tuple[int, int, int]
"""The numbers of the options taken: normalisation, combination, imputation."""


class Scoring:
    """An index ready to be scored in many draws. What does not differ between draws is normalised once."""

    def __init__(self, built: Built) -> None:
        self.built, self.options = built, Choices.of(built.recipe)
        self._recipes, self._kept = dict[Kind, Recipe](), dict[tuple[int, int], Numbers]()

    def at_a_time(self, differing: int = 0) -> int:
        """Draws in one slice: as many as fit, where so many numbers of each place differ from draw to draw."""
        levels = self.built.recipe.levels
        widest = max(differing, len(levels), *(len(level.of) for level in levels))
        widest = max(widest, len(self.built.places)) if self._by_pairs() else widest
        return max(1, ROOM // (8 * len(self.built.places) * widest))

    def scores(self, draws: Draws, values: Numbers | None = None) -> Numbers:
        """(draws, places). `values` are raw, (draws, places, indicators) or (places, indicators); the index's own unless given.

        NaN where a place has nothing left that weighs anything in a draw.
        """
        found = np.full((len(draws.kind), len(self.built.places)), np.nan)
        for kind, rows in alike(draws.kind):
            settled = self.settled(kind)
            own = values[rows] if values is not None and values.ndim == 3 else values
            found[rows] = self._scored(settled, self._normalised(settled, own), draws.of(rows))
        return found

    def on_one_measure(self, draws: Draws, scores: Numbers) -> Numbers:
        """The same scores, brought to the mean and the spread of those as written where a draw's choice counts in something else.

        A z-score and a share cannot stand in one interval of scores. Ranks stay what they are.
        """
        found = scores.copy()
        for kind, rows in alike(draws.kind):
            if self._counts_otherwise(self.settled(kind)):
                found[rows] = _like(scores[rows], self.built.score)
        return found

    def recipe(self, settled: Kind) -> Recipe:
        """What choices write that can go together."""
        if settled not in self._recipes:
            normalise, combine, missing = settled
            options = self.options.normalise[normalise], self.options.combine[combine], self.options.missing[missing]
            self._recipes[settled] = changed(self.built.recipe, *options)
        return self._recipes[settled]

    def settled(self, kind: Kind) -> Kind:
        """The choices of a draw, as far as they can go together: what is below zero has no mean that multiplies.

        Then the normalisation stays as written; where that does not do either, the combination does.
        """
        normalise, combine, missing = kind
        for pair in ((normalise, combine), (AS_WRITTEN, combine), (normalise, AS_WRITTEN)):
            if self._sound((*pair, missing)):
                return (*pair, missing)
        return AS_WRITTEN, AS_WRITTEN, missing

    def _sound(self, kind: Kind) -> bool:
        multiplied = any(level.combine in MULTIPLIED for level in self.recipe(kind).levels)
        return not multiplied or not (self._normalised(kind) < 0).any()

    def _counts_otherwise(self, kind: Kind) -> bool:
        now, written = self.recipe(kind), self.built.recipe
        by_pairs = {each.top.combine == "copeland" for each in (now, written)}
        return now.indicators != written.indicators or len(by_pairs) > 1

    def _by_pairs(self) -> bool:
        return "copeland" in {*self.options.combine, *(level.combine for level in self.built.recipe.levels)}

    def _normalised(self, kind: Kind, values: Numbers | None = None) -> Numbers:
        """(places, indicators), kept, or (draws, places, indicators) where the values differ."""
        if values is not None:
            return stepped(self.recipe(kind), self.built.figures, values)["normalised"]
        normalise, _, missing = kind
        if (normalise, missing) not in self._kept:
            found = stepped(self.recipe(kind), self.built.figures, self.built.figures.values)
            self._kept[normalise, missing] = found["normalised"]
        return self._kept[normalise, missing]

    def _scored(self, settled: Kind, normalised: Numbers, draws: Draws) -> Numbers:
        recipe = self.recipe(settled)
        if foldable(recipe, normalised):
            return rounded(combined(normalised, folded(recipe, draws.weights), recipe.top.combine), recipe.round)
        parts = dict[str, Numbers]()
        for level in recipe.levels:
            values = members(level, recipe, normalised, parts)
            with np.errstate(invalid="ignore"):
                parts[level.name] = combined(values, draws.weights[level.name], level.combine)
        return rounded(parts[recipe.top.name], recipe.round)


def _like(scores: Numbers, written: Numbers) -> Numbers:
    """(draws, places) with the mean and the standard deviation of the scores as written."""
    apart = scores - np.nanmean(scores, axis=1, keepdims=True)
    spread = np.nanstd(apart, axis=1, keepdims=True)
    return written.mean() + written.std() * np.divide(apart, spread, out=np.zeros(apart.shape), where=spread > 0)


def alike(kinds: Counts) -> Iterator[tuple[Kind, Counts]]:
    """The draws that made the same choices, by number."""
    each, which = np.unique(kinds, axis=0, return_inverse=True)
    for place, kind in enumerate(each.tolist()):
        normalise, combine, missing = kind
        yield (normalise, combine, missing), np.flatnonzero(which.ravel() == place)
