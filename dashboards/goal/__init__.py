"""One goal: how it stands, its way so far, why it has its status, where, and what exactly is measured."""

from dashboards.goal.page import asked, heading, show

__all__ = ["asked", "heading", "show"]
