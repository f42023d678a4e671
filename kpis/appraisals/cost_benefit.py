"""Costs and benefits of each option over the years, discounted, above what doing nothing costs and brings.

Amounts are at the prices of the base year, to which they are discounted: net present value is the sum of (benefit - cost) / (1 + r)^t,
where t counts years from the base year (Boardman, Greenberg, Vining and Weimer, Cost-Benefit Analysis, 5th ed. 2018, chapter 9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

import numpy as np
import pyxirr

from kpis.appraisals.appraisal import Appraisal, Option

RATES = tuple(range(13))
"""Percent a year at which the sensitivity of the net present value is drawn."""
SWINGS = (-20, 20)
"""Percent by which costs and benefits are moved."""
LOWEST, HIGHEST = -0.5, 10.0
"""Between which an internal rate means something: half of it lost each year, and ten times as much gained."""
SAME = 1e-6


@dataclass(frozen=True)
class Returns:
    """The internal rate of return: `one`, of which `rates` holds the only value, as a share; `several`; or `none`."""

    kind: Literal["one", "several", "none"]
    rates: tuple[float, ...] = ()


@dataclass(frozen=True)
class Worth:
    """What an option is worth above doing nothing. `costs` and `benefits` are present values in the city's currency.

    `ratio` of benefits to costs is None where it costs no more than doing nothing. `payback` is the year from whose end on it has brought
    more than it cost, discounted, and stays so; None where that never comes. `costs_may_rise` and `benefits_may_fall` are the switching
    values: the share by which either may change before the worth is zero, below zero where it is not worth it already; None where nothing
    can switch it. `swings` are the worths with costs 20 % lower and higher, then with benefits 20 % lower and higher; `by_rate` those at
    RATES.
    """

    option: str
    costs: float
    benefits: float
    flows: tuple[float, ...]
    ratio: float | None
    returns: Returns
    payback: int | None
    costs_may_rise: float | None
    benefits_may_fall: float | None
    swings: tuple[float, ...]
    by_rate: tuple[float, ...]

    @property
    def net(self) -> float:
        """Net present value above doing nothing."""
        return self.benefits - self.costs


@dataclass(frozen=True)
class CostBenefit:
    """All options but doing nothing, whose worth is zero, in the order of the file. `rate` is in percent a year."""

    rate: float
    base_year: int
    years: tuple[int, ...]
    worths: tuple[Worth, ...]

    @property
    def best(self) -> Worth | None:
        """The option that is worth the most; None where none is worth more than doing nothing."""
        found = max(self.worths, key=lambda worth: worth.net)
        return found if found.net > 0 else None


def cost_benefit(told: Appraisal, rate: float) -> CostBenefit | None:
    """The worth of every option at a rate in percent; None where the appraisal has no flows."""
    if not told.years or told.priced_in is None:
        return None
    costs, benefits = _flows(told.nothing, told.years)
    worths = []
    for option in told.options:
        if not option.nothing:
            own_costs, own_benefits = _flows(option, told.years)
            worths.append(_worth(option.id, own_costs - costs, own_benefits - benefits, told.years, told.priced_in, rate))
    return CostBenefit(rate, told.priced_in, told.years, tuple(worths))


def present(flows: Sequence[float], years: Sequence[int], base_year: int, rate: float) -> float:
    """The value in the base year of one flow for each year, at a rate in percent."""
    whole = [0.0] * (years[-1] - years[0] + 1)
    for year, flow in zip(years, flows, strict=True):
        whole[year - years[0]] = float(flow)
    return float(pyxirr.npv(rate / 100, whole) or 0.0) * (1 + rate / 100) ** (base_year - years[0])


def internal_rates(flows: Sequence[float]) -> Returns:
    """The rates, as shares, at which flows of one year after another are worth nothing.

    Where flows change their sign more than once there may be several, of which none says anything (Lorie and Savage 1955).
    """
    changes = sum(before * after < 0 for before, after in pairwise([flow for flow in flows if flow]))
    if changes == 0:
        return Returns("none")
    found = _roots(flows)
    if len(found) > 1:
        return Returns("several", tuple(found))
    rate = pyxirr.irr(list(flows), guess=found[0], silent=True) if found else None
    return Returns("one", (float(rate),)) if rate is not None else Returns("none")


def _worth(name: str, costs: np.ndarray, benefits: np.ndarray, years: Sequence[int], base_year: int, rate: float) -> Worth:
    def valued(flows: np.ndarray, percent: float = rate) -> float:
        return present(flows.tolist(), years, base_year, percent)

    cost, benefit, net = valued(costs), valued(benefits), benefits - costs
    low, high = (1 + swing / 100 for swing in SWINGS)
    return Worth(
        option=name,
        costs=cost,
        benefits=benefit,
        flows=tuple(net.tolist()),
        ratio=benefit / cost if cost > 0 else None,
        returns=internal_rates(_every_year(net, years)),
        payback=_payback(net, years, rate),
        costs_may_rise=benefit / cost - 1 if cost > 0 else None,
        benefits_may_fall=1 - cost / benefit if benefit > 0 else None,
        swings=(benefit - low * cost, benefit - high * cost, low * benefit - cost, high * benefit - cost),
        by_rate=tuple(valued(net, percent) for percent in RATES),
    )


def _flows(option: Option, years: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Costs and benefits of each year; zeros for doing nothing where it has none."""
    by_year = {flow.year: flow for flow in option.flows}
    costs, benefits = ([getattr(by_year[year], key) if year in by_year else 0.0 for year in years] for key in ("cost", "benefit"))
    return np.array(costs), np.array(benefits)


def _every_year(flows: np.ndarray, years: Sequence[int]) -> list[float]:
    """With a zero for each year that nobody wrote down."""
    by_year = dict(zip(years, flows.tolist(), strict=True))
    return [by_year.get(year, 0.0) for year in range(years[0], years[-1] + 1)]


def _payback(flows: np.ndarray, years: Sequence[int], rate: float) -> int | None:
    discounted = [flow / (1 + rate / 100) ** (year - years[0]) for year, flow in zip(years, flows.tolist(), strict=True)]
    short = [year for year, total in zip(years, accumulate(discounted), strict=True) if total < -SAME]
    return next((year for year in years if not short or year > short[-1]), None)


def _roots(flows: Sequence[float]) -> list[float]:
    """Every real rate between LOWEST and HIGHEST at which the flows are worth nothing, from the polynomial in 1 / (1 + rate)."""
    factors = np.roots(list(reversed(flows)))
    real = [1 / factor.real - 1 for factor in factors if abs(factor.imag) < SAME and factor.real > SAME]
    inside = sorted(rate for rate in real if LOWEST - SAME <= rate <= HIGHEST)
    return [rate for n, rate in enumerate(inside) if n == 0 or rate - inside[n - 1] > SAME]
