"""Budget and works: what the plan costs, whether money and work go together, and the key works by neighbourhood."""

from dashboards.plan.money.page import show

__all__ = ["show"]
