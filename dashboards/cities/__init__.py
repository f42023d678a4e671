"""The consultant's home: one row for each city, from the closed months that cities signed and sent."""

from dashboards.cities.page import show

__all__ = ["show"]
