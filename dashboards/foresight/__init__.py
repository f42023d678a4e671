"""The Foresight page: the goals' chances, scenarios, and the register of trends."""

from dashboards.foresight.page import show

__all__ = ["show"]
