"""Several criteria at once: against a small matrix worked by hand, and what must hold of any matrix."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpis.appraisals.multi_criteria import MultiCriteria, multi_criteria, shares
from tests.appraised import by_criteria

SMALL = {"a": (0, 10), "b": (5, 40), "c": (10, 30)}
"""The first counts .6 and more is better, the second .4 and less is: reached are (0, 1), (.5, 0) and (1, 1/3)."""


def weighed(scores, weights, better) -> MultiCriteria:
    found = multi_criteria(by_criteria(scores, weights, better))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def small() -> MultiCriteria:
    return weighed(SMALL, (0.6, 0.4), ("higher", "lower"))


def test_three_methods_give_what_was_worked_by_hand(small):
    by_method = {ranking.method: list(ranking.scores.values()) for ranking in small.rankings}
    assert by_method["weighted_sum"] == pytest.approx([0.4, 0.3, 0.6 + 0.4 / 3])
    # Distances of the weighted rows (0, .4), (.3, 0), (.6, .1333) from the best (.6, .4) and the worst (0, 0)
    assert by_method["topsis"] == pytest.approx([0.4 / 1.0, 0.3 / 0.8, 0.614636 / (0.266667 + 0.614636)], abs=1e-5)
    # Ahead less behind: a (.4 + .4) - (.6 + .6), b (.6 + 0) - (.4 + 1), c (.6 + 1) - (.4 + 0), each over two others
    assert by_method["promethee_ii"] == pytest.approx([-0.2, -0.4, 0.6])
    assert (small.best, small.agreed) == ("c", True)


def test_the_turning_point_is_where_two_lines_cross(small):
    assert [(flip.criterion, flip.option) for flip in small.flips] == [("c1", "a"), ("c2", "a")]
    assert [flip.then for flip in small.flips] == pytest.approx([0.4, 0.6])
    before, after = (weighed(SMALL, (weight, 1 - weight), ("higher", "lower")).best for weight in (0.401, 0.399))
    assert (before, after) == ("c", "a")


def test_the_share_of_all_weights_is_the_length_of_the_line_on_which_an_option_leads(small):
    assert small.shares == {"a": pytest.approx(0.4, abs=0.015), "b": 0, "c": pytest.approx(0.6, abs=0.015)}
    assert small.shares == weighed(SMALL, (0.6, 0.4), ("higher", "lower")).shares  # drawn from a seed
    assert sum(small.shares.values()) == pytest.approx(1)


def test_two_that_stand_level_have_no_winner():
    found = weighed({"a": (0, 1), "b": (1, 0)}, (0.5, 0.5), ("higher", "higher"))
    assert (found.best, found.rankings[0].winners, found.flips) == (None, ("a", "b"), ())


def test_one_criterion_alone_decides_and_no_weight_can_turn_it():
    found = weighed({"a": (0,), "b": (2,), "c": (1,)}, (1.0,), ("higher",))
    assert (found.best, found.flips, found.shares["b"]) == ("b", (), 1)


def test_identical_options_part_their_share():
    assert shares(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]), 200).tolist() == pytest.approx([0.5, 0.5, 0.0])


rows = st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=2, max_size=5, unique=True)
weights = st.tuples(*[st.integers(1, 9)] * 3).map(lambda given: tuple(weight / sum(given) for weight in given))
ways = st.tuples(*[st.sampled_from(["higher", "lower"])] * 3)


def varied(scores) -> bool:
    """Each criterion tells the options apart, as the reader demands."""
    return all(len(set(column)) > 1 for column in zip(*scores, strict=True))


def named(scores) -> dict[str, tuple]:
    return {f"o{n}": row for n, row in enumerate(scores)}


@settings(max_examples=60)
@given(rows, weights, ways, st.tuples(*[st.sampled_from([0.25, 2.0, 1024.0])] * 3), st.integers(-40, 40))
def test_no_order_hangs_on_the_units(scores, given_weights, better, factors, shift):
    assume(varied(scores))
    plain = weighed(named(scores), given_weights, better)
    moved = [tuple(value * factor + shift for value, factor in zip(row, factors, strict=True)) for row in scores]
    other = weighed(named(moved), given_weights, better)
    for one, same in zip(plain.rankings, other.rankings, strict=True):
        assert list(same.scores.values()) == pytest.approx(list(one.scores.values()), abs=1e-9)
    assert other.shares == pytest.approx(plain.shares)


@settings(max_examples=60)
@given(rows, weights, ways, st.integers(0, 2))
def test_an_option_that_another_beats_everywhere_never_wins(scores, given_weights, better, worse_on):
    assume(varied(scores))
    signs = [1 if way == "higher" else -1 for way in better]
    beaten = tuple(value - 3 * sign * (n == worse_on) for n, (value, sign) in enumerate(zip(scores[0], signs, strict=True)))
    assume(beaten not in scores)
    found = weighed({**named(scores), "beaten": beaten}, given_weights, better)
    for ranking in found.rankings:
        assert "beaten" not in ranking.winners
        assert ranking.scores["beaten"] < ranking.scores["o0"]
    assert found.shares["beaten"] == 0


@settings(max_examples=60)
@given(rows, weights, ways)
def test_just_beyond_a_turning_point_another_option_leads(scores, given_weights, better):
    assume(varied(scores))
    found = weighed(named(scores), given_weights, better)
    for flip in found.flips:
        beyond = flip.then + (1e-6 if flip.then > flip.now else -1e-6)
        reached = np.array(list(found.reached.values()))
        n = list(found.weights).index(flip.criterion)
        others = np.array(list(found.weights.values())) * (1 - beyond) / (1 - flip.now)
        others[n] = beyond
        sums = dict(zip(found.reached, reached @ others, strict=True))
        if 0 <= beyond <= 1 and found.best:
            assert sums[flip.option] >= sums[found.best]
