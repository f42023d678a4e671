"""The order in which values lie, by period, indicator, place and segment: asked of millions of rows in a moment.

Rows here are numbered (`data.numbering`). Period, indicator and place are packed into one number, so that comparing two
rows is comparing two numbers; the segment is looked at only where those are equal.
"""

import polars as pl

KEY = ["period", "indicator", "place", "segment"]


def ascending(rows: pl.DataFrame) -> bool:
    """Every row comes after the one before it; so none is given twice."""
    key = _packed(rows)
    before = key.shift()
    if (key > before).all():
        return True
    if (key < before).any():
        return False
    segment = rows["segment"].cast(pl.String)
    return bool((segment > segment.shift()).filter(key == before).all())


def repeated(rows: pl.DataFrame) -> pl.Series:
    """True for each row that is given more than once."""
    if ascending(rows):
        return pl.repeat(False, rows.height, eager=True)
    alike = _packed(rows).is_duplicated()
    return rows.select(KEY).is_duplicated() if alike.any() else alike


def _packed(rows: pl.DataFrame) -> pl.Series:
    day = pl.col("period").to_physical().cast(pl.Int64)
    return rows.select(day * 2**32 + pl.col("indicator").cast(pl.Int64) * 2**16 + pl.col("place")).to_series()
