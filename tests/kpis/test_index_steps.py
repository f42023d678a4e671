"""Each step of an index by itself, worked by hand: made comparable, made one, ranked."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from kpis.index.combining import combined
from kpis.index.figures import Numbers
from kpis.index.normalising import normalised
from kpis.index.ranking import ranks, rounded, upwards
from kpis.index.recipe import Combine, Recipe

NONE = float("nan")


def recipe(*indicators: dict[str, Any], **more: Any) -> Recipe:
    named = [{"name": f"i{place}", **one} for place, one in enumerate(indicators)]
    levels = [{"name": "top", "of": [one["name"] for one in named]}]
    return Recipe.model_validate({"index": "made", "indicators": named, "levels": levels, **more})


def column(values: list[float], **said: Any) -> list[float]:
    return normalised(np.array([values]).T, recipe(said))[:, 0].tolist()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"normalise": "none"}, [2, 4, NONE, 10]),
        ({"normalise": "none", "direction": "lower"}, [-2, -4, NONE, -10]),
        ({"normalise": "minmax"}, [0, 0.25, NONE, 1]),
        ({"normalise": "minmax", "direction": "lower"}, [1, 0.75, NONE, 0]),
        ({"normalise": "minmax", "log": True}, [0, np.log(2) / np.log(5), NONE, 1]),
        ({"normalise": "rank"}, [1, 2, NONE, 3]),
        ({"normalise": "rank", "direction": "lower"}, [3, 2, NONE, 1]),
        ({"normalise": "percentile"}, [0, 0.5, NONE, 1]),
        ({"normalise": "goalposts", "low": 3, "high": 8}, [0, 0.2, NONE, 1]),
        ({"normalise": "goalposts", "low": 3, "high": 8, "direction": "lower"}, [1, 0.8, NONE, 0]),
        ({"normalise": "goalposts", "low": 1, "high": 100, "log": True}, [np.log10(2) / 2, np.log10(4) / 2, NONE, 0.5]),
        ({"normalise": "distance_to_target", "low": 3, "high": 8}, [-0.2, 0.2, NONE, 1.4]),
        ({"normalise": "distance_to_target", "low": 8, "high": 3, "direction": "lower"}, [1.2, 0.8, NONE, -0.4]),
    ],
)
def test_an_indicator_is_made_comparable(said: dict[str, Any], expected: list[float]) -> None:
    assert column([2, 4, NONE, 10], **said) == pytest.approx(expected, nan_ok=True)


def test_z_scores_are_those_of_a_sample_and_equal_values_share_the_middle_of_their_ranks() -> None:
    values = [2.0, 4.0, 4.0, 10.0]
    assert column(values, normalise="zscore") == pytest.approx([float(one) for one in np.asarray(stats.zscore(values, ddof=1))])
    assert column(values, normalise="rank") == [1, 2.5, 2.5, 4]
    assert column(values, normalise="percentile") == pytest.approx([0, 0.5, 0.5, 1])


def test_the_scale_writes_shares_and_neither_raw_values_nor_ranks() -> None:
    mixed = recipe({"normalise": "minmax"}, {"normalise": "none"}, {"normalise": "rank"}, scale=100)
    values = np.array([[1.0, 7, 5], [3, 8, 4], [2, 9, 6]])
    assert normalised(values, mixed).tolist() == [[0, 7, 2], [100, 8, 1], [50, 9, 3]]


def test_a_cap_and_a_floor_are_on_the_scale_that_is_written() -> None:
    held = recipe({"normalise": "distance_to_target", "low": 0, "high": 10}, scale=100, cap=(0, 100), floor=1)
    assert normalised(np.array([[-5.0], [5], [20]]), held)[:, 0].tolist() == [1, 50, 100]


def test_an_indicator_without_variation_tells_nothing() -> None:
    for how in ("minmax", "zscore"):
        assert np.isnan(column([3, 3, 3], normalise=how)).all()


def test_draws_are_normalised_each_by_itself() -> None:
    mixed = recipe({"normalise": "minmax"}, {"normalise": "zscore", "direction": "lower"}, {"normalise": "percentile"})
    draws = np.random.default_rng(1).normal(size=(4, 9, 3))
    draws[1, 2, 0] = NONE
    together = normalised(draws, mixed)
    assert all(np.array_equal(together[one], normalised(draws[one], mixed), equal_nan=True) for one in range(4))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("arithmetic", [(0.25 * 1 + 0.75 * 4), 2, NONE, 0.75 * 4]),
        ("geometric", [4**0.75, 2, NONE, 0]),
        ("harmonic", [1 / (0.25 + 0.75 / 4), 2, NONE, 0]),
    ],
)
def test_a_mean_leaves_out_what_is_missing(how: Combine, expected: list[float]) -> None:
    parts = np.array([[1.0, 4], [2, NONE], [NONE, NONE], [0, 4]])
    assert combined(parts, np.array([0.25, 0.75]), how).tolist() == pytest.approx(expected, nan_ok=True)


def test_what_is_below_zero_has_no_mean_that_multiplies_unless_it_weighs_nothing() -> None:
    parts = np.array([[-1.0, 4]])
    for how in ("geometric", "harmonic"):
        assert np.isnan(combined(parts, np.array([0.5, 0.5]), how)).all()
        assert combined(parts, np.array([0.0, 1.0]), how) == pytest.approx(4)


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic", "copeland"])
def test_what_has_nothing_that_weighs_has_no_score(how: Combine) -> None:
    parts = np.array([[0.5, NONE], [0.2, 0.4], [0.3, 0.9]])
    assert np.isnan(combined(parts, np.array([0.0, 1.0]), how)).tolist() == [True, False, False]
    assert np.isnan(combined(parts, np.array([[0.0, 0.0]]), how)).all()


def test_pairs_are_compared_by_the_weight_in_which_one_is_above_the_other() -> None:
    # A beats B by 0.6 to 0.4 and C by 0.6 to 0.4; B and C are even in one and part the others by 0.4 for B
    parts = np.array([[3.0, 1], [2, 5], [2, 4]])
    assert combined(parts, np.array([0.6, 0.4]), "copeland").tolist() == [2, 0, -2]
    assert combined(parts * 100, np.array([0.6, 0.4]), "copeland").tolist() == [2, 0, -2]
    assert combined(np.array([[1.0, 2], [2, 1]]), np.array([0.5, 0.5]), "copeland").tolist() == [0, 0]
    lacking = np.array([[3.0, NONE], [2, 5], [1, 9], [NONE, NONE]])
    assert combined(lacking, np.array([0.4, 0.6]), "copeland").tolist() == pytest.approx([2, -2, 0, NONE], nan_ok=True)


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic", "copeland"])
def test_many_weights_are_taken_in_one_call(how: Combine) -> None:
    random = np.random.default_rng(2)
    parts, weights = random.uniform(0.1, 1, (7, 4)), random.dirichlet(np.ones(4), 5)
    parts[3, 1] = NONE
    together: Numbers = combined(parts, weights, how)
    assert together.shape == (5, 7)
    for draw in range(5):
        assert together[draw] == pytest.approx(combined(parts, weights[draw], how))


def test_ranks_share_the_better_one_and_scores_are_rounded_before() -> None:
    scores = np.array([0.9234, NONE, 0.9229, 0.5, 0.95])
    assert ranks(scores).tolist() == pytest.approx([2, NONE, 3, 4, 1], nan_ok=True)
    assert ranks(rounded(scores, 2)).tolist() == pytest.approx([2, NONE, 2, 4, 1], nan_ok=True)
    assert ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_ranks_are_those_of_scipy_in_many_draws() -> None:
    draws = np.random.default_rng(3).integers(0, 6, (8, 11)).astype(float)
    assert np.array_equal(ranks(draws), stats.rankdata(-draws, method="min", axis=1))
    assert np.array_equal(upwards(draws), stats.rankdata(draws, method="average", axis=1))


@pytest.mark.parametrize("how", ["minmax", "zscore", "rank", "percentile", "goalposts", "distance_to_target"])
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_the_unit_of_an_indicator_changes_nothing_and_better_is_never_less(how: str, direction: str) -> None:
    values = np.random.default_rng(7).lognormal(size=30)
    low, high = (1.0, 3.0) if direction == "higher" or how == "goalposts" else (3.0, 1.0)
    posts = {"low": low, "high": high} if how in ("goalposts", "distance_to_target") else {}
    plain = column(values.tolist(), normalise=how, direction=direction, **posts)
    thousandths = column((values * 1000).tolist(), normalise=how, direction=direction, **{key: post * 1000 for key, post in posts.items()})
    assert thousandths == pytest.approx(plain)
    better = np.argsort(values if direction == "higher" else -values)
    assert (np.diff(np.array(plain)[better]) >= -1e-12).all()


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic", "copeland"])
def test_more_of_a_part_never_lowers_a_place_and_never_raises_another(how: Combine) -> None:
    random = np.random.default_rng(8)
    parts, weights = random.uniform(0.1, 1, (12, 4)), random.dirichlet(np.ones(4))
    before = combined(parts, weights, how)
    for place, part in ((0, 1), (5, 3), (11, 0)):
        more = parts.copy()
        more[place, part] += 0.3
        change = combined(more, weights, how) - before
        assert change[place] >= 0 and (np.delete(change, place) <= 0).all()
