"""The page Concerns: what somebody worries about, answered, decided, and closed by whoever raised it."""

from dashboards.meetings.concerns.page import show

__all__ = ["show"]
