"""Event studies: right where units begin at different dates and effects grow, which a plain two-way regression is not."""

from dataclasses import replace

import numpy as np
import pytest

from data.problems import Refused
from kpis.impact.event_study import event_study
from kpis.impact.panel import NEVER, Panel
from kpis.impact.two_way import by_hand, policy, two_way
from tests.regressed_panels import asked, castle, error, holds, made, told
from tests.thorough import part

EVENTS = asked("event_study")
STARTS = [4] * 8 + [9] * 8 + [NEVER] * 12
GROWING = np.arange(1.0, 13.0)
"""Effects that grow by 1 with each period since the start."""


def truth(panel: Panel, effects: np.ndarray) -> float:
    """The mean of the effects that were put in, over every treated unit and period."""
    since = np.arange(len(panel.periods)) - panel.first[:, None]
    return float(effects[since[policy(panel) == 1]].mean())


def test_effects_that_grow_are_found_where_a_two_way_regression_is_wrong():
    panel = made(STARTS, GROWING, noise=0.0)
    found = event_study(panel, EVENTS)
    assert found.estimate == pytest.approx(truth(panel, GROWING))
    assert by_hand(panel) < 0.85 * truth(panel, GROWING)


def test_a_two_way_regression_may_even_turn_the_sign():
    # All but two begin at some time, the early ones with an effect that grows and grows.
    panel = made([1] * 10 + [8] * 10 + [NEVER] * 2, np.square(np.arange(12.0)) + 0.1, noise=0.0)
    found = event_study(panel, EVENTS)
    assert found.estimate > 20
    assert by_hand(panel) < 0
    assert told(found, "two_way_weight") > 0.2


def test_cohorts_of_unlike_effects_are_each_found():
    effects = np.where(np.arange(28)[:, None] < 8, 2.0, -1.0) * np.ones((28, 12))
    panel = made(STARTS, effects, noise=0.0)
    early, late = 8 * 8 * 2.0, 8 * 3 * -1.0
    assert event_study(panel, EVENTS).estimate == pytest.approx((early + late) / (8 * 8 + 8 * 3))


def test_each_cohort_is_what_the_library_finds_of_it_beside_the_never_treated():
    weights = np.linspace(1, 3, 28)
    panel = replace(made(STARTS, GROWING), weights=weights)
    rows = {start: np.flatnonzero((panel.first == start) | ~panel.treated) for start in (4, 9)}
    alone = {start: two_way(panel.of(units.tolist()), (), "none").estimate for start, units in rows.items()}
    cells = {start: weights[panel.first == start].sum() * (12 - start) for start in (4, 9)}
    expected = sum(alone[start] * cells[start] for start in (4, 9)) / sum(cells.values())
    assert event_study(panel, EVENTS).estimate == pytest.approx(expected)


def test_events_say_the_effect_by_periods_since_the_start():
    panel = made(STARTS, GROWING, noise=0.0)
    found = {int(point.period): point for point in event_study(panel, EVENTS).events}
    assert list(found) == list(range(-9, 8))
    assert [found[since].actual for since in range(8)] == pytest.approx(GROWING[:8].tolist())
    assert [found[since].actual for since in range(-9, 0)] == pytest.approx([0.0] * 9, abs=1e-9)
    assert {point.expected for point in found.values()} == {0.0}


def test_events_have_intervals_that_hold_what_was_put_in():
    missed, seen = 0, 0
    for seed in range(part(25, 2)):
        for point in event_study(made(STARTS, GROWING, seed=seed), EVENTS).events:
            since = int(point.period)
            expected = GROWING[since] if since >= 0 else 0.0
            missed += not holds(point, expected)
            seen += 1
    assert missed / seen < 0.1


@pytest.mark.parametrize(("starts", "kind"), [(STARTS, "left_out"), ([8, *[NEVER] * 9], "placebo"), ([8, 9, 10, *[NEVER] * 9], "placebo")])
def test_intervals_hold_the_truth(starts, kind):
    panels = [made(starts, GROWING, seed=seed) for seed in range(part(30, 2))]
    found = [event_study(panel, EVENTS) for panel in panels]
    assert {effect.diagnostics["errors"] for effect in found} == {kind}
    assert sum(holds(effect, truth(panels[0], GROWING)) for effect in found) >= 26 / 30 * len(found)


def test_errors_are_as_large_as_the_estimates_scatter():
    effects = [event_study(made(STARTS, 3.0, seed=seed), EVENTS) for seed in range(part(60, 2))]
    scatter = np.std([effect.estimate for effect in effects])
    assert np.sqrt(np.mean([error(effect) ** 2 for effect in effects])) == pytest.approx(scatter, rel=0.3)


def test_one_unit_alone_in_its_cohort_does_not_make_the_error_small():
    starts = [4, 5, 6, 7, 8, 9, 4, 5, 6, 7, *[NEVER] * 12]
    effects = [event_study(made(starts, 3.0, seed=seed), EVENTS) for seed in range(part(40, 2))]
    assert sum(holds(effect, 3.0) for effect in effects) >= 35 / 40 * len(effects)


def test_moving_away_before_the_start_is_seen():
    alike = [told(event_study(made(STARTS, GROWING, seed=seed), EVENTS), "trend_p") for seed in range(part(40, 2))]
    assert sum(p < 0.05 for p in alike) <= 5 / 40 * len(alike)
    panel = made(STARTS, GROWING)
    drifting = replace(panel, values=panel.values + 0.9 * np.arange(12) * panel.treated[:, None])
    assert told(event_study(drifting, EVENTS), "trend_p") < 0.001


def test_covariates_and_weights_count():
    panel = made(STARTS, 2.0, noise=0.1)
    rain = np.random.default_rng(4).normal(size=panel.values.shape) + 3 * policy(panel)
    wet = replace(panel, values=panel.values + 5 * rain, covariates={"rain": rain})
    assert event_study(wet, EVENTS).estimate > 10
    assert event_study(wet, asked("event_study", covariates=["rain"])).estimate == pytest.approx(2.0, abs=0.2)
    effects = np.where(np.arange(28)[:, None] == 0, 30.0, 2.0) * np.ones((28, 12))
    heavy = replace(made(STARTS, effects, noise=0.0), weights=np.where(np.arange(28) == 0, 8.0, 1.0))
    assert event_study(heavy, EVENTS).estimate == pytest.approx((8 * 8 * 30 + 7 * 8 * 2 + 8 * 3 * 2) / (8 * 8 + 7 * 8 + 8 * 3))


def test_the_castle_doctrine_state_by_state(shared):
    found = event_study(castle(shared, weights=True), EVENTS)
    # Cheng and Hoekstra (2013) find 8 to 10 per cent, by two-way regressions.
    assert 0.07 < found.estimate < 0.10
    assert told(found, "trend_p") > 0.05
    assert (found.method, found.n_treated, found.n_control, found.before, found.after) == ("event_study", 21, 29, 6, 5)


def test_errors_it_does_not_have_are_refused():
    with pytest.raises(Refused, match="write one of: cluster, placebo"):
        event_study(made(STARTS, 1.0), asked("event_study", errors="classical"))
