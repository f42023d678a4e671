"""What the facts hold of one indicator at a place and its peers: periods by places, divided as it is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.metrics.observations import observations

Numbers = NDArray[np.float64]
YEARS = 6
"""How far back is read: five years that are shown, and one before them."""
OWN = 0
"""The city's own column; those of its peers follow in their order."""


@dataclass(frozen=True, eq=False)
class Held:
    """`raw` holds periods by places as they were measured, NaN where nothing is known, and `values` the same divided by `divided`.

    `above` and `below` are the two parts of a ratio, `flags` why a value is missing, by place and period. The periods are the last
    days of those of which any place has something, the oldest first.
    """

    indicator: Indicator
    places: tuple[str, ...]
    ends: tuple[date, ...]
    raw: Numbers
    above: Numbers
    below: Numbers
    divided: Numbers
    flags: Mapping[tuple[str, date], str]

    @property
    def values(self) -> Numbers:
        """As they are compared; NaN too where what they are divided by is not known."""
        return self.raw * self.divided

    def last(self, place: int) -> int | None:
        """The row of the latest value of a place."""
        known = np.flatnonzero(np.isfinite(self.raw[:, place]))
        return int(known[-1]) if known.size else None

    def row(self, end: date) -> int | None:
        """The row of a period, None where nobody has anything of it."""
        return self.ends.index(end) if end in self.ends else None


def names(catalogue: Catalogue, definitions: Definitions) -> list[str]:
    """What places are compared by: every indicator, and the metrics that goals are measured by."""
    metrics = [kpi.measure for kpi in catalogue.kpis if kpi.measure in catalogue.measures]
    return list(dict.fromkeys([*definitions.indicator, *metrics]))


def held(facts: Facts | None, catalogue: Catalogue, definitions: Definitions, places: Sequence[str], month: Month) -> dict[str, Held]:
    """All of them by id, up to a month, from one reading of the facts."""
    asked, parts = names(catalogue, definitions), dict[tuple, pl.DataFrame]()
    if facts is not None:
        since = month.plus(-12 * YEARS).last
        rows = observations(facts, catalogue, definitions, asked, places=places, since=since, until=month.last)
        parts = _laid(rows, places).partition_by("indicator", as_dict=True)
    nothing = _laid(_NOTHING, places)
    every = ((catalogue.indicator(name, definitions), parts.get((name,), nothing)) for name in asked)
    return {indicator.id: _held(indicator, rows, definitions, tuple(places)) for indicator, rows in every}


NUMBERS = ("value", "numerator", "denominator")
_NOTHING = pl.DataFrame(schema={"place": pl.String, "period": pl.Date, "flag": pl.String, **dict.fromkeys(NUMBERS, pl.Float64)})


def _laid(rows: pl.DataFrame, places: Sequence[str]) -> pl.DataFrame:
    """The rows with the column of each one's place, their numbers NaN where unknown."""
    numbers = (pl.col(name).cast(pl.Float64).fill_null(float("nan")) for name in NUMBERS)
    at = pl.col("place").replace_strict(list(places), list(range(len(places))), return_dtype=pl.Int64)
    return rows.with_columns(*numbers, at.alias("at"))


def _held(indicator: Indicator, rows: pl.DataFrame, definitions: Definitions, places: tuple[str, ...]) -> Held:
    days, row = np.unique(rows["period"].to_numpy(), return_inverse=True)
    ends, column = tuple(days.astype("datetime64[D]").tolist()), rows["at"].to_numpy()

    def laid(name: str) -> Numbers:
        table = np.full((len(ends), len(places)), np.nan)
        table[row, column] = rows[name].to_numpy()
        return table

    raw = laid("value")
    raw[~np.isfinite(raw)] = np.nan
    flagged = rows.filter(pl.col("flag").is_not_null()) if rows["flag"].null_count() < rows.height else rows.clear()
    flags = {(place, period): flag for place, period, flag in flagged.select("place", "period", "flag").iter_rows()}
    divided = np.array([factor(indicator, definitions, place) for place in places])
    return Held(indicator, places, ends, raw, laid("numerator"), laid("denominator"), divided, flags)


def factor(indicator: Indicator, definitions: Definitions, place: str) -> float:
    """What a place's value is multiplied by to be compared; NaN where it is a count, and what divides it is not known."""
    if indicator.compare is None:
        return float("nan") if indicator.is_count else 1.0
    by, here = indicator.compare.by, definitions.place[place]
    told = here.population if by == "population" else here.traits.get(by)
    return indicator.compare.per / told if isinstance(told, int | float) and told > 0 else float("nan")
