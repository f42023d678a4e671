"""Levels of one kind of mean folded into one: the same scores as level by level, and only where that is so."""

from pathlib import Path

import numpy as np
import pytest

from kpis.index.drawing import Draws, draws
from kpis.index.figures import Numbers
from kpis.index.folding import foldable, folded
from kpis.index.recipe import Combine
from kpis.index.scoring import Scoring
from tests.doubted_index import NAMES, PARTS, levels, made

KINDS: tuple[Combine, ...] = ("arithmetic", "geometric", "harmonic")


def _scored(scoring: Scoring, some: Draws, monkeypatch: pytest.MonkeyPatch, fold: bool) -> Numbers:
    with monkeypatch.context() as patched:
        if not fold:
            patched.setattr("kpis.index.scoring.foldable", lambda *_: False)
        return scoring.scores(some)


@pytest.mark.parametrize("how", KINDS)
def test_folded_levels_score_as_they_do_one_by_one(tmp_path: Path, how: Combine, monkeypatch: pytest.MonkeyPatch):
    index = made(tmp_path, gaps=False, levels=levels(combine=how), doubt={"weights": 0.5, "one_out": True})
    scoring, some = Scoring(index), next(draws(index, 200, 200))
    normalised = index.steps["normalised"]
    assert foldable(index.recipe, normalised) and (normalised == 0).any()
    assert _scored(scoring, some, monkeypatch, fold=True) == pytest.approx(_scored(scoring, some, monkeypatch, fold=False), abs=1e-12)


def test_figures_that_differ_from_draw_to_draw_fold_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    index = made(tmp_path, gaps=False, doubt={"weights": 0.5})
    scoring, some = Scoring(index), next(draws(index, 50, 50))
    values = index.figures.values + np.random.default_rng(3).normal(size=(50, *index.figures.values.shape))
    whole = scoring.scores(some, values)
    monkeypatch.setattr("kpis.index.scoring.foldable", lambda *_: False)
    assert whole == pytest.approx(scoring.scores(some, values), abs=1e-12)


def test_an_indicator_weighs_what_it_does_in_its_level_times_what_that_does_above(tmp_path: Path):
    recipe = made(tmp_path, gaps=False).recipe
    weights = {"nature": [0.25, 0.75], "work": [0.5, 0.5], "care": [1.0, 0.0], "index": [0.5, 0.3, 0.2]}
    assert list(PARTS) == ["nature", "work", "care"] and len(NAMES) == 6
    found = folded(recipe, {name: np.array([one]) for name, one in weights.items()})
    assert found == pytest.approx(np.array([[0.125, 0.375, 0.15, 0.15, 0.2, 0]]))


def test_what_one_mean_does_not_say_is_not_folded(tmp_path: Path):
    index = made(tmp_path, gaps=False)
    recipe, whole = index.recipe, index.steps["normalised"]
    lacking = np.where(whole == whole.max(), np.nan, whole)
    assert foldable(recipe, whole) and not foldable(recipe, lacking)
    assert foldable(recipe, whole - 0.5), "a mean that adds takes what is below zero"
    for how in ("geometric", "harmonic"):
        multiplied = recipe.model_copy(update={"levels": tuple(one.model_copy(update={"combine": how}) for one in recipe.levels)})
        assert foldable(multiplied, whole) and not foldable(multiplied, whole - 0.5)
        top = recipe.levels[-1].model_copy(update={"combine": how})
        assert not foldable(recipe.model_copy(update={"levels": (*recipe.levels[:-1], top)}), whole)
    by_pairs = recipe.model_copy(update={"levels": tuple(one.model_copy(update={"combine": "copeland"}) for one in recipe.levels)})
    assert not foldable(by_pairs, whole)
