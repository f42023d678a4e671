"""Synthetic difference-in-differences: the published figures, the best weights, and panels whose truth is known."""

import numpy as np
import pytest
from scipy.optimize import minimize

from data.problems import Refused
from kpis.__main__ import main
from kpis.impact.panel import NEVER, Panel
from kpis.impact.sdid import comparing, noise, sdid
from kpis.impact.simplex import nearest
from kpis.impact.study import Study
from tests.published_panels import smoking_law


def asked(**keys: object) -> Study:
    told = {"study": "one", "table": "t.csv", "unit": "u", "time": "t", "outcome": "y", "treated": ("u0",), **keys}
    return Study.model_validate(told)


def number(told: object) -> float:
    """A figure of the diagnostics, or of an interval, that must be there."""
    assert isinstance(told, float | int)
    return float(told)


def drawn(units: int, periods: int, start: int, treated: int = 1, effect: float = 0.0, seed: int = 1) -> Panel:
    """Units that move with two common factors, each in its own measure; the first ones are treated."""
    chance = np.random.default_rng(seed)
    factors = chance.normal(size=(2, periods)).cumsum(axis=1)
    values = chance.normal(50, 10, (units, 1)) + chance.uniform(0, 1, (units, 2)) @ factors + chance.normal(size=(units, periods))
    values[:treated, start:] += effect
    first = np.where(np.arange(units) < treated, start, NEVER)
    return Panel(tuple(f"u{unit}" for unit in range(units)), tuple(str(2000 + at) for at in range(periods)), values, first)


@pytest.fixture(scope="module")
def smoking(shared):
    panel, study = smoking_law(shared)
    return panel, sdid(panel, study)


def test_the_effect_of_proposition_99_is_the_published_one(smoking):
    assert smoking[1].estimate == pytest.approx(-15.604, abs=0.01)


def test_the_error_of_proposition_99_is_the_published_one(smoking):
    # The paper drew 200 placebos at random, of which it says 8.4; all 38, each once, say 9.37, in the authors' own program too.
    assert smoking[1].se == pytest.approx(8.4, abs=1)
    assert smoking[1].se == pytest.approx(9.371, abs=0.01)


def test_sigma_and_the_ridge_are_those_of_the_paper(smoking):
    panel, found = smoking
    sigma = noise(panel.values[~panel.treated, : panel.start])
    assert sigma == pytest.approx(5.4944, abs=1e-4)
    assert (found.n_treated * found.after) ** 0.25 * sigma == pytest.approx(10.2262, abs=1e-4)


def test_the_weights_of_proposition_99_are_the_published_ones(smoking):
    found = smoking[1]
    heaviest = {"Nevada": 0.124, "New Hampshire": 0.105, "Connecticut": 0.078, "Delaware": 0.070, "Colorado": 0.058}
    assert {unit: found.weights[unit] for unit in heaviest} == pytest.approx(heaviest, abs=0.001)
    assert found.time_weights == pytest.approx({"1986": 0.366, "1987": 0.206, "1988": 0.427}, abs=0.001)
    assert sum(found.weights.values()) == pytest.approx(1)


def test_the_path_without_the_law_ends_where_the_effect_is(smoking):
    panel, found = smoking
    after = found.series[panel.start :]
    assert np.mean([point.gap for point in after]) == pytest.approx(found.estimate)
    assert [point.period for point in after] == [str(year) for year in range(1989, 2001)]
    assert all(number(point.low) < point.expected < number(point.high) for point in found.series)


def test_counts_and_interval_of_proposition_99(smoking):
    found = smoking[1]
    assert (found.n_treated, found.n_control, found.before, found.after) == (1, 38, 19, 12)
    assert found.diagnostics["degrees"] == 37
    # Student's t with 37 degrees reaches 2.026 standard errors.
    reach = 2.0262 * number(found.se)
    assert (number(found.high) - found.estimate, found.estimate - number(found.low)) == pytest.approx((reach, reach), rel=1e-4)
    assert found.p == pytest.approx(0.1043, abs=0.001)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_shares_come_nearer(seed):
    chance = np.random.default_rng(seed)
    columns, target = chance.normal(size=(7, 12)), chance.normal(size=12)
    gram, crossed = columns @ columns.T + 0.01 * np.eye(7), columns @ target
    found = nearest(gram, crossed)
    bounds, adds_up = [(0, 1)] * 7, {"type": "eq", "fun": lambda shares: shares.sum() - 1}
    other = minimize(
        lambda shares: shares @ gram @ shares - 2 * crossed @ shares, np.full(7, 1 / 7), bounds=bounds, constraints=adds_up, tol=1e-12
    )
    assert found == pytest.approx(other.x, abs=1e-5)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(("ridge", "fewest"), [(300.0, 100), (1e-6, 2)])
def test_hundreds_of_members_get_the_best_shares_too(ridge, fewest):
    chance = np.random.default_rng(3)
    columns, target = chance.normal(size=(400, 30)), chance.normal(size=30)
    gram, crossed = columns @ columns.T + ridge * np.eye(400), columns @ target
    shares = nearest(gram, crossed)
    slope = gram @ shares - crossed
    # Karush, Kuhn and Tucker: nobody with a share slopes otherwise than their mean, nobody without one slopes less.
    assert np.abs(slope[shares > 0] - shares @ slope).max() < 1e-6
    assert slope.min() > shares @ slope - 1e-6
    assert (shares > 0).sum() >= fewest


def test_the_shares_of_a_like_problem_are_a_shorter_way_to_the_same():
    chance = np.random.default_rng(4)
    columns, target = chance.normal(size=(20, 15)), chance.normal(size=15)
    gram, crossed = columns @ columns.T, columns @ target
    begun = nearest(gram, crossed + 0.1 * chance.normal(size=20))
    assert nearest(gram, crossed, begun) == pytest.approx(nearest(gram, crossed), abs=1e-7)


def test_members_quite_alike_do_not_stand_in_its_way():
    columns = np.array([[1.0, 2.0], [1.0, 2.0], [5.0, 0.0], [5.0, 0.0]])
    shares = nearest(columns @ columns.T, columns @ np.array([2.0, 1.5]))
    assert shares @ columns == pytest.approx([2.0, 1.5], abs=1e-6)


def test_where_nothing_moved_before_the_start_all_share_alike():
    panel = drawn(9, 30, 20, effect=4.0)
    still = panel.values.copy()
    still[1:, :20] = still[1:, :1]
    found = comparing(Panel(panel.units, panel.periods, still, panel.first))(np.array([0]), np.arange(1, 9))
    assert found.weights == pytest.approx(np.full(8, 1 / 8))
    assert np.isfinite(found.estimate)


@pytest.mark.parametrize("effect", [0.0, 6.0, -6.0])
def test_a_known_effect_is_found(effect):
    found = [sdid(drawn(20, 40, 30, effect=effect, seed=seed), asked(start="2030")).estimate for seed in range(8)]
    assert np.mean(found) == pytest.approx(effect, abs=0.6)


def test_where_all_move_alike_the_effect_is_exact():
    panel = drawn(12, 30, 20, treated=3, effect=5.0)
    alike = np.linspace(0, 10, 30) ** 1.5
    values = np.arange(12.0)[:, None] + alike + np.where(panel.first[:, None] != NEVER, 5.0 * (np.arange(30) >= 20), 0.0)
    still = Panel(panel.units, panel.periods, values, panel.first)
    found = comparing(still)(np.arange(3), np.arange(3, 12))
    assert found.estimate == pytest.approx(5.0, abs=1e-6)


def test_the_level_of_a_unit_does_not_matter():
    panel = drawn(15, 30, 20, effect=3.0)
    shifted = panel.values + np.random.default_rng(9).normal(0, 100, (15, 1))
    moved = Panel(panel.units, panel.periods, shifted, panel.first)
    treated, donors = np.array([0]), np.arange(1, 15)
    assert comparing(moved)(treated, donors).estimate == pytest.approx(comparing(panel)(treated, donors).estimate, abs=1e-4)


def test_a_key_that_is_not_its_own_is_refused_at_its_line(tmp_path, capsys):
    table = "unit,time,y,x\n" + "".join(
        f"u{unit},{year},{unit + (7 * unit + year * year) % 11},{unit}\n" for unit in range(8) for year in range(2000, 2020)
    )
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    told = "study: one\ntable: table.csv\nunit: unit\ntime: time\noutcome: y\ntreated: [u0]\nstart: 2012\ncovariates: [x]\n"
    (tmp_path / "one.yaml").write_text(told, encoding="utf-8")
    assert main(["impact", str(tmp_path / "one.yaml")]) == 1
    assert "one.yaml:8" in capsys.readouterr().err


def test_units_that_began_at_different_times_are_for_an_event_study():
    panel = drawn(10, 20, 12, treated=2)
    first = panel.first.copy()
    first[1] = 15
    with pytest.raises(Refused) as refused:
        sdid(Panel(panel.units, panel.periods, panel.values, first), asked(covariates=("x",)))
    assert [problem.key for problem in refused.value.problems] == ["method", "covariates"]
    assert "event_study" in refused.value.problems[0].hint
