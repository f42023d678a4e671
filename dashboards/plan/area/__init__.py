"""One area on one page, for the weekly meeting with its head: what it promised, what it owes, who holds its posts; and where it reports."""

from dashboards.plan.area.page import asked, heading, show

__all__ = ["asked", "heading", "show"]
