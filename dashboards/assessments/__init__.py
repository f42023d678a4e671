"""The page Assessments: what is due, how much of the plan was ever judged, and every policy with what was found of it."""

from dashboards.assessments.page import show

__all__ = ["show"]
