"""Accountability: how much of the plan is carried out, what was decided and why, what failed and was learnt, and what came of it."""

from dashboards.plan.accountability.page import show

__all__ = ["show"]
