"""A meeting as it is projected: one item at a time, in large type, with what is written down of it in place."""

from dashboards.meetings.projected.page import asked, heading, show

__all__ = ["asked", "heading", "show"]
