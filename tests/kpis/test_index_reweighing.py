"""Other weights for the parts: what the sliders say is what a file with those weights would say."""

import numpy as np
import pytest

from kpis.index.reweighing import in_force, reweighted
from tests.doubted_index import levels, made


@pytest.mark.parametrize("combine", ["arithmetic", "geometric", "harmonic", "copeland"])
def test_other_weights_rank_as_a_file_that_says_them(tmp_path, combine):
    asked = {"nature": 0.6, "work": 0.1, "care": 0.3}
    told = [*levels()[:-1], {**levels()[-1], "combine": combine}]
    score, rank = reweighted(made(tmp_path, levels=told, floor=0.01), {part: 5 * share for part, share in asked.items()})
    by_file = made(tmp_path, levels=[*told[:-1], {**told[-1], "weights": asked}], floor=0.01)
    np.testing.assert_allclose(score, by_file.score, atol=1e-12)
    np.testing.assert_array_equal(rank, by_file.rank)
    assert (rank != made(tmp_path, levels=told, floor=0.01).rank).any(), "the weights matter here"


def test_the_weights_in_force_change_nothing_and_none_at_all_are_equal_ones(tmp_path):
    built = made(tmp_path, levels=[*levels()[:-1], {**levels()[-1], "weights": {"nature": 0.5, "work": 0.25, "care": 0.25}}])
    assert in_force(built) == {"nature": 0.5, "work": 0.25, "care": 0.25}
    np.testing.assert_array_equal(reweighted(built, in_force(built))[1], built.rank)
    nothing, equal = (reweighted(built, dict.fromkeys(in_force(built), weight))[0] for weight in (0.0, 1.0))
    np.testing.assert_allclose(nothing, equal)


def test_an_index_without_levels_between_is_weighed_by_its_indicators(tmp_path):
    told = [{"name": "index", "of": ["parks", "jobs", "waiting"]}]
    one = [{"name": name, "column": name} for name in ("parks", "jobs", "waiting")]
    built = made(tmp_path, indicators=one, levels=told, doubt={})
    score, _rank = reweighted(built, {"parks": 1.0, "jobs": 0.0, "waiting": 0.0})
    known = np.isfinite(built.steps["normalised"][:, 0])
    np.testing.assert_allclose(score[known], built.steps["normalised"][known, 0])
