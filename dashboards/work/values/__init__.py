"""Values that areas owe to a review: typed, pasted or sent back in a sheet; asked about, validated and published by the data office."""

from dashboards.work.values.office import waiting
from dashboards.work.values.page import show

__all__ = ["show", "waiting"]
