"""Earned value: whether the work done is worth what was planned by today, and what was spent on it.

    PV   planned value: the budget of the work that was to be done by the day
    EV   earned value: the budget of the work that is proved
    AC   actual cost: of each budget line the obligations recognised (accrued), else what was paid
    BAC  budget at completion: the amount in force

    SV = EV - PV    SPI = EV / PV    CV = EV - AC    CPI = EV / AC    TCPI = (BAC - EV) / (BAC - AC)

PMI, The Standard for Earned Value Management (2019); the same names and forms.
"""

from dataclasses import dataclass

import polars as pl

from kpis.plans.forest import forest
from kpis.plans.truth import Truth


@dataclass(frozen=True)
class EarnedValue:
    """Four amounts in one currency; what follows from them is null where it would divide by zero.

    `actions` are those it adds up; `left_out` those that have a budget and count, but no cost on any line, or no days to plan by.
    """

    planned: float
    earned: float
    cost: float
    budget: float
    currency: str | None = None
    actions: int = 1
    left_out: int = 0

    @property
    def schedule_variance(self) -> float:
        """SV; below zero, less is done than was planned."""
        return self.earned - self.planned

    @property
    def cost_variance(self) -> float:
        """CV; below zero, the work done cost more than it was worth."""
        return self.earned - self.cost

    @property
    def schedule_index(self) -> float | None:
        """SPI; below 1, behind."""
        return _ratio(self.earned, self.planned)

    @property
    def cost_index(self) -> float | None:
        """CPI; below 1, dearer than planned."""
        return _ratio(self.earned, self.cost)

    @property
    def at_completion(self) -> float | None:
        """EAC = BAC / CPI: the rest costs as much above plan as what was done."""
        return _ratio(self.budget * self.cost, self.earned)

    @property
    def at_completion_as_planned(self) -> float:
        """EAC = AC + BAC - EV: the rest costs what was planned."""
        return self.cost + self.budget - self.earned

    @property
    def at_completion_with_delay(self) -> float | None:
        """EAC = AC + (BAC - EV) / (CPI * SPI): the rest costs more by both, as where a delay has to be caught up."""
        if self.cost_index is None or self.schedule_index is None:
            return None
        rest = _ratio(self.budget - self.earned, self.cost_index * self.schedule_index)
        return None if rest is None else self.cost + rest

    @property
    def to_complete_index(self) -> float | None:
        """TCPI: how much work each unit of the money left has to bring; null where none is left."""
        return _ratio(self.budget - self.earned, self.budget - self.cost) if self.budget > self.cost else None


def earned_value(found: Truth, node_id: int | None = None) -> EarnedValue | None:
    """Of a node, or of the plan: its actions that count, have a budget and a cost, and can be planned; None without any.

    What was planned of an action is the share of its milestones due by the day; where one has no day, its time used. None too where the
    actions have several currencies.
    """
    priced = _actions(found, node_id).filter((pl.col("actions") > 0) & (pl.col("budget") > 0))
    told = priced.drop_nulls(["cost", "planned"])
    if told.is_empty() or told["currency"].n_unique() > 1:
        return None
    sums = told.select(planned=_part("planned"), earned=_part("proved"), cost="cost", budget="budget").sum().row(0, named=True)
    return EarnedValue(**sums, currency=told["currency"][0], actions=told.height, left_out=priced.height - told.height)


def _actions(found: Truth, node_id: int | None) -> pl.DataFrame:
    due = found.tree.proofs.select("node", due=100 * pl.col("planned") / pl.col("shares"))
    cost = found.tree.money.group_by("node").agg(pl.col("cost").first())  # of what has two currencies nothing is added up
    nodes = found.nodes
    for each in (due, cost):
        nodes = nodes.join(each, left_on="id", right_on="node", how="left", maintain_order="left")
    if node_id is not None:
        inside = forest(nodes).origins(pl.Series([*(nodes["id"] == node_id), False]).to_numpy())[:-1] >= 0
        nodes = nodes.filter(pl.Series(inside))
    return nodes.filter("leaf").with_columns(planned=pl.coalesce("due", "time_used"))


def _part(percent: str) -> pl.Expr:
    return pl.col("budget") * pl.col(percent) / 100


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
