"""Reads large CSV files whose every row is plain, many times faster than the careful reader, which reads all others.

Nothing is judged here. What is plain comes out as the careful reader would read it; where anything is not, be it a name
that nobody knows or a line too short, the answer is None, and the careful reader says what is wrong and on which line.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import polars as pl

from data.definitions import Definitions
from data.ingest.plain_cells import PlainFile
from data.ingest.plain_lines import Odd
from data.ingest.rows import COLUMNS, KEY, NUMBERS
from data.ingest.table import Progress
from data.numbering import MOST
from data.problems import Refused
from data.sources import Columns, Source

SMALLEST = 4_000_000
"""Bytes. A smaller file is read with care in a moment, and its rows stay in the file's order."""
EMPTY = {**dict.fromkeys(NUMBERS, pl.Float64), "flag": pl.Categorical}
UNDERSTOOD = {
    *("id", "name", "format", "delimiter", "decimal", "thousands", "date_format", "fiscal_year_starts", "header_row"),
    *("unit", "nulls", "true", "false", "columns", "all", "names"),
}
"""What a source may declare here; whatever else it declares is left to the careful reader."""


def read(files: Sequence[tuple[Path, str]], source: Source, definitions: Definitions, progress: Progress) -> pl.DataFrame | None:
    """The rows of all files (path, name for messages), by period, indicator, place and segment; None where one is not plain.

    The columns are `data.ingest.rows.COLUMNS`; the texts are of an Enum, places and indicators in the order of their definitions.
    """
    try:
        if sum(path.stat().st_size for path, _ in files) < SMALLEST or not _understood(source):
            return None
        if max(len(definitions.places), len(definitions.indicators)) > MOST:
            return None
        rows = pl.concat([PlainFile(path, name, source, definitions).rows(progress) for path, name in files], how="diagonal")
        return _whole(_in_order(rows), source)
    except (Odd, Refused, OSError, pl.exceptions.PolarsError):
        return None


def _understood(source: Source) -> bool:
    """Every other key of the source is as if it had not been declared, and no columns are joined."""
    if any(len(source.columns.of(part)) > 1 for part in KEY):
        return False
    others = [(source, name, key) for name, key in Source.model_fields.items() if name not in UNDERSTOOD]
    others += [(source.columns, name, key) for name, key in Columns.model_fields.items() if name not in (*KEY, *NUMBERS)]
    return source.encoding == "utf-8" and all(getattr(of, name) == key.get_default(call_default_factory=True) for of, name, key in others)


def _whole(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """With all columns: what the files have no column for is the same in every row."""
    segment = source.all.segment or ""
    alike = {"segment": pl.lit(segment, pl.Enum([segment])), **{part: pl.lit(None, kind) for part, kind in EMPTY.items()}}
    return rows.with_columns(value.alias(part) for part, value in alike.items() if part not in rows.columns).select(COLUMNS)


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows by period, indicator, place and segment. Raises Odd where two have all four the same."""
    key, possible = _packed(rows)
    return rows if (key[1:] > key[:-1]).all() else _without_empty(rows)[_order(key, possible)]


def _packed(rows: pl.DataFrame) -> tuple[np.ndarray, int]:
    """Each row's key as one number, and how many there could be."""
    rank, periods = _ranked(rows["period"].to_physical().to_numpy())
    parts = [(rows[part].to_physical(), len(cast(pl.Enum, rows[part].dtype).categories)) for part in ("indicator", "place")]
    if "segment" in rows.columns:
        segments = rows["segment"].unique().cast(pl.String).sort()
        parts.append((rows["segment"].cast(pl.Enum(segments)).to_physical(), len(segments)))
    possible = periods * math.prod(size for _, size in parts)
    if possible >= 2**62:
        raise Odd
    key = rank.astype(np.uint32 if possible < 2**32 else np.uint64)
    for number, size in parts:
        key *= key.dtype.type(size)
        key += number.to_numpy()
    return key, possible


def _ranked(days: np.ndarray) -> tuple[np.ndarray, int]:
    """Which of the different days, in order, each is, and how many there are."""
    first = days.min()
    held = np.zeros(days.max() - first + 1, bool)
    held[days - first] = True
    return (np.cumsum(held, dtype=np.uint32) - 1)[days - first], int(held.sum())


def _order(key: np.ndarray, possible: int) -> pl.Series:
    """The numbers of the rows in the order of their keys; where nearly every possible key is there, a key itself says its place."""
    if possible > 4 * len(key):
        keys = pl.Series(key)
        order = keys.arg_sort()
        ordered = keys.gather(order)
        if (ordered == ordered.shift()).any():
            raise Odd
        return order
    place = np.full(possible, len(key), np.uint32)
    place[key] = np.arange(len(key), dtype=np.uint32)
    taken = place[place < len(key)]
    if len(taken) < len(key):
        raise Odd
    return pl.Series(taken)


def _without_empty(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the columns that hold nothing, which need no order."""
    return rows.drop(part for part in EMPTY if part in rows.columns and rows[part].null_count() == rows.height)
