"""Bands of a preset or of a list, made no narrower than the least that the data can tell: their edges move, and none is lost.

What is asked stays where it is. From there outwards, on either side, each edge keeps at least that distance from the one before it,
so that no light turns on less: with 70 due and bands at 69 and 66, and a least difference of 5, they begin at 65 and 60. Edges keep
their order, so what was proved of the bands holds of the widened ones (kpis.bands.moved, which are proved again).

Edges of shares are moved among shares: there the least difference is a part of the way, of what is asked, or of the scale. A ratio where
lower is better, asked / value, is read as -value / asked for that. Where there is no way to be a part of, a value counts by its own
distance from what is asked.
"""

from collections.abc import Sequence

import polars as pl

from kpis.attainment import ASKED, BASE, DUE, HIGH, LOW, OUTSIDE, SIGN, VALUE, equal, room_outside
from kpis.bands import EQUAL

FORM, SMALLEST = pl.col("form"), pl.col("smallest")
LEAST, AT, PLACE_LOW, PLACE_HIGH, FLAT = (pl.col(f"band_{name}") for name in ("least", "at", "place_low", "place_high", "flat"))


def edge(nth: int) -> str:
    """The column that holds where the nth band begins, the lowest being 0; the nominal one before it is moved."""
    return f"band_edge_{nth}"


def with_widened_edges(table: pl.DataFrame, count: int, of_value: pl.Expr) -> pl.DataFrame:
    """The table, whose columns `edge` 1 to `count` are nominal, with `passed`, how many edges each number has passed, and `edges`.

    `edges` are the places of all edges in the numbers of the list itself; null where none has moved, and where shares have no way to be
    parts of. Reads the columns of kpis.aims and of kpis.attainment, `number` and `smallest`.
    """
    nths = range(1, count + 1)
    turned = of_value.not_() & (FORM == "ratio") & (SIGN < 0)
    table = table.with_columns(band_turned=turned, band_unit=_unit(of_value), band_of_value=of_value)
    table = table.with_columns(
        band_flat=(of_value.not_() & (pl.col("band_unit") <= 0)).fill_null(value=False),
        band_place_low=_place(of_value, LOW),
        band_place_high=_place(of_value, HIGH),
        **{f"band_nominal_{nth}": _turned(pl.col(edge(nth))) for nth in nths},
    )
    table = table.with_columns(band_at=_at(), band_least=_least())
    for nth in reversed(nths):
        table = _moved(table, nth, count, down=True)
    for nth in nths:
        table = _moved(table, nth, count, down=False)
    table = table.with_columns(passed=pl.sum_horizontal(_passed(nth).cast(pl.Int64) for nth in nths), edges=_edges(nths))
    return table.drop(pl.selectors.starts_with("band_"))


def _unit(of_value: pl.Expr) -> pl.Expr:
    """How much of the indicator's unit is a share of 1."""
    return (
        pl.when(of_value).then(1.0)
        .when(FORM == "way").then(pl.when(equal(ASKED, BASE)).then(0.0).otherwise((ASKED - BASE).abs()))
        .when(FORM == "ratio").then(ASKED)
        .when(FORM == "performance").then(pl.col("scale_max") - pl.col("scale_min"))
        .when(FORM == "range").then(room_outside())
        .otherwise(1.0)
    )  # fmt: skip


def _place(of_value: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Where what is asked stands among the edges: at a share of 1, or at its value; of a range of values at one of its ends."""
    low, high = pl.col("scale_min"), pl.col("scale_max")
    on_the_scale = pl.when(SIGN > 0).then((ASKED - low) / (high - low)).otherwise((high - ASKED) / (high - low))
    return (
        pl.when(of_value).then(pl.coalesce(end, DUE))
        .when(pl.col("band_turned")).then(-1.0)
        .when(FORM == "performance").then(on_the_scale)
        .otherwise(1.0)
    )  # fmt: skip


def _turned(number: pl.Expr) -> pl.Expr:
    return pl.when("band_turned").then(-1 / number).otherwise(number)


def _at() -> pl.Expr:
    """Where the value stands among the edges."""
    outside = pl.max_horizontal(OUTSIDE, 0.0)
    beside = pl.when(FORM == "range").then(-outside).otherwise(SIGN * (VALUE - ASKED))
    in_range = pl.when(OUTSIDE.is_not_null()).then(1 - outside / pl.col("band_unit"))  # a share stops at 0, the distance does not
    told = pl.when(FORM == "range").then(in_range).otherwise(_turned(pl.col("number")))
    return pl.when("band_of_value").then(VALUE).when(FLAT).then(PLACE_HIGH + beside).otherwise(told)


def _least() -> pl.Expr:
    """The least difference in the same places; 0 where nothing is widened: without one, and where all or nothing is asked."""
    part = pl.when(FLAT).then(SMALLEST).otherwise(SMALLEST / pl.col("band_unit"))
    return pl.when(pl.col("binary").fill_null(value=False)).then(0.0).otherwise(part.fill_null(0.0))


def _moved(table: pl.DataFrame, nth: int, count: int, *, down: bool) -> pl.DataFrame:
    """The nth edge, at least the least difference away from the one before it on its side of what is asked."""
    nominal, place = pl.col(f"band_nominal_{nth}"), PLACE_LOW if down else PLACE_HIGH
    at_place = place - 2 * EQUAL * place.abs()  # where a band begins that holds what is asked, a hair before it
    own_side = nominal <= place if down else (nominal >= at_place) & (nominal > PLACE_LOW) & nominal.is_not_nan()
    start = pl.when(FLAT).then(place).otherwise(nominal)
    first = nth == count if down else nth == 1
    before = place if first else pl.col(f"band_{'down' if down else 'up'}_{nth + 1 if down else nth - 1}")
    away = pl.min_horizontal(start, before - LEAST) if down else pl.max_horizontal(start, before + LEAST)
    if not down:  # of a ratio that is turned over nothing is better than next to nothing
        away = pl.when("band_turned").then(pl.min_horizontal(away, -EQUAL * (count - nth + 1))).otherwise(away)
    kept = nominal if down else pl.col(f"band_place_{nth}")
    return table.with_columns(
        pl.when(own_side & (LEAST > 0)).then(away).otherwise(kept).alias(f"band_place_{nth}"),
        pl.when(own_side).then(away).otherwise(before).alias(f"band_{'down' if down else 'up'}_{nth}"),
        **({f"band_below_{nth}": own_side} if down else {f"band_above_{nth}": own_side}),
    )


def _passed(nth: int) -> pl.Expr:
    """Below what is asked an edge is passed from where it was or from where it stands now; above it from where it stands now."""
    nominal, place = pl.col("number") >= pl.col(edge(nth)), pl.col(f"band_place_{nth}")
    hair = EQUAL * pl.max_horizontal(AT.abs(), place.abs(), pl.when("band_of_value").then(0.0).otherwise(1.0))
    below, above = pl.col(f"band_below_{nth}"), pl.col(f"band_above_{nth}")
    return (
        pl.when(LEAST <= 0).then(nominal)
        .when(below).then(nominal | ((place < pl.col(f"band_nominal_{nth}")) & (place - hair <= AT)) | (FLAT & (place - hair <= AT)))
        .when(above).then(nominal & ((place <= pl.col(f"band_nominal_{nth}")) | (place + hair < AT)))
        .otherwise(nominal)
    )  # fmt: skip


def _edges(nths: Sequence[int]) -> pl.Expr:
    places = [pl.col(f"band_place_{nth}") for nth in nths]
    moved = pl.any_horizontal((pl.col(f"band_place_{nth}") != pl.col(f"band_nominal_{nth}")).fill_null(value=False) for nth in nths)
    told = pl.concat_list(_turned(place) for place in places)
    return pl.when(moved & FLAT.not_() & (LEAST > 0)).then(told)
