"""The page Follow-ups: who owes what by when, what was kept, and the forms by which it is asked for and settled."""

from dashboards.meetings.follow_ups.page import show

__all__ = ["show"]
