"""My work: what somebody owes by the review of a month, by date, and where they do it; for the data office, who owes what."""

from dashboards.work.page import heading, show

__all__ = ["heading", "show"]
