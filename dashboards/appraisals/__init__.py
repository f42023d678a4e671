"""Before deciding: one appraisal with its options side by side, and the list of all."""

from dashboards.appraisals.listing import show_list
from dashboards.appraisals.page import asked, heading, show

__all__ = ["asked", "heading", "show", "show_list"]
