"""What options are worth, when they pay back, what a unit of effect costs: against cases worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.appraisals.cost_benefit import RATES, CostBenefit, Worth, cost_benefit, internal_rates
from kpis.appraisals.cost_effectiveness import Effective, cost_effectiveness
from tests.appraised import appraisal, flows

ANNUITY = {"works": {"flows": flows([1000, 0, 0, 0], [0, 500, 500, 500])}}
"""1,000 now for 500 in each of three years. At 10 %: 454.5455 + 413.2231 + 375.6574 = 1,243.4260."""


def worths(options, rate: float, **more) -> CostBenefit:
    found = cost_benefit(appraisal(options, **more), rate)
    assert found is not None
    return found


def one(options, rate: float, **more) -> Worth:
    (worth,) = worths(options, rate, **more).worths
    return worth


def test_an_annuity_is_worth_what_the_textbook_says():
    worth = one(ANNUITY, 10)
    assert (worth.costs, worth.benefits) == (1000, pytest.approx(1243.4260, abs=1e-4))
    assert worth.net == pytest.approx(243.4260, abs=1e-4)
    assert worth.ratio == pytest.approx(1.2434260, abs=1e-7)
    assert worth.returns.rates == (pytest.approx(0.233752, abs=1e-6),)
    assert worth.by_rate[0] == pytest.approx(500)
    assert dict(zip(RATES, worth.by_rate, strict=True))[10] == pytest.approx(worth.net)


def test_it_pays_back_later_where_money_costs_more():
    assert [one(ANNUITY, rate).payback for rate in (0, 10, 20)] == [2029, 2030, 2030]
    assert one(ANNUITY, 19.9).payback == 2030
    assert one({"works": {"flows": flows([1000, 0, 0, 0], [0, 300, 300, 300])}}, 0).payback is None


def test_what_costs_again_at_the_end_has_not_paid_back_before():
    worth = one({"works": {"flows": flows([100, 0, 0, 80], [0, 120, 0, 100])}}, 0)
    assert worth.payback == 2028
    worth = one({"works": {"flows": flows([100, 0, 80, 0], [0, 120, 0, 100])}}, 0)
    assert worth.payback == 2030


def test_the_switching_values_bring_the_worth_to_zero():
    worth = one(ANNUITY, 10)
    assert worth.costs_may_rise is not None and worth.benefits_may_fall is not None
    assert worth.benefits - worth.costs * (1 + worth.costs_may_rise) == pytest.approx(0)
    assert worth.benefits * (1 - worth.benefits_may_fall) - worth.costs == pytest.approx(0)
    assert worth.swings == pytest.approx((443.4260, 43.4260, -5.2592, 492.1112), abs=1e-3)


def test_amounts_are_discounted_to_the_year_of_their_prices():
    assert one(ANNUITY, 10, base_year=2025).net == pytest.approx(243.4260 / 1.21, abs=1e-4)
    assert worths(ANNUITY, 10).base_year == 2027


def test_years_that_nobody_wrote_down_still_pass():
    spread = [{"year": 2027, "cost": 100}, {"year": 2029, "benefit": 121}]
    worth = one({"works": {"flows": spread}}, 10)
    assert worth.net == pytest.approx(0)
    assert worth.returns.rates == (pytest.approx(0.1),)


def test_everything_is_held_against_doing_nothing():
    plain = one(ANNUITY, 10)
    beside = one({"works": {"flows": flows([1070, 70, 70, 70], [20, 520, 520, 520])}}, 10, nothing={"flows": flows([70] * 4, [20] * 4)})
    assert (beside.net, beside.ratio, beside.payback) == (pytest.approx(plain.net), pytest.approx(plain.ratio), plain.payback)


def test_what_saves_money_has_no_ratio_and_nothing_switches_it():
    worth = one({"works": {"flows": flows([10, 10], [5, 5])}}, 4, nothing={"flows": flows([30, 30], [0, 0])})
    assert (worth.ratio, worth.costs_may_rise, worth.returns.kind) == (None, None, "none")
    assert worth.net > 0 and worth.payback == 2027


def test_where_nothing_is_worth_its_cost_none_is_the_best():
    found = worths({"works": {"flows": flows([100, 0], [0, 50])}}, 4)
    assert found.best is None
    found = worths({**ANNUITY, "less": {"flows": flows([100, 0, 0, 0], [0, 50, 50, 50])}}, 10)
    assert found.best is not None and found.best.option == "works"


@pytest.mark.parametrize(
    ("told", "kind", "rates"),
    [
        ([-100, 110], "one", [0.10]),
        ([-100, 0, 121], "one", [0.10]),
        ([-100, 50], "one", [-0.5]),
        ([-100, 230, -132], "several", [0.10, 0.20]),
        ([-100, 200, -150], "none", []),
        ([100, 100], "none", []),
        ([-100, -100], "none", []),
        ([0, 0, 0], "none", []),
        ([0, -100, 110], "one", [0.10]),
        ([-100, 120, -10, 0], "one", [0.109902]),  # the other root is -91 %: no return that anybody means
        ([-100, 10], "none", []),
    ],
)
def test_an_internal_rate_is_told_only_where_there_is_one(told, kind, rates):
    found = internal_rates(told)
    assert (found.kind, list(found.rates)) == (kind, pytest.approx(rates, abs=1e-5))


@given(st.floats(1, 1e6), st.floats(0.01, 5), st.integers(1, 12))
def test_one_payment_and_one_return_have_the_rate_of_compound_interest(paid, rate, years):
    found = internal_rates([-paid, *[0.0] * (years - 1), paid * (1 + rate) ** years])
    assert (found.kind, found.rates) == ("one", (pytest.approx(rate, rel=1e-5),))


def effects(**options: tuple[float, float]) -> dict[str, Effective]:
    """By name, from cost and effect."""
    given = {name: {"flows": flows([cost], [0]), "effect": float(effect)} for name, (cost, effect) in options.items()}
    told = appraisal(given, outcome={"name": "Points", "unit": "points"})
    return {found.option: found for found in cost_effectiveness(told, cost_benefit(told, 4))}


def test_options_that_another_makes_pointless_are_named():
    found = effects(a=(100, 10), b=(300, 12), c=(200, 9), d=(400, 20))
    assert found["c"].dominated_by == "a"
    assert (found["b"].dominated_by, found["b"].passed_over) == (None, True)  # 100 a unit more, and then 12.5: a and d are better mixed
    assert (found["a"].step, found["d"].step) == (pytest.approx(10), pytest.approx(30))
    assert (found["idle"].step, found["idle"].passed_over, found["idle"].dominated_by) == (None, False, None)
    assert found["a"].unit_cost == pytest.approx(10)


def test_what_does_nothing_for_its_money_is_dominated_by_doing_nothing():
    found = effects(a=(100, 10), worse=(50, -1), idle_too=(50, 0))
    assert (found["worse"].dominated_by, found["idle_too"].dominated_by) == ("idle", "idle")
    assert found["worse"].unit_cost is None


def test_two_options_alike_stand_on_the_same_step():
    found = effects(a=(100, 10), twin=(100, 10))
    assert (found["a"].step, found["twin"].step) == (10, 10)
    assert not found["twin"].passed_over and found["twin"].dominated_by is None


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 60)), min_size=1, max_size=6))
def test_each_step_up_costs_no_less_than_the_one_before(pairs):
    found = effects(**{f"o{n}": pair for n, pair in enumerate(pairs)})
    steps = [one.step for one in sorted(found.values(), key=lambda one: (one.effect, one.cost)) if one.step is not None]
    assert steps == sorted(steps)
    for one in found.values():
        if one.dominated_by:
            other = found[one.dominated_by]
            assert other.cost <= one.cost and other.effect >= one.effect
