"""Who works with the panel, what each may do, and who changed what: kept by the data office."""

from dashboards.administration.page import show

__all__ = ["show"]
