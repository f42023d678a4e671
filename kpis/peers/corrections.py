"""How figures were corrected after they first came: how much is usual, and which figures are still to be taken as provisional."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data.facts import Facts
from data.periods import Month
from kpis.widening import usual_corrections

MOST_OF = 0.5
"""Share of its last periods from which on a series is one that is usually corrected."""
LOOKED_AT = 12
"""Periods up to the month that is looked at, of which that share is taken."""

DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}
"""At most in a period."""


@dataclass(frozen=True)
class Corrections:
    """`usual` is the usual size of the city's own corrections by indicator, in its unit; `usually` names each (place, indicator) of
    which at least half of the latest periods were corrected, `corrected` each (place, indicator, period) that was."""

    usual: dict[str, float] = field(default_factory=dict)
    usually: frozenset[tuple[str, str]] = frozenset()
    corrected: frozenset[tuple[str, str, date]] = frozenset()


def corrections(facts: Facts | None, places: Sequence[str], month: Month) -> Corrections:
    """Of the first place and of its peers, from what was known of periods up to a month."""
    if facts is None:
        return Corrections()
    replaced = facts.replaced(places, month.last)
    own = replaced.filter(pl.col("place") == places[0])
    periods = replaced.drop_nulls(["before", "after"]).select("place", "indicator", "period").unique()
    return Corrections(dict(usual_corrections(own).iter_rows()), _usually(periods, facts, month), frozenset(periods.iter_rows()))


def _usually(periods: pl.DataFrame, facts: Facts, month: Month) -> frozenset[tuple[str, str]]:
    """Those of which at least half of the last LOOKED_AT periods were corrected: one that is corrected no more is not provisional."""
    kinds = pl.DataFrame(
        [(name, DAYS[frequency] * LOOKED_AT) for name, frequency in facts.frequencies.items()],
        schema={"indicator": pl.String, "reach": pl.Int64},
        orient="row",
    )
    near = periods.join(kinds, on="indicator").filter((pl.lit(month.last) - pl.col("period")).dt.total_days() < pl.col("reach"))
    counted = near.group_by("place", "indicator").len().filter(pl.col("len") >= MOST_OF * LOOKED_AT)
    return frozenset(counted.select("place", "indicator").iter_rows())
