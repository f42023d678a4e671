"""Difference-in-differences: the published figures, errors that few units cannot make too small, and what two-way figures hide."""

from dataclasses import replace

import numpy as np
import pytest

from data.problems import Refused
from kpis.impact.did import did
from kpis.impact.effect import Effect
from kpis.impact.panel import NEVER, Panel
from kpis.impact.two_way import by_hand, negative, policy, two_way
from tests.regressed_panels import asked, banks, castle, error, fast_food, holds, made, organ_donors, smoking, told

DID = asked("did")


def test_card_and_krueger(shared):
    panel = fast_food(shared)
    assert panel.values == pytest.approx(np.array([[23.331, 21.166], [20.439, 21.027]]), abs=0.001)
    found = did(panel, asked("did", repeated=True))
    assert found.estimate == pytest.approx(2.7536, abs=1e-4)
    # The paper's 1.36 is of the change in single restaurants; these are of the rows, not paired.
    assert (found.diagnostics["errors"], found.se) == ("robust", pytest.approx(1.795, abs=0.001))
    assert did(panel, asked("did", repeated=True, errors="classical")).se == pytest.approx(1.688, abs=0.001)
    assert found.diagnostics["samples"] == 794
    assert found.diagnostics["few_clusters"] is True


@pytest.mark.parametrize(("weighted", "estimate", "error", "near"), [(True, 0.0755, 0.035, 0.002), (False, 0.0694, 0.059, 0.004)])
def test_the_castle_doctrine(shared, weighted, estimate, error, near):
    found = did(castle(shared, weighted), DID)
    assert found.estimate == pytest.approx(estimate, abs=1e-4)
    assert found.se == pytest.approx(error, abs=near)
    assert (found.diagnostics["errors"], told(found, "degrees")) == ("cluster", 49)
    assert (found.n_treated, found.n_control) == (21, 29)


def test_organ_donors(shared):
    found = did(organ_donors(shared), DID)
    assert found.estimate == pytest.approx(-0.0225, abs=1e-4)
    # Errors clustered by state say 0.006: with one state treated they miss what California might have done by itself.
    assert (found.diagnostics["errors"], len(found.placebos)) == ("placebo", 26)
    assert found.se == pytest.approx(0.032, abs=0.001)
    assert holds(found, 0)


def test_the_smoking_law(shared):
    found = did(smoking(shared), DID)
    assert found.estimate == pytest.approx(-27.349, abs=0.001)
    assert found.se == pytest.approx(17.7, abs=0.3)  # Arkhangelsky and others (2021), table 1
    assert told(found, "placebo_p") == told(found, "placebo_rank") / 39
    assert {each.unit for each in found.placebos} == set(smoking(shared).donors)


def test_two_districts_of_banks_give_an_effect_and_no_certainty(shared):
    found = did(banks(shared), DID)
    assert found.estimate == pytest.approx(19)
    assert (found.se, found.low, found.high, found.p) == (None, None, None, None)
    assert found.diagnostics["errors"] == "none"


def test_the_series_says_what_would_have_been():
    panel = made([8, 8, *[NEVER] * 6], 3.0)
    found = did(panel, DID)
    gaps = [point.gap for point in found.series]
    assert np.mean(gaps[8:]) == pytest.approx(found.estimate)
    assert np.mean(gaps[:8]) == pytest.approx(0)
    assert [point.actual for point in found.series] == pytest.approx(panel.path.tolist())
    assert all(holds(point, point.expected) for point in found.series[8:])
    assert (found.before, found.after, found.weights) == (8, 4, {})


@pytest.mark.parametrize(
    ("treated", "others", "kind"),
    [(1, 9, "placebo"), (4, 8, "placebo"), (5, 8, "left_out"), (10, 10, "cluster"), (4, 1, "none"), (1, 2, "none")],
)
def test_few_units_on_a_side_have_no_cluster_errors(treated, others, kind):
    found = did(made([8] * treated + [NEVER] * others, 1.0), DID)
    assert found.diagnostics["errors"] == kind
    assert found.diagnostics["few_clusters"] is (kind != "cluster")
    assert (found.se is None) is (kind == "none")


def test_larger_clusters_than_units_are_what_counts():
    panel = made([8] * 12 + [NEVER] * 12, 1.0)
    apart = did(panel, DID)
    together = did(replace(panel, clusters=tuple(f"c{unit // 4}" for unit in range(24))), DID)
    assert (apart.diagnostics["errors"], together.diagnostics["errors"]) == ("cluster", "left_out")
    assert told(together, "degrees") < 6


def test_intervals_hold_the_truth_where_few_are_treated():
    found = [did(made([8] * (1 + seed % 3) + [NEVER] * 14, 2.0, seed=seed), DID) for seed in range(40)]
    assert sum(holds(each, 2.0) for each in found) >= 36


def test_cluster_errors_of_many_units_hold_the_truth():
    found = [did(made([8] * 12 + [NEVER] * 14, 2.0, seed=seed), DID) for seed in range(40)]
    assert sum(holds(each, 2.0) for each in found) >= 35


def test_covariates_take_away_what_they_explain():
    panel = made([8] * 10 + [NEVER] * 10, 2.0, noise=0.1)
    rain = np.random.default_rng(3).normal(size=panel.values.shape) + 3 * (panel.treated[:, None] & (np.arange(12) >= 8))
    wet = replace(panel, values=panel.values + 5 * rain, covariates={"rain": rain})
    assert did(wet, DID).estimate == pytest.approx(17, abs=2)
    found = did(wet, asked("did", covariates=["rain"]))
    assert found.estimate == pytest.approx(2.0, abs=0.1)
    assert np.mean([point.gap for point in found.series[8:]]) == pytest.approx(found.estimate)


def test_weights_count():
    panel = made([8] * 10 + [NEVER] * 10, 0.0, noise=0.0)
    one = replace(panel, values=panel.values + np.where(np.arange(20) == 0, 10.0, 0.0)[:, None] * (np.arange(12) >= 8))
    heavy = replace(one, weights=np.where(np.arange(20) == 0, 9.0, 1.0))
    assert did(one, DID).estimate == pytest.approx(1.0)
    assert did(heavy, DID).estimate == pytest.approx(5.0)


def test_a_two_way_figure_counts_some_of_those_who_began_early_backwards():
    # Two groups in three periods: weights 1, 1/2 and -1/2 (de Chaisemartin and D'Haultfoeuille, 2020, section 1).
    panel = Panel(("late", "early"), ("1", "2", "3"), np.zeros((2, 3)), np.array([2, 1]))
    assert negative(panel) == pytest.approx(1 / 3)
    assert negative(made([8] * 3 + [NEVER] * 3, 1.0)) == 0
    assert told(did(made([2] * 6 + [9] * 6 + [NEVER] * 2, 1.0), DID), "two_way_weight") > 0


def test_the_regression_by_hand_is_that_of_the_library():
    panel = replace(made([5, 8, 8, 10, *[NEVER] * 6], np.arange(12.0)), weights=np.linspace(1, 4, 10))
    assert by_hand(panel) == pytest.approx(two_way(panel, (), "none").estimate)


def test_a_place_that_jumps_more_than_the_others_is_less_certain():
    panel = made([8] + [NEVER] * 12, 0.0, seed=2)
    jumping = np.where(np.arange(12) % 2, 6.0, -6.0) * (np.arange(13) == 0)[:, None]
    calm, wild = did(panel, DID), did(replace(panel, values=panel.values + jumping), DID)
    assert wild.se == pytest.approx(error(calm))
    assert told(wild, "wider") > 3
    assert told(calm, "wider") < 1.5
    assert width(wild) / width(calm) == pytest.approx(told(wild, "wider") / told(calm, "wider"))


def width(effect: Effect) -> float:
    assert effect.low is not None and effect.high is not None
    return effect.high - effect.low


def test_drifting_apart_before_the_start_is_seen():
    alike = [told(did(made([8] * 10 + [NEVER] * 10, 1.0, seed=seed), DID), "trend_p") for seed in range(40)]
    assert sum(p < 0.05 for p in alike) <= 5
    panel = made([8] * 10 + [NEVER] * 10, 1.0)
    drifting = replace(panel, values=panel.values + 0.6 * np.arange(12) * panel.treated[:, None])
    assert told(did(drifting, DID), "trend_p") < 0.001
    alone = replace(
        drifting.of([0, *range(10, 20)]), values=drifting.values[[0, *range(10, 20)]] + np.arange(12) * (np.arange(11) == 0)[:, None]
    )
    assert told(did(alone, DID), "trend_p") == pytest.approx(1 / 11)
    assert did(made([2] * 10 + [NEVER] * 10, 1.0), DID).diagnostics["trend_p"] is None


def test_an_effect_that_began_before_its_start_is_seen():
    panel = made([8] * 10 + [NEVER] * 10, 0.0, noise=0.2)
    early = replace(panel, values=panel.values + 2.0 * panel.treated[:, None] * (np.arange(12) >= 6))
    assert told(did(early, DID), "anticipation_z") > 3
    assert abs(told(did(panel, DID), "anticipation_z")) < 3


def test_who_moves_it_most_is_named():
    panel = made([8] * 10 + [NEVER] * 10, 1.0, noise=0.1)
    odd = replace(panel, values=panel.values - 8.0 * (np.arange(20) == 13)[:, None] * (np.arange(12) >= 8))
    found = did(odd, DID)
    assert found.diagnostics["without"] == "u13"
    assert told(found, "without_low") == pytest.approx(1.0, abs=0.2)


def rows_of(panel: Panel, each: int) -> Panel:
    """The same as samples of so many rows for each unit and period, whose means the values are."""
    units, periods = (np.repeat(at.ravel(), each) for at in np.indices(panel.values.shape))
    stray = np.random.default_rng(6).normal(size=(panel.values.size, each))
    values = panel.values.reshape(-1, 1) + stray - stray.mean(axis=1, keepdims=True)
    return replace(panel, samples=(units, periods, values.ravel()))


def test_samples_of_many_units_are_clustered_by_unit():
    panel = made([8] * 10 + [NEVER] * 10, 2.0)
    found = did(rows_of(panel, 5), asked("did", repeated=True))
    assert found.estimate == pytest.approx(did(panel, DID).estimate)
    # Ten times as many rows of the same units are hardly more certain.
    assert error(found) == pytest.approx(error(did(panel, DID)), rel=0.1)
    alone = did(rows_of(made([8] + [NEVER] * 9, 2.0), 5), asked("did", repeated=True))
    assert (alone.diagnostics["errors"], len(alone.placebos)) == ("placebo", 9)


def test_classical_errors_of_four_figures_are_none():
    assert did(made([1, NEVER], 1.0, periods=2), asked("did", errors="classical")).se is None


@pytest.mark.parametrize("idle", ["own", "policy", "sum"])
def test_a_covariate_that_says_nothing_new_is_refused(idle):
    panel = made([8] * 10 + [NEVER] * 10, 2.0)
    rain, wind = (np.random.default_rng(seed).normal(size=panel.values.shape) for seed in (1, 2))
    told = {"own": np.arange(20.0)[:, None] * np.ones(12), "policy": policy(panel), "sum": rain - wind}[idle]
    with_it = replace(panel, covariates={"rain": rain, "wind": wind, "told": told})
    with pytest.raises(Refused, match="told says nothing") as refused:
        did(with_it, asked("did", covariates=["rain", "wind", "told"]))
    assert len(refused.value.problems) == 1


def test_what_it_cannot_take_is_refused():
    panel = made([8] * 3 + [NEVER] * 6, 1.0)
    with pytest.raises(Refused, match="errors 'hac' do not go with"):
        did(panel, asked("did", errors="hac"))
    rain = np.ones((9, 12))
    rain[4, 5] = np.nan
    with pytest.raises(Refused) as refused:
        did(replace(panel, covariates={"rain": rain}), asked("did", covariates=["rain"]))
    assert str(refused.value.problems[0]) == "rain: values missing: 1, the first of u04 in 2005; fill them in, or leave the column out"
