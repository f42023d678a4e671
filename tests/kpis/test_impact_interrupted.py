"""Interrupted time series: level and slope found again, errors that know of memory, counts, seasons, and company."""

from dataclasses import replace

import numpy as np
import pytest

from data.problems import Refused
from kpis.impact.interrupted import interrupted
from kpis.impact.memory import degrees, kept, lags, lasting
from kpis.impact.panel import NEVER, Panel
from tests.regressed_panels import asked, deaths, error, holds, remembering, series, told

ITS = asked("its")
MONTHLY = asked("its", season={"period": 12, "harmonics": 2})
MONTHS, START = 60, 42
WHEN = np.arange(MONTHS) - START
AFTER = WHEN >= 0


def changed(level: float = 0.0, slope: float = 0.0) -> np.ndarray:
    """A straight line whose level and slope change at the start."""
    return 50 + 0.2 * WHEN + np.where(AFTER, level + slope * WHEN, 0.0)


def by_hand(panel: Panel, start: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same terms written out, with two harmonics of twelve months: terms, coefficients, and which months are after."""
    when = np.arange(len(panel.periods)) - start
    after = when >= 0
    waves = [wave(2 * np.pi * number * when / 12) for wave in (np.cos, np.sin) for number in (1, 2)]
    terms = np.column_stack([np.ones(len(when)), when, after, after * when, *waves])
    return terms, np.linalg.lstsq(terms, panel.values[0], rcond=None)[0], after


def test_a_known_level_and_slope_are_found():
    found = interrupted(series(changed(5.0, 0.5), START), ITS)
    assert (found.diagnostics["level"], found.diagnostics["slope"]) == (pytest.approx(5.0), pytest.approx(0.5))
    assert found.estimate == pytest.approx(np.mean(5.0 + 0.5 * WHEN[AFTER]))
    assert [point.expected for point in found.series] == pytest.approx((50 + 0.2 * WHEN).tolist())
    assert (found.n_treated, found.n_control, found.before, found.after) == (1, 0, 42, 18)


def test_deaths_of_the_pandemic_are_those_of_a_regression_by_hand(shared):
    panel, start = deaths(shared)
    found = interrupted(panel, MONTHLY)
    terms, coefficients, after = by_hand(panel, start)
    assert found.estimate == pytest.approx((terms[after][:, 2:4] @ coefficients[2:4]).mean())
    # England and Wales counted about 130,000 more deaths than usual in those 29 months.
    assert 3_500 < found.estimate < 5_500
    assert not holds(found, 0)
    assert abs(told(found, "autocorrelation")) < 0.2
    assert interrupted(panel, asked("its", season={"period": 12, "harmonics": 2}, covariates=["temp"])).estimate == pytest.approx(
        found.estimate, rel=0.1
    )


def test_the_pandemic_as_counts_is_much_the_same(shared):
    panel, _ = deaths(shared)
    gaussian, counts = interrupted(panel, MONTHLY), interrupted(panel, MONTHLY.model_copy(update={"family": "quasipoisson"}))
    assert counts.estimate == pytest.approx(gaussian.estimate, rel=0.05)
    assert counts.se == pytest.approx(gaussian.se, rel=0.1)


@pytest.mark.parametrize("memory", [0.0, 0.4, 0.7])
def test_intervals_hold_the_truth_with_noise_that_remembers(memory):
    found = [interrupted(series(changed(3.0) + remembering(MONTHS, memory, seed), START), MONTHLY) for seed in range(60)]
    assert sum(holds(each, 3.0) for each in found) >= 54


def test_newey_and_wests_errors_alone_would_be_too_small():
    panel = series(changed(3.0) + remembering(MONTHS, 0.6, 5), START)
    found = interrupted(panel, MONTHLY)
    terms, coefficients, after = by_hand(panel, START)
    scores = terms * (panel.values[0] - terms @ coefficients)[:, None]
    middle = scores.T @ scores
    for back in range(1, lags(MONTHS) + 1):
        both = scores[back:].T @ scores[:-back]
        middle += (1 - back / (lags(MONTHS) + 1)) * (both + both.T)
    inverse = np.linalg.inv(terms.T @ terms)
    toward = np.zeros(8)
    toward[2:4] = terms[after][:, 2:4].mean(axis=0)
    newey_west = np.sqrt(MONTHS / (MONTHS - 8) * toward @ inverse @ middle @ inverse @ toward)
    assert error(found) > newey_west
    assert told(found, "degrees") < MONTHS - 8
    assert told(found, "autocorrelation") < told(found, "memory")


def test_classical_errors_are_those_of_least_squares():
    panel = series(changed(3.0) + remembering(MONTHS, 0.6, 5), START)
    found = interrupted(panel, asked("its", season={"period": 12, "harmonics": 2}, errors="classical"))
    terms, coefficients, after = by_hand(panel, START)
    left = panel.values[0] - terms @ coefficients
    toward = np.zeros(8)
    toward[2:4] = terms[after][:, 2:4].mean(axis=0)
    classical = np.sqrt(left @ left / (MONTHS - 8) * toward @ np.linalg.inv(terms.T @ terms) @ toward)
    assert (found.se, found.diagnostics["errors"], told(found, "degrees")) == (pytest.approx(classical), "classical", 52)
    assert error(interrupted(panel, MONTHLY)) > classical


def test_counts_are_told_by_their_rate():
    chance = np.random.default_rng(2)
    people = np.linspace(10_000, 20_000, MONTHS)
    counts = chance.poisson(people * 0.01 * np.where(AFTER, 0.7, 1.0))
    panel = replace(series(counts, START), covariates={"people": people[None]})
    found = interrupted(panel, asked("its", family="quasipoisson", offset="people"))
    saved = (people * 0.01 * 0.3)[AFTER].mean()
    assert holds(found, -saved)
    assert found.estimate == pytest.approx(-saved, rel=0.1)
    # Without who they are counted among, growth hides it.
    assert interrupted(panel, asked("its", family="quasipoisson", covariates=[])).estimate != pytest.approx(-saved, rel=0.02)


def test_counts_that_vary_more_than_chance_are_less_certain():
    chance = np.random.default_rng(3)
    mean = 100 * np.where(AFTER, 0.8, 1.0)
    calm = interrupted(series(chance.poisson(mean), START), asked("its", family="quasipoisson"))
    wild = interrupted(series(chance.poisson(mean * chance.gamma(5, 0.2, MONTHS)), START), asked("its", family="quasipoisson"))
    assert error(wild) > 2 * error(calm)


def test_a_season_is_not_taken_for_an_effect():
    season = 6 * np.sin(2 * np.pi * (np.arange(MONTHS) % 12) / 12)
    panel = series((changed() + season + remembering(MONTHS, 0.0, 1))[:47], START)
    assert abs(interrupted(panel, MONTHLY).estimate) < 1.5
    assert abs(interrupted(panel, ITS).estimate) > 2
    # At half a period's length a sine is always 0: it is left out, and all twelve months can be told.
    assert error(interrupted(panel, asked("its", season={"period": 12, "harmonics": 6}))) > 0


def test_a_wave_of_two_periods_has_one_term():
    swing = changed(2.0) + np.where(np.arange(MONTHS) % 2, 1.0, -1.0)
    assert interrupted(series(swing, START), asked("its", season={"period": 2})).estimate == pytest.approx(2.0)


def beside(panel: Panel, others: np.ndarray) -> Panel:
    values = np.vstack([panel.values, others])
    return Panel(("here", "a", "b"), panel.periods, values, np.array([panel.first[0], NEVER, NEVER]))


def test_company_takes_away_what_befell_all():
    storm = np.where(AFTER, 8.0, 0.0) + 2 * remembering(MONTHS, 0.5, 9)
    alone = series(changed(3.0) + storm + 0.3 * remembering(MONTHS, 0.0, 1), START)
    others = np.array([20 + storm + 0.3 * remembering(MONTHS, 0.0, seed) for seed in (2, 3)])
    assert interrupted(alone, ITS).estimate > 8
    found = interrupted(beside(alone, others), ITS)
    assert holds(found, 3.0)
    assert found.estimate == pytest.approx(3.0, abs=0.6)
    assert found.n_control == 2


def test_company_that_never_moves_is_none():
    alone = series(changed(3.0) + remembering(MONTHS, 0.0, 1), START)
    found = interrupted(beside(alone, np.full((2, MONTHS), 20.0)), ITS)
    assert found.n_control == 0
    assert found.estimate == pytest.approx(interrupted(alone, ITS).estimate)


def test_company_of_counts_is_told_by_its_rate():
    chance = np.random.default_rng(4)
    wave = np.exp(0.3 * remembering(MONTHS, 0.7, 9))
    counts = series(chance.poisson(5000 * wave * np.where(AFTER, 0.8, 1.0)), START)
    found = interrupted(beside(counts, chance.poisson(9000 * np.array([wave, wave]))), asked("its", family="quasipoisson"))
    fewer = -0.2 * 5000 * wave[AFTER].mean()
    assert found.estimate == pytest.approx(fewer, rel=0.15)
    assert holds(found, fewer)
    assert found.n_control == 2


def test_several_treated_at_once_are_their_mean():
    one, other = changed(2.0), 2 * changed(4.0)
    values = np.array([one, other])
    panel = Panel(("a", "b"), series(one, START).periods, values, np.array([START, START]), weights=np.array([3.0, 1.0]))
    found = interrupted(panel, ITS)
    assert found.estimate == pytest.approx((3 * 2.0 + 8.0) / 4)
    assert found.n_treated == 2


def test_two_periods_after_tell_a_level_and_no_slope():
    found = interrupted(series((changed(3.0) + remembering(MONTHS, 0.0, 1))[: START + 2], START), ITS)
    assert found.diagnostics["slope"] is None
    assert found.estimate == pytest.approx(found.diagnostics["level"])


def test_counts_that_were_none_for_long_pretend_no_start():
    counts = np.where(WHEN < -13, 0, np.random.default_rng(1).poisson(9, MONTHS))
    assert "time_placebo" not in interrupted(series(counts, START), asked("its", family="quasipoisson")).diagnostics


def test_an_earlier_start_that_never_was_shows_nothing():
    found = [interrupted(series(changed(6.0) + remembering(MONTHS, 0.2, seed), START), ITS) for seed in range(20)]
    assert sum(abs(told(each, "time_placebo_z")) > 2 for each in found) <= 3
    drifting = changed(6.0) + np.where(WHEN >= -14, 5.0, 0.0) + remembering(MONTHS, 0.2, 1)
    assert abs(told(interrupted(series(drifting, START), ITS), "time_placebo_z")) > 2


def test_the_memory_of_errors_is_not_that_of_their_residuals():
    terms = by_hand(series(changed(), START), START)[0]
    maker = np.eye(MONTHS) - terms @ np.linalg.pinv(terms)
    left = [maker @ remembering(MONTHS, 0.5, seed) for seed in range(60)]
    assert np.mean([kept(each) for each in left]) < 0.4
    assert np.mean([lasting(terms, each)[0] for each in left]) > 0.5
    assert (degrees(60, 8, 0.0), degrees(60, 8, 0.5), degrees(20, 8, 0.9)) == (52, pytest.approx(52 / 3), 2)
    assert (lags(36), lags(60), lags(100), lags(197)) == (3, 3, 4, 4)


@pytest.mark.parametrize(
    ("panel", "said", "words"),
    [
        (lambda: beside(series(changed(), START), np.zeros((2, MONTHS))), {"errors": "cluster"}, "write one of: hac, classical"),
        (lambda: replace(series(changed() - 60, START)), {"family": "quasipoisson"}, "counts cannot be below 0"),
        (
            lambda: replace(series(changed(), START), covariates={"people": np.zeros((1, MONTHS))}),
            {"family": "quasipoisson", "offset": "people"},
            "an offset must be above 0",
        ),
        (lambda: series(np.where(AFTER, 5, 0), START), {"family": "quasipoisson"}, "the counts before the start are all 0"),
        (lambda: series(np.log(changed()), START), {"family": "quasipoisson", "log": True}, "logarithms are not counts"),
        (lambda: replace(series(changed(), START), covariates={"x": 2 * WHEN[None] + 1.0}), {"covariates": ["x"]}, "x says nothing that"),
        (lambda: series(changed()[38:48], 4), {"season": {"period": 12, "harmonics": 3}}, "10 periods are too few to tell 10 terms apart"),
    ],
)
def test_what_it_cannot_take_is_refused(panel, said, words):
    with pytest.raises(Refused, match=words):
        interrupted(panel(), asked("its", **said))


def test_several_starts_are_refused():
    panel = Panel(("a", "b"), series(changed(), START).periods, np.array([changed(), changed()]), np.array([START, START - 3]))
    with pytest.raises(Refused, match="use event_study"):
        interrupted(panel, ITS)
