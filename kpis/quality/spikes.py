"""Spikes at one value: the same number again and again, or round numbers too often, as when a form is filled in by habit."""

from typing import Any

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row, Untold
from kpis.quality.pile import CHANCE, DIFFERENT, FEWEST, Pile, chance_of, piles, small_ratios, too_short
from kpis.quality.series import SERIES, real
from kpis.reasons import amount
from kpis.score import Reason

ROUND = {10: 0.1, 5: 0.2}
"""Of numbers whose last digit is left to chance, a tenth ends in 0 and a fifth in 0 or 5: the idea of Whipple's index of ages."""
MOST_ZEROS = 9
WIDE = 100
"""Steps that a series must range over before its last digit can be called chance."""

SAME = N_("{count} of {all} values are exactly {value}, much more often than the values around it")
ROUNDED = N_("{count} of {all} values end in 0 or 5, where {usual} would be usual: they look rounded or guessed")
TENS = N_("{count} of {all} values end in 0, where {usual} would be usual: they look rounded or guessed")
CANNOT_TELL = N_("cannot tell: ratios of small or unknown parts come back by themselves")


def spikes(series: pl.DataFrame, definitions: Definitions, found: list[Pile] | None = None) -> Found:
    """A finding for each pile inside a series' range, and for each series that holds too many round numbers."""
    known = piles(series, definitions) if found is None else found
    same = [_same(pile, definitions) for pile in known if not pile.edge]
    heaped = [_heaped(row, definitions) for row in _round(_outside(series, known), definitions).to_dicts()]
    small = small_ratios(series, definitions)
    return Found((*same, *heaped), (*too_short(series), *([Untold(Reason(CANNOT_TELL), small)] if small else [])))


def _same(pile: Pile, definitions: Definitions) -> Finding:
    indicator = definitions.indicator[pile.indicator]
    said = {"count": len(pile.periods), "all": pile.of, "value": amount(pile.value, indicator)}
    return Finding(
        part="spikes",
        rule="same",
        urgency="check",
        owner=indicator.owner,
        indicators=(pile.indicator,),
        places=(pile.place,),
        reason=Reason(SAME, said),
        weight=len(pile.periods) / pile.of,
        rows=tuple(Row(day, pile.value) for day in pile.periods),
    )


def _outside(series: pl.DataFrame, found: list[Pile]) -> pl.DataFrame:
    """The values that are no pile: a cut at 150 is not a habit of writing tens."""
    schema = {**dict.fromkeys(SERIES, pl.String), "value": pl.Float64}
    told = pl.DataFrame([(pile.indicator, pile.place, pile.value) for pile in found], schema=schema, orient="row")
    return series.join(told, on=[*SERIES, "value"], how="anti", maintain_order="left")


def _round(series: pl.DataFrame, definitions: Definitions) -> pl.DataFrame:
    """The series with too many round numbers: indicator, place, all, base (10 or 5), count, usual, periods, values."""
    scale = {indicator.id: 10.0**indicator.decimals for indicator in definitions.indicators if indicator.kind != "ratio"}
    scaled = pl.col("value") * pl.col("indicator").replace_strict(scale, default=None, return_dtype=pl.Float64)
    whole = (pl.col("units") - pl.col("units").round()).abs().max() < 1e-6
    ranges = pl.col("units").max() - pl.col("units").min() >= WIDE
    stepped = pl.any_horizontal((pl.col("units").round() % step == 0).all() for step in (2, 5))  # all in twos or fives: no chance
    moved = real(series).filter((pl.col("value").ne_missing(pl.col("value").shift())).over(SERIES))  # one that stays says nothing
    enough = (pl.len() >= FEWEST) & (pl.col("value").n_unique() >= DIFFERENT)
    wide = moved.with_columns(units=scaled).with_columns(units=_own_units()).filter((enough & whole & ranges & stepped.not_()).over(SERIES))
    found = [_heap(wide, base) for base in ROUND]
    return pl.concat(found).unique(SERIES, keep="first", maintain_order=True)


def _own_units() -> pl.Expr:
    """Units of which at least one is no multiple of ten: a series that is all given in thousands is judged by its thousands."""
    zeros = pl.sum_horizontal((pl.col("units") % 10**power == 0).all().over(SERIES) for power in range(1, MOST_ZEROS + 1))
    return pl.col("units") / (10.0**zeros)


def _heap(values: pl.DataFrame, base: int) -> pl.DataFrame:
    ends = pl.col("units").round().cast(pl.Int64) % base == 0
    counted = values.group_by(SERIES, maintain_order=True).agg(
        pl.len().alias("all"),
        ends.sum().alias("count"),
        pl.col("period").filter(ends).alias("periods"),
        pl.col("value").filter(ends).alias("values"),
    )
    usual = pl.col("all") * ROUND[base]
    found = counted.filter(pl.col("count") > usual, pl.col("count") < pl.col("all")).with_columns(usual=usual, base=pl.lit(base))
    rare = [chance_of(count, expected) < CHANCE for count, expected in found.select("count", "usual").iter_rows()]
    return found.filter(pl.Series(rare, dtype=pl.Boolean))


def _heaped(row: dict[str, Any], definitions: Definitions) -> Finding:
    indicator = definitions.indicator[row["indicator"]]
    said = {"count": row["count"], "all": row["all"], "usual": round(row["usual"])}
    return Finding(
        part="spikes",
        rule="round",
        urgency="check",
        owner=indicator.owner,
        indicators=(row["indicator"],),
        places=(row["place"],),
        reason=Reason(TENS if row["base"] == 10 else ROUNDED, said),
        weight=row["count"] / row["all"],
        rows=tuple(Row(day, value) for day, value in zip(row["periods"], row["values"], strict=True)),
    )
