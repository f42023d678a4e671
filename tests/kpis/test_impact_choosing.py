"""Which method is proposed, by four plain questions or by the figures themselves, and what it can and cannot claim."""

from itertools import product

import numpy as np
import pytest

from kpis.impact.choosing import CAN, CANNOT, WHY, chosen, of_panel
from kpis.impact.panel import NEVER, Panel
from kpis.impact.study import METHODS, Method
from kpis.impact.thin import BEFORE


@pytest.mark.parametrize(
    ("treated", "comparison", "before", "other_starts", "method"),
    [
        (1, True, 40, False, "sdid"),
        (3, True, 40, False, "sdid"),
        (8, True, 40, False, "did"),
        (1, True, 4, False, "did"),
        (8, True, 40, True, "event_study"),
        (1, True, 40, True, "sdid"),
        (1, False, 40, False, "its"),
        (5, False, 40, True, "its"),
        (1, False, 6, False, None),
        (0, True, 40, False, None),
        (5, True, 2, True, None),
    ],
)
def test_four_answers_lead_to_a_method(treated, comparison, before, other_starts, method):
    assert chosen(treated, comparison, before, other_starts).method == method


@pytest.mark.parametrize("told", list(product((0, 1, 3, 9), (True, False), (0, 2, 7, 8, 30), (True, False))))
def test_a_method_is_never_proposed_below_what_it_needs(told):
    found = chosen(*told)
    if found.method is None:
        assert not found.can and not found.cannot and str(found.why)
    else:
        assert told[2] >= BEFORE[found.method] and found.can and found.cannot


def test_every_method_says_what_it_can_and_cannot_claim():
    methods: set[Method] = set(METHODS)
    assert set(CAN) == set(CANNOT) == set(WHY) == methods


def panel(first: list[int], periods: int = 30) -> Panel:
    values = np.random.default_rng(1).normal(size=(len(first), periods))
    units = tuple(f"place {number}" for number in range(len(first)))
    return Panel(units, tuple(map(str, range(periods))), values, np.array(first))


@pytest.mark.parametrize(
    ("first", "method"),
    [
        ([20, *[NEVER] * 9], "sdid"),
        ([20] * 6 + [NEVER] * 9, "did"),
        ([20, 15, *[NEVER] * 9], "event_study"),
        ([20, NEVER, NEVER], "its"),  # two others are too few to say what chance does
        ([20], "its"),
    ],
)
def test_the_figures_answer_for_themselves(first, method):
    assert of_panel(panel(first)).method == method
