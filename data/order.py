"""The order in which values lie, by period, indicator, place and segment: asked of millions of rows in a moment.

Rows here are numbered (`data.numbering`). Period, indicator and place are packed into one number, so that comparing two
rows is comparing two numbers; the segment is looked at only where those are equal.
"""

import numpy as np
import polars as pl

AT_ONCE = 1_000_000
"""Rows; a million of them are looked at while they are still at hand, and what is not in order shows at once."""
KEY = ["period", "indicator", "place", "segment"]


def ascending(rows: pl.DataFrame) -> bool:
    """Every row comes after the one before it; so none is given twice."""
    return all(_ascending(rows.slice(start, AT_ONCE + 1)) for start in range(0, rows.height, AT_ONCE))


def repeated(rows: pl.DataFrame) -> pl.Series:
    """True for each row that is given more than once."""
    if ascending(rows):
        return pl.repeat(False, rows.height, eager=True)
    alike = pl.Series(_packed(rows)).is_duplicated()
    return rows.select(KEY).is_duplicated() if alike.any() else alike


def _ascending(rows: pl.DataFrame) -> bool:
    key = _packed(rows)
    if (key[1:] > key[:-1]).all():
        return True
    if (key[1:] < key[:-1]).any():
        return False
    segment = rows["segment"].cast(pl.String)
    return bool((segment > segment.shift())[1:].filter(pl.Series(key[1:] == key[:-1])).all())


def _packed(rows: pl.DataFrame) -> np.ndarray:
    key = rows["period"].to_physical().to_numpy().astype(np.int64)
    for part in ("indicator", "place"):
        key <<= 16
        key |= rows[part].to_numpy()
    return key
