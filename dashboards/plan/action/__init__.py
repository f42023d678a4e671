"""The page Action: one piece of the plan, from what it promises to who wrote what, and the forms it is kept up to date with."""

from dashboards.plan.action.page import asked, heading, show

__all__ = ["asked", "heading", "show"]
