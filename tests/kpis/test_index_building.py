"""An index is built step by step from its table, every step kept and every choice followed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from kpis.index.built import STEPS
from kpis.index.recipe import Recipe
from kpis.index.treating import excess_kurtosis, far_out, skewness, treated, treated_draws
from tests.index_tables import TABLE, built, with_indicator, with_level

NONE = float("nan")
GAPS = TABLE.replace("borde,Borde,north,200,20,4", "borde,Borde,north,200,,4")
"""Borde has no parks."""


def test_every_step_is_kept_from_the_table_to_the_rank(tmp_path: Path) -> None:
    found = built(tmp_path, place_name="name", round=2)
    assert tuple(found.steps) == STEPS and found.places == ("aldea", "borde", "costa", "duna")
    assert found.figures.names == ("Aldea", "Borde", "Costa", "Duna") and found.figures.rows == (2, 3, 4, 5)
    assert found.steps["raw"][1].tolist() == [20, 4, 60]
    assert found.steps["normalised"][1].tolist() == pytest.approx([1 / 3, 1 / 4, 1 / 4])
    assert found.parts["nature"][1] == pytest.approx((1 / 3 + 1 / 4) / 2)
    assert found.score.tolist() == [0, 0.27, 0.54, 1] and found.rank.tolist() == [4, 3, 2, 1]
    assert found.weights == {"nature": {"parks": 0.5, "waste": 0.5}, "index": {"nature": 0.5, "jobs": 0.5}}
    assert not found.filled.any() and not found.left_out and not found.flags


def test_a_count_is_divided_by_its_denominator(tmp_path: Path) -> None:
    found = built(tmp_path, indicators=with_indicator("parks", denominator="people"))
    assert found.steps["raw"][:, 0].tolist() == [10, 20, 30, 40]
    assert found.steps["denominated"][:, 0].tolist() == [0.1, 0.1, 0.075, 0.05]
    unknown = TABLE.replace("costa,Costa,south,400", "costa,Costa,south,")
    lacking = built(tmp_path, table=unknown, indicators=with_indicator("parks", denominator="people"))
    assert np.isnan(lacking.steps["denominated"][2, 0])
    assert ["parks of costa is missing" in str(flag) for flag in lacking.flags] == [True]


def test_what_is_lost_within_a_place_is_taken_off_what_it_reaches(tmp_path: Path) -> None:
    found = built(tmp_path, indicators=with_indicator("parks", normalise="goalposts", low=0, high=50, loss="waste"))
    assert found.steps["normalised"][:, 0].tolist() == pytest.approx([0.2 * 0.95, 0.4 * 0.96, 0.6 * 0.97, 0.8 * 0.99])
    unknown = TABLE.replace("10,5,50", "10,,50")
    lacking = built(tmp_path, table=unknown, indicators=with_indicator("jobs", loss="waste"), coverage=0)
    assert np.isnan(lacking.steps["denominated"][0, 2]) and lacking.places[0] == "aldea"


@pytest.mark.parametrize(
    ("missing", "value", "score"),
    [
        ("skip", NONE, 0.25),
        ("median", 30, (2 / 3 + 1 / 4) / 2),
        ({"group_median": "region"}, 10, 1 / 8),
        ({"group_mean": "region"}, 10, 1 / 8),
    ],
)
def test_what_is_missing_is_filled_in_as_declared(tmp_path: Path, missing: Any, value: float, score: float) -> None:
    found = built(tmp_path, table=GAPS, missing=missing)
    assert found.steps["imputed"][1, 0] == pytest.approx(value, nan_ok=True)
    assert found.parts["nature"][1] == pytest.approx(score)
    assert found.filled.sum() == (0 if missing == "skip" else 1)
    said = "is missing: the other parts carry its weight" if missing == "skip" else "is filled in, not measured"
    assert [flag.message.endswith(said) for flag in found.flags] == [True]


def test_a_group_gives_its_median_or_its_mean(tmp_path: Path) -> None:
    more = GAPS + "elsa,Elsa,north,50,12,2,40\nfaro,Faro,north,50,26,2,45\ngris,Gris,,50,26,2,45\nhoyo,Hoyo,,50,,2,45\n"
    for missing, value in (({"group_median": "region"}, 12), ({"group_mean": "region"}, 16)):
        found = built(tmp_path, table=more, missing=missing)
        assert found.steps["imputed"][1, 0] == value
        assert np.isnan(found.steps["imputed"][-1, 0])  # a place of no group is given nothing
        assert any("no region is known of gris, hoyo" in str(flag) for flag in found.flags)


def test_the_median_of_an_even_number_is_halfway(tmp_path: Path) -> None:
    two = GAPS.replace("costa,Costa,south,400,30", "costa,Costa,south,400,")
    assert built(tmp_path, table=two, missing="median").steps["imputed"][1, 0] == 25


def test_a_value_is_blended_with_that_of_its_region(tmp_path: Path) -> None:
    found = built(tmp_path, table=GAPS, blend={"region": "region", "share": 0.25, "of": ["parks"]})
    assert found.steps["blended"][:, 0].tolist() == [10, 10, 30 * 0.75 + 35 * 0.25, 40 * 0.75 + 35 * 0.25]
    assert found.steps["blended"][:, 1].tolist() == found.steps["raw"][:, 1].tolist()
    assert found.filled.tolist()[1] == [True, False, False]


def test_a_place_without_enough_of_its_indicators_is_not_ranked(tmp_path: Path) -> None:
    thin = TABLE + "elsa,Elsa,north,50,99,,\n"
    found = built(tmp_path, table=thin, place_name="name")
    assert found.places == ("aldea", "borde", "costa", "duna")
    assert {place: str(why) for place, why in found.left_out.items()} == {"elsa": "Elsa has 1 of 3 indicators, and 2 are asked for"}
    assert found.steps["normalised"][3, 0] == 1  # nor is anybody measured against it
    assert built(tmp_path, table=thin, coverage=0.3).rank.tolist() == [5, 4, 3, 2, 1]
    nothing = built(tmp_path, table=TABLE + "faro,Faro,north,50,,,\n", coverage=0)
    assert str(nothing.left_out["faro"]) == "faro has 0 of 3 indicators, and 1 are asked for"
    half = TABLE.replace("90", "")
    assert built(tmp_path, table=half, coverage=2 / 3).left_out == {}


def test_a_place_with_nothing_that_weighs_anything_is_not_ranked(tmp_path: Path) -> None:
    found = built(tmp_path, table=TABLE + "elsa,Elsa,north,50,25,3,\n", levels=with_level("index", weights={"nature": 0, "jobs": 1}))
    assert "elsa" not in found.places and str(found.left_out["elsa"]) == "elsa has nothing of what weighs anything"


def test_a_place_without_a_whole_part_is_flagged(tmp_path: Path) -> None:
    found = built(tmp_path, table=TABLE + "elsa,Elsa,north,50,,,65\n", coverage=0.3)
    assert any("nothing of nature is known of elsa: the other parts of index carry its weight" in str(flag) for flag in found.flags)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ("equal", [0.5, 0.5]),
        ({"nature": 0.2, "jobs": 0.8}, [0.2, 0.8]),
        ({"nature": 20, "jobs": 80}, [0.2, 0.8]),
        ({"budget": {"nature": 3, "jobs": 1}}, [0.75, 0.25]),
    ],
)
def test_parts_weigh_what_they_are_given(tmp_path: Path, weights: Any, expected: list[float]) -> None:
    found = built(tmp_path, levels=with_level("index", weights=weights))
    assert list(found.weights["index"].values()) == pytest.approx(expected)
    nature, jobs = found.parts["nature"], found.steps["normalised"][:, 2]
    assert found.score.tolist() == pytest.approx((expected[0] * nature + expected[1] * jobs).tolist())


def test_an_indicator_can_say_its_own_weight(tmp_path: Path) -> None:
    assert built(tmp_path, indicators=with_indicator("parks", weight=3)).weights["nature"] == {"parks": 0.75, "waste": 0.25}


def test_principal_components_weigh_what_varies_together(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    common = random.normal(size=60)
    columns = [common + 0.2 * random.normal(size=60), common + 0.2 * random.normal(size=60), random.normal(size=60)]
    rows = [f"p{place},{','.join(f'{column[place]:.6f}' for column in columns)}" for place in range(60)]
    indicators = [{"name": name, "column": name} for name in "abc"]
    levels = [{"name": "index", "of": ["a", "b", "c"], "weights": "pca"}]
    found = built(tmp_path, table="\n".join(["town,a,b,c", *rows]), indicators=indicators, levels=levels)
    weights = list(found.weights["index"].values())
    table = np.array([[float(cell) for cell in row.split(",")[1:]] for row in rows])
    _, _, components = np.linalg.svd((table - table.mean(axis=0)) / table.std(axis=0), full_matrices=False)
    assert weights == pytest.approx((components[0] ** 2).tolist()) and sum(weights) == pytest.approx(1)
    assert weights[0] > 0.4 and weights[1] > 0.4 and weights[2] < 0.1
    against = [{**one, "direction": "lower"} if one["name"] == "b" else one for one in indicators]
    flagged = built(tmp_path, table="\n".join(["town,a,b,c", *rows]), indicators=against, levels=levels).flags
    against_the_others = "varies against the other parts of index: its weight does not say that it matters as they do"
    assert [flag.values["name"] for flag in flagged if against_the_others in str(flag)] == ["b"]


def test_what_lies_far_out_is_drawn_in_and_the_rest_is_left(tmp_path: Path) -> None:
    rows = [f"p{place},{place},{value}" for place, value in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 900])]
    indicators = [{"name": name, "column": name, "treat": "winsorise"} for name in "ab"]
    found = built(tmp_path, table="\n".join(["town,a,b", *rows]), indicators=indicators, levels=[{"name": "index", "of": ["a", "b"]}])
    assert found.steps["treated"][:, 1].max() == 14 and found.steps["treated"][:, 0].tolist() == list(range(15))
    assert {name: str(why) for name, why in found.treated.items()} == {"b": "values set to the next one inwards: 1"}


def test_equal_values_are_set_together_and_count_each() -> None:
    values = np.array([*range(1, 41), 400, 400, 400, 400, 300, 200], dtype=float)
    found, done = treated(values[:, None], recipe_of("winsorise"))
    assert found[-6:, 0].tolist() == [200.0] * 6 and str(done["a"]).endswith(": 5")
    six = np.array([*range(1, 61), 5000, 4000, 3000, 2000, 1000, 500], dtype=float)
    assert str(treated(six[:, None], recipe_of("winsorise"))[1]["a"]) == "treated, and still far from even"


def test_the_measures_of_shape_are_those_of_samples() -> None:
    values = np.random.default_rng(5).lognormal(size=40)
    assert skewness(values) == pytest.approx(stats.skew(values, bias=False))
    assert excess_kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False))


def recipe_of(treat: str) -> Recipe:
    one = {"name": "a", "column": "a", "treat": treat}
    return Recipe.model_validate({"index": "one", "indicators": [one], "levels": [{"name": "top", "of": ["a"]}]})


def test_logarithms_lean_against_the_skew_where_five_values_do_not_do() -> None:
    high = np.exp(np.arange(0, 20, 0.1))  # five at the end change little
    logarithm = np.log(high - high.min() + 0.01 * np.ptp(high))
    for values, expected in ((high, logarithm), (-high, -logarithm)):
        assert far_out(values)
        for treat in ("winsorise", "log"):
            found, done = treated(values[:, None], recipe_of(treat))
            assert found[:, 0].tolist() == pytest.approx(expected.tolist()) and "logarithms" in str(done["a"])


def test_draws_are_treated_each_by_itself() -> None:
    draws = np.random.default_rng(6).lognormal(sigma=1.6, size=(3, 20, 1))
    together = treated_draws(draws, recipe_of("winsorise"))
    assert all(np.array_equal(together[draw], treated(draws[draw], recipe_of("winsorise"))[0]) for draw in range(3))
    assert (together != draws).any() and treated_draws(draws, recipe_of("none")) is draws


def test_rounding_makes_ties_that_share_the_better_rank(tmp_path: Path) -> None:
    close = TABLE.replace("costa,Costa,south,400,30,3,70", "costa,Costa,south,400,20.01,4,60")
    assert built(tmp_path, table=close).rank.tolist() == [4, 3, 2, 1]
    assert built(tmp_path, table=close, round=2).rank.tolist() == [4, 2, 2, 1]


def test_levels_combine_each_in_its_own_way(tmp_path: Path) -> None:
    posts = [{"normalise": "goalposts", "low": 0, "high": 100, **one} for one in with_indicator("parks")]
    levels = [{"name": "nature", "of": ["parks", "waste"], "combine": "harmonic"}, {"name": "index", "of": ["nature", "jobs"]}]
    found = built(tmp_path, indicators=posts, levels=[levels[0], {**levels[1], "combine": "geometric"}], scale=100)
    nature = stats.hmean([10, 95])
    assert found.parts["nature"][0] == pytest.approx(nature) and found.score[0] == pytest.approx(stats.gmean([nature, 50]))
    pairs = built(tmp_path, indicators=with_indicator("jobs", normalise="none"), levels=with_level("index", combine="copeland"))
    assert pairs.score.tolist() == [-3, -1, 1, 3]
