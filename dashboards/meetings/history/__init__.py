"""The page History: whatever meetings decided and asked for and people worried about, found by its words."""

from dashboards.meetings.history.page import show

__all__ = ["show"]
