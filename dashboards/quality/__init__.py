"""The Quality page: what in the data needs mending, and who mends it."""

from dashboards.quality.page import show

__all__ = ["show"]
