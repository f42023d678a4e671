"""Placebos in space and in time, and what happens when one donor leaves."""

from dataclasses import replace

import numpy as np
import pytest

from kpis.impact.panel import Panel
from kpis.impact.placebos import placebos, spread
from kpis.impact.robustness import looked_at
from kpis.impact.sdid import comparing, sdid
from kpis.impact.study import Predictor, Study
from kpis.impact.synthetic_control import comparing as comparing_by_predictors
from kpis.impact.synthetic_control import synthetic_control
from tests.kpis.test_impact_sdid import asked, drawn, number
from tests.published_panels import smoking_law
from tests.thorough import part


@pytest.fixture(scope="module")
def smoking(shared) -> tuple[Panel, Study]:
    return smoking_law(shared)


def test_california_stands_out_most_of_39_states(smoking):
    panel, study = smoking
    found = sdid(panel, study)
    assert found.diagnostics["placebo_rank"] == 1
    assert found.diagnostics["placebo_p"] == pytest.approx(1 / 39)
    assert [placebo.unit for placebo in found.placebos] == list(panel.donors)


def test_the_rank_is_that_of_the_ratio_of_mean_squared_gaps(smoking):
    panel, study = smoking
    found = synthetic_control(panel, study.model_copy(update={"method": "sc"}))

    def ratio(gaps: tuple[float, ...]) -> float:
        return float(np.mean(np.square(gaps[panel.start :])) / np.mean(np.square(gaps[: panel.start])))

    own = ratio(tuple(point.gap for point in found.series))
    assert [placebo.ratio for placebo in found.placebos] == pytest.approx([ratio(placebo.gaps) for placebo in found.placebos])
    assert found.diagnostics["placebo_rank"] == 1 + sum(ratio(placebo.gaps) > own for placebo in found.placebos)


def test_a_placebo_never_uses_the_treated_unit():
    panel = drawn(8, 20, 12, effect=1000.0)
    for each in placebos(comparing(panel), panel, 200, 1):
        assert 0 not in each.donors
        assert 0 not in each.treated
        assert abs(each.estimate) < 100


def test_the_error_is_the_spread_of_all_placebos():
    panel = drawn(10, 30, 20)
    found = sdid(panel, asked())
    assert len(found.placebos) == 9
    assert found.se == pytest.approx(np.std([placebo.estimate for placebo in found.placebos]))


def test_with_several_treated_as_many_are_drawn_by_the_seed_of_the_study():
    panel = drawn(12, 30, 20, treated=3)
    one, same, other = (sdid(panel, asked(draws=25, seed=seed)) for seed in (1, 1, 2))
    assert len(one.placebos) == 25
    assert all(len(placebo.unit.split(", ")) == 3 for placebo in one.placebos)
    assert one.se == same.se != other.se


def test_of_more_donors_than_draws_so_many_are_drawn():
    panel = drawn(30, 20, 12)
    assert len(sdid(panel, asked(draws=10)).placebos) == 10


def test_too_few_donors_leave_the_doubt_unknown():
    found = sdid(drawn(5, 20, 12, treated=3), asked())
    assert (found.se, found.low, found.high, found.p, found.placebos) == (None, None, None, None, ())
    assert found.series[0].low is None
    assert spread([]) is None


def test_one_donor_less_is_a_study_without_that_donor(smoking):
    panel, study = smoking
    seen = looked_at(panel, study, sdid(panel, study)).diagnostics
    assert seen["without"] == "Nevada"
    rest = panel.of([at for at, unit in enumerate(panel.units) if unit != "Nevada"])
    assert sdid(rest, study).estimate == pytest.approx(-17.06, abs=0.01)
    # Sigma stays that of all donors, and of one less is hardly another.
    assert seen["without_low"] == pytest.approx(sdid(rest, study).estimate, abs=0.05)
    assert number(seen["without_low"]) < -15.6 < number(seen["without_high"]) < -14


def test_before_the_law_a_pretended_one_does_nothing(smoking):
    panel, study = smoking
    seen = looked_at(panel, study, sdid(panel, study)).diagnostics
    pretended = replace(panel.up_to(19), first=np.where(panel.treated, 12, panel.first))
    found = sdid(pretended, study)
    assert (seen["time_placebo"], seen["time_placebo_z"]) == pytest.approx((found.estimate, found.estimate / number(found.se)))
    assert abs(number(seen["time_placebo_z"])) < 1


def test_who_jumps_more_than_the_others_does_not_for_that_seem_to_have_begun_too_early():
    """Its gap of two months must not be held against the calm of the others."""
    study, off = asked(), []
    for seed in range(part(12, 2)):
        random = np.random.default_rng(seed)
        values = 50 + random.normal(0, 1, (20, 48)) * np.where(np.arange(20) == 0, 3.0, 1.0)[:, None]
        panel = Panel(tuple(map(str, range(20))), tuple(map(str, range(48))), values, np.where(np.arange(20) == 0, 36, -1))
        seen = looked_at(panel, study, sdid(panel, study)).diagnostics
        off += [number(seen["anticipation_z"]), number(seen["time_placebo_z"])]
    assert sum(abs(each) > 2 for each in off) <= 4 / 24 * len(off)


@pytest.mark.parametrize("method", ["sdid", "sc"])
def test_an_effect_that_began_before_the_start_is_seen(method):
    panel = drawn(20, 40, 30, effect=15.0)
    early = panel.values.copy()
    early[0, 28:30] += 15.0
    study = asked(method=method)
    estimator = sdid if method == "sdid" else synthetic_control
    there = Panel(panel.units, panel.periods, early, panel.first)
    seen, unseen = (looked_at(each, study, estimator(each, study)).diagnostics for each in (there, panel))
    assert number(seen["anticipation_z"]) > 4
    assert abs(number(unseen["anticipation_z"])) < 2


def test_the_fit_is_told_by_what_is_missed_before_the_start(smoking):
    panel, study = smoking
    seen = sdid(panel, study)
    before = np.array([point.gap for point in seen.series[: panel.start]])
    assert seen.diagnostics["rmspe_before"] == pytest.approx(np.sqrt(np.mean(before**2)))
    assert seen.diagnostics["fit"] == pytest.approx(np.sqrt(np.mean(before**2)) / np.std(panel.path[: panel.start]))
    assert seen.diagnostics["heaviest"] == max(seen.weights.values())


def test_a_treated_unit_outside_what_the_donors_span_is_told():
    panel = drawn(10, 30, 20)
    above = panel.values.copy()
    above[0] += 1000
    higher = Panel(panel.units, panel.periods, above, panel.first)
    assert synthetic_control(higher, asked(method="sc")).diagnostics["outside"] == 1
    # Of sdid the level is free: it is the movement that the donors must span.
    assert sdid(higher, asked()).diagnostics["outside"] == pytest.approx(sdid(panel, asked()).diagnostics["outside"])
    assert number(sdid(panel, asked()).diagnostics["outside"]) < 0.5


def test_other_methods_are_not_asked_again():
    panel = drawn(10, 30, 20)
    effect = sdid(panel, asked())
    assert looked_at(panel, asked(method="did"), effect) is effect


def test_with_predictors_nothing_after_a_pretended_start_is_read():
    panel = drawn(9, 30, 20, effect=8.0)
    level = Predictor.model_validate({"column": "y", "from": 2010, "to": 2019})
    study = asked(method="sc", predictors=(level, "size"), starts=2)
    sized = replace(panel, covariates={"size": np.arange(9.0)[:, None] + np.zeros((9, 30))})
    seen = looked_at(sized, study, synthetic_control(sized, study)).diagnostics
    changed = sized.values.copy()
    changed[:, 13:] += np.random.default_rng(2).normal(0, 50, (9, 17))
    other = replace(sized, values=changed)
    early = [synthetic_control_weights(each, study, 13) for each in (sized, other)]
    assert early[0] == pytest.approx(early[1])
    assert {"without", "time_placebo", "time_placebo_z", "anticipation_z"} <= seen.keys()


def synthetic_control_weights(panel: Panel, study: Study, start: int) -> np.ndarray:
    """As of a start that is pretended: the mix must not know what came after."""
    early = replace(panel, first=np.where(panel.treated, start, panel.first))
    return comparing_by_predictors(early, study, start)(np.array([0]), np.arange(1, 9)).weights
