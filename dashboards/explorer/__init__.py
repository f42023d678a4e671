"""The explorer: any indicators and places over any months, as chart, map or table."""

from dashboards.explorer.page import show

__all__ = ["show"]
