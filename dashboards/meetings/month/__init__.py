"""The month under review: its phases, its meeting with the agenda made for it, and its end."""

from dashboards.meetings.month.page import heading, show

__all__ = ["heading", "show"]
