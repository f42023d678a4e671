"""Forty made panels whose truth is known: intervals hold it, nothing is called clear that is not there, what is too thin is refused.

`make simulate` asks the same of 500 by every method, to the bounds of docs/verdicts.md; so few panels can only show what is far off.
Five seconds of CPU: it is the whole way from a panel to a verdict that is held here, and nothing shorter shows it.
"""

from functools import cache

import pytest

from kpis.impact.sdid import sdid
from kpis.impact.thin import refusal
from tests.simulate.outcomes import Outcome, asked, outcomes, summary
from tests.simulated_panels import apart, made, study, thin

PANELS = 20
"""Of each: with an effect of three standard deviations of noise, and with none. Twenty cities are the fewest that can be clear."""


@cache
def found(effect: float) -> list[Outcome]:
    return outcomes(range(PANELS), effect, cities=20, treated=1)


def test_intervals_hold_the_truth():
    known = summary(found(3.0) + found(0.0))
    assert 0.85 <= known.covered <= 1.0
    assert 0.6 <= known.error / known.se <= 1.4


def test_intervals_hold_the_truth_among_few_too():
    """Seven others, as a city has districts: many mixes of periods fit so few without a rest, and a placebo may not know them before."""
    alone = [sdid(made(seed, cities=8, treated=1).panel, study()) for seed in range(60)]
    assert sum(found.low <= 0 <= found.high for found in alone if found.low is not None and found.high is not None) >= 53
    assert not any(judged.kind == "clear_effect" for judged in outcomes(range(10), 3.0, cities=8, treated=1))


def test_an_effect_that_is_there_is_told():
    told = summary(found(3.0))
    assert told.kinds["clear_effect"] >= 0.3
    assert told.kinds["clear_effect"] + told.kinds["likely_effect"] >= 0.8
    assert told.wrong_way == 0


def test_none_is_called_clear_that_is_not_there():
    none = summary(found(0.0))
    assert none.kinds["clear_effect"] == 0
    assert none.kinds["likely_effect"] <= 0.15
    assert none.kinds["no_detectable_effect"] >= 0.3


@pytest.mark.parametrize("seed", range(5))
def test_a_city_that_goes_its_own_way_cannot_be_told(seed: int):
    one = asked(apart(seed))
    assert one and one.kind == "cannot_tell"
    assert "fit" in one.against


@pytest.mark.parametrize("seed", range(5))
def test_thin_panels_are_refused(seed: int):
    assert [name for name, panel in thin(seed).items() if refusal(panel, study()) is None] == []


def test_a_panel_as_made_is_not_refused():
    assert [seed for seed in range(PANELS) if refusal(made(seed).panel, study())] == []


def test_the_truth_is_what_was_added():
    with_effect, without = made(7, 2.0), made(7)
    added = with_effect.panel.values - without.panel.values
    assert without.truth == 0
    assert not added[~with_effect.panel.treated].any()
    assert with_effect.truth == pytest.approx(added[with_effect.panel.treated, with_effect.panel.start :].mean())
    assert not added[:, : with_effect.panel.start].any()
