"""Ranks that admit their doubt: each draw is the index that its choices would have written, and tiers are what draws do not tell apart."""

from pathlib import Path

import numpy as np
import pytest

from data.problems import Refused
from kpis.index.choices import Choices
from kpis.index.doubting import doubted, seen_from
from kpis.index.drawing import Draws, draws
from kpis.index.measuring import mismeasured
from kpis.index.outranking import outranking
from kpis.index.ranking import ranks
from kpis.index.scoring import Scoring
from kpis.index.sensitivity import sensitivity
from kpis.index.tiers import tiers
from tests.doubted_index import DOUBT, NAMES, indicators, levels, made, rows, table
from tests.index_tables import built
from tests.simulated_indices import COVERED, FEW_TELL, Form, covered


def test_a_draw_with_nothing_changed_is_the_index(tmp_path: Path):
    index = made(tmp_path, doubt={"normalise": ["zscore"], "one_out": True})
    weights = {name: np.array([list(given.values())]) for name, given in index.weights.items()}
    nothing = Draws(np.zeros((1, 3), dtype=np.int64), np.zeros(1, dtype=np.int64), weights, None)
    assert Scoring(index).scores(nothing)[0] == pytest.approx(index.score, abs=1e-12)


@pytest.mark.parametrize("top", ["arithmetic", "geometric", "copeland"])
def test_each_draw_is_the_index_that_its_choices_write(tmp_path: Path, top: str):
    written = levels()
    written[-1]["combine"] = top
    index = made(tmp_path, levels=written, coverage=0, doubt={**DOUBT, "combine": ["harmonic", "arithmetic"]})
    scoring, some = Scoring(index), next(draws(index, 40, 40))
    found = scoring.scores(some)
    for draw in range(40):
        by_hand = _written_by_hand(tmp_path, scoring, some, draw)
        assert found[draw] == pytest.approx(by_hand.score, abs=1e-9), (draw, some.kind[draw], some.out[draw])
        assert ranks(found[draw]).tolist() == by_hand.rank.tolist()


def _written_by_hand(folder: Path, scoring: Scoring, some: Draws, draw: int):
    """The recipe of one draw, its weights and choices written into the file, built from the table anew."""
    options = scoring.options
    recipe = scoring.recipe(scoring.settled(tuple(some.kind[draw].tolist())))
    out = options.out[some.out[draw]]
    of = [{"name": one.name, "column": one.column, "direction": one.direction, "normalise": one.normalise} for one in recipe.indicators]
    parts = []
    for level in recipe.levels:
        given = dict(zip(level.of, some.weights[level.name][draw].tolist(), strict=True))
        kept = [name for name in level.of if name != out]
        parts.append({"name": level.name, "of": kept, "combine": level.combine, "weights": {name: given[name] for name in kept}})
    return built(
        folder, table=table(), coverage=0, missing=recipe.missing, levels=parts, indicators=[one for one in of if one["name"] != out]
    )


def test_an_error_is_added_to_the_raw_value_in_its_own_unit(tmp_path: Path):
    index = made(tmp_path, doubt={"error": {"jobs": 2.0, "parks": 0.5}})
    some = next(draws(index, 200, 200))
    assert some.luck is not None
    values = mismeasured(Scoring(index), index.figures.values, some.luck)
    moved = values - index.figures.values
    assert np.nanstd(moved[:, :, 0]) == pytest.approx(0.5, rel=0.05) and np.nanstd(moved[:, :, 2]) == pytest.approx(2.0, rel=0.05)
    assert np.nanmax(np.abs(moved[:, :, [1, 3, 4, 5]])) == 0
    one = Scoring(index).scores(some, values)[17]
    by_hand = built(tmp_path, table=rows(values[17]), indicators=indicators(), levels=levels())
    assert one == pytest.approx(by_hand.score, abs=1e-9)


def test_the_same_draws_seen_from_each_place_are_what_each_would_draw_by_itself(tmp_path: Path):
    index = made(tmp_path, doubt={**DOUBT, "draws": 200})
    whole, outranks = seen_from(index, [*index.places, "nowhere"])
    assert list(outranks) == list(index.places) and whole.own is None and whole.outranks is None
    for place in ("t0", "t3"):
        alone, seen = doubted(index, own=place), whole.seen(index, place, outranks)
        assert alone.own == seen.own == index.places.index(place)
        np.testing.assert_array_equal(np.array(alone.outranks), np.array(seen.outranks))
        assert alone.rank_low.tolist() == seen.rank_low.tolist()


def test_the_same_seed_is_the_same_answer_however_many_fit_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    index = made(tmp_path, doubt={**DOUBT, "error": {"jobs": 2.0}, "seed": 7})
    whole = doubted(index, 300, "t3")
    monkeypatch.setattr("kpis.index.scoring.ROOM", 12 * 8 * 6 * 47)
    sliced = doubted(index, 300, "t3")
    assert whole.score_low == pytest.approx(sliced.score_low, abs=1e-9)
    assert whole.rank_low.tolist() == sliced.rank_low.tolist()
    assert whole.outranks is not None and sliced.outranks is not None and whole.outranks[1] == sliced.outranks[1]
    other = doubted(made(tmp_path, doubt={**DOUBT, "error": {"jobs": 2.0}, "seed": 8}), 300, "t3")
    assert whole.score_low.tolist() != other.score_low.tolist()


def test_what_cannot_be_multiplied_is_not_drawn(tmp_path: Path):
    scoring = Scoring(made(tmp_path))
    zscore, geometric = scoring.options.normalise.index("zscore"), scoring.options.combine.index("geometric")
    assert scoring.settled((zscore, geometric, 0)) == (0, geometric, 0)
    assert scoring.settled((zscore, 0, 0)) == (zscore, 0, 0)
    bare = Scoring(made(tmp_path, indicators=indicators(normalise="zscore"), doubt={"combine": ["geometric"]}))
    assert bare.settled((0, 1, 0)) == (0, 0, 0)


def test_choices_that_change_nothing_are_not_drawn_twice(tmp_path: Path):
    options = Choices.of(made(tmp_path).recipe)
    out = (None, *(one["name"] for one in indicators()))
    assert options == Choices((None, "zscore", "percentile"), (None, "geometric"), (None, "median"), out)


def test_scores_counted_otherwise_share_one_measure(tmp_path: Path):
    index = made(tmp_path, doubt={"normalise": ["zscore", "rank"], "combine": ["copeland"]})
    found = doubted(index, 300)
    assert (found.score_low >= -0.5).all() and (found.score_high <= 1.5).all()
    assert (found.score_low <= found.score_high).all() and (found.rank_low <= found.rank_high).all()


def test_without_doubt_ranks_stand_as_they_are(tmp_path: Path):
    index = made(tmp_path, doubt={})
    found = doubted(index, own="t0")
    assert not found.choices and not found.error and found.draws == 0
    assert found.rank_low.tolist() == found.rank_high.tolist() == index.rank.tolist()
    assert found.outranks is not None and found.tier.tolist() == index.rank.tolist() and set(found.outranks[1:].tolist()) <= {0.0, 1.0}


def test_the_kind_of_doubt_is_told(tmp_path: Path):
    by_error = doubted(made(tmp_path, doubt={"error": {"jobs": 1.0}}), 100)
    by_choice = doubted(made(tmp_path, doubt={"weights": 0.1}), 100)
    assert (by_error.choices, by_error.error, by_choice.choices, by_choice.error) == ((), True, ("weights",), False)


@pytest.mark.parametrize(
    "changed",
    [
        {"doubt": {"missing": ["median"]}, "gaps": False},
        {"doubt": {"normalise": ["zscore"]}, "levels": levels(combine="geometric"), "floor": 0.05},
        {"doubt": {"combine": ["geometric"]}, "indicators": indicators(normalise="zscore")},
        {"doubt": {"weights": 0.5}, "levels": [{"name": "index", "of": list(NAMES), "weights": dict.fromkeys(NAMES, 0) | {"jobs": 1}}]},
    ],
)
def test_doubt_that_changes_nothing_is_no_doubt(tmp_path: Path, changed: dict):
    index = made(tmp_path, **changed)
    found = doubted(index)
    assert found.choices == () and found.draws == 0 and sensitivity(index).names == ()


def test_only_choices_that_change_something_are_told(tmp_path: Path):
    assert doubted(made(tmp_path), 100).choices == ("normalise", "combine", "missing", "one_out", "weights")
    whole = made(tmp_path, gaps=False, doubt={"missing": ["median"], "normalise": ["zscore"], "combine": ["geometric"]})
    assert doubted(whole, 100).choices == ("normalise", "combine")


def test_too_many_draws_are_refused_with_the_most_that_fit(tmp_path: Path):
    with pytest.raises(Refused) as caught:
        doubted(made(tmp_path), 10_000_000)
    assert "1666666" in str(caught.value)


def test_a_tier_ends_where_a_place_is_surely_behind_its_first():
    rank = np.array([1, 2, 3, 4, 5.0])
    low, high = np.array([1, 1, 2, 4, 3.0]), np.array([2, 3, 4, 5, 5.0])
    assert tiers(rank, low, high).tolist() == [1, 1, 1, 2, 2]
    assert tiers(rank[::-1], low[::-1], high[::-1]).tolist() == [2, 2, 1, 1, 1]
    assert tiers(np.array([1, 2, 2, 4.0]), np.array([1, 2, 2, 4.0]), np.array([1, 2, 2, 4.0])).tolist() == [1, 2, 2, 3]
    alike = tiers(np.array([1, 2, 2, 4.0]), np.array([1, 1, 3, 4.0]), np.array([2, 3, 4, 4.0]))
    assert alike.tolist() == [1, 1, 1, 2], "a rank is in one tier, though the draws tell one of its places from the first"
    assert tiers(np.array([1, 2, 2, 4.0]), np.array([1, 2, 2, 4.0]), np.array([1, 3, 4, 4.0])).tolist() == [1, 2, 2, 2]


def test_equal_ranks_outrank_by_half():
    ranked = np.array([[1, 1, 2, 1.0], [2, 1, 1, np.nan], [3, 3, 3, 2]])
    assert outranking(ranked, 0).tolist()[1:] == [0.5, 1.0]
    assert np.isnan(outranking(ranked, 0)[0])


def test_a_place_without_a_score_in_some_draws_has_the_interval_of_the_others(tmp_path: Path):
    """t0 has jobs alone, which some draws leave out; a logarithm that an error takes away leaves out a draw too."""
    lines = table().splitlines()
    lines[1] = "t0,,,55,,,"
    doubt = {"draws": 400, "one_out": True, "error": {"parks": 12.0}}
    logs = [{**one, "log": one["name"] == "parks"} for one in indicators()]
    index = built(tmp_path, table="\n".join(lines) + "\n", indicators=logs, levels=levels(), coverage=0, doubt=doubt)
    found = doubted(index, own="t0")
    for numbers in (found.score_low, found.score_high, found.rank_low, found.rank_high, found.tier):
        assert np.isfinite(numbers).all()
    assert found.outranks is not None and np.isfinite(found.outranks[1:]).all()


def test_without_an_error_of_any_size_measuring_changes_nothing(tmp_path: Path):
    index = made(tmp_path, doubt={"error": {"jobs": 1e-9}})
    found = doubted(index, 100)
    assert found.score_low == pytest.approx(index.score, abs=1e-6) and found.score_high == pytest.approx(index.score, abs=1e-6)
    assert found.rank_low.tolist() == found.rank_high.tolist() == index.rank.tolist()


@pytest.mark.parametrize("form", FEW_TELL, ids=lambda form: form.name)
def test_intervals_of_an_error_hold_the_true_score(form: Form):
    """`make simulate` takes a thousand cases of each; here twenty of 24 places."""
    assert COVERED[0] <= covered(form, range(20)) <= COVERED[1]
