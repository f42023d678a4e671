"""One neighbourhood on one page, to be read before a visit: its promises, works, goals, decisions, and who answers for them."""

from dashboards.plan.neighbourhood.page import asked, heading, show

__all__ = ["asked", "heading", "show"]
