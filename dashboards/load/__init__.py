"""Loading a file through the page: file, mapping, check, load; and the loads so far, each with its way back."""

from dashboards.load.page import show

__all__ = ["show"]
