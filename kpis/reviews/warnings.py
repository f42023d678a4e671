"""What looks odd in a value that somebody typed. It is kept all the same, and shown to whoever types and to whoever judges it.

A value that its series does not do by itself is told by the rules of kpis.signals, held against what was known before it. Where the series
is too short for that, a value of ten times the last one, or a tenth of it, is asked about: that is what a slip of the decimal mark makes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.indicators import Indicator
from data.problems import N_
from kpis.reasons import amount
from kpis.score import Reason
from kpis.signals import signals
from kpis.unusual import reason

SLIP = 10
"""Times the value before, or that part of it, from which the decimal mark is asked about."""
ALL = 100
"""Of a share, in percent."""
TEN_TIMES = N_("{times} times the value before, {last}: is the decimal mark right?")
A_TENTH = N_("less than a tenth of the value before, {last}: is the decimal mark right?")
BELOW_ZERO = N_("a count below zero")
ABOVE_ALL = N_("more than all: a share of {value}")
KEY = ("place", "indicator", "segment", "period")
Key = tuple[Any, ...]


def warnings(owed: pl.DataFrame, held: pl.DataFrame, definitions: Definitions) -> dict[Key, list[Reason]]:
    """By place, indicator, segment and period what looks odd in each value that was typed and waits; without those that look well.

    `owed` has the columns of kpis.reviews.values_owed, `held` those of observations, in every segment.
    """
    typed = owed.filter(pl.col("value").is_not_null(), pl.col("state").is_in(["draft", "sent", "returned", "validated"]))
    typed = typed.filter(pl.col("indicator").is_in(list(definitions.indicator)))
    unusual = _unusual(typed, held, definitions)
    found = {}
    for row in typed.iter_rows(named=True):
        key, indicator = tuple(row[name] for name in KEY), definitions.indicator[row["indicator"]]
        signal = unusual.get(key)
        said = [*_plain(row, indicator), *([signal] if signal else _slips(row, indicator))]
        if said:
            found[key] = said
    return found


def _unusual(typed: pl.DataFrame, held: pl.DataFrame, definitions: Definitions) -> dict[Key, Reason]:
    """Each part of people or things as the whole, because kpis.signals looks at wholes."""
    found: dict[Key, Reason] = {}
    for (segment,), part in typed.group_by("segment", maintain_order=True):
        series = part.select("place", "indicator").unique()
        before = held.filter(pl.col("segment") == segment).join(series, on=["place", "indicator"], how="semi")
        before = before.join(part, on=["place", "indicator", "period"], how="anti")
        columns = ["place", "indicator", "period", "value"]
        rows = pl.concat([before.select(columns), part.select(columns)]).with_columns(segment=pl.lit(""))
        told = signals(rows, definitions).filter(pl.col("rule").is_not_null())
        told = told.join(part.select("place", "indicator", "period"), on=["place", "indicator", "period"], how="semi")
        for row in told.iter_rows(named=True):
            found[row["place"], row["indicator"], segment, row["period"]] = reason(definitions.indicator[row["indicator"]], row)
    return found


def _slips(row: Mapping[str, Any], indicator: Indicator) -> Iterator[Reason]:
    value, last = row["value"], row["last"]
    if not last or not value or value * last < 0:
        return
    said = {"last": amount(last, indicator, value)}
    if abs(value) >= SLIP * abs(last):
        yield Reason(TEN_TIMES, {**said, "times": int(abs(value / last))})
    elif abs(value) * SLIP <= abs(last):
        yield Reason(A_TENTH, said)


def _plain(row: Mapping[str, Any], indicator: Indicator) -> Iterator[Reason]:
    value = row["value"]
    if indicator.is_count and value < 0:
        yield Reason(BELOW_ZERO)
    if indicator.unit == "%" and indicator.kind != "flow" and value > ALL:
        yield Reason(ABOVE_ALL, {"value": amount(value, indicator, value)})
