"""From the files a city receives to observations: every problem of every file is reported, or every row is kept.

The way of a file: one of `readers` makes it a table of texts with lines; `rows` turns those into observations by the
source's mapping, with `names`, `period_texts` and `numbers` for the single cells.

    read_all        every row, or Refused
    read_partial    the good rows, and the refused ones with their reasons
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from data.definitions import Definitions
from data.ingest import plain_csv
from data.ingest.partial import Partial, read_partial
from data.ingest.readers import ENDINGS, header, table
from data.ingest.rows import COLUMNS, Observations, read_rows, repeated
from data.problems import Problem, Refused
from data.sources import Source

__all__ = ["Observations", "Partial", "header", "read", "read_all", "read_partial"]


def read(path: Path, source: Source, definitions: Definitions, name: str | None = None) -> Observations:
    """The observations of one file; `name` is what messages call it. Raises Refused with every problem."""
    return read_all([(path, name or str(path))], source, definitions)


def read_all(
    files: Sequence[tuple[Path, str]], source: Source, definitions: Definitions, progress: Callable[[int], object] = lambda _: None
) -> Observations:
    """The observations of several files (path, name for messages) of one source. Raises Refused with every problem of all."""
    if all(_is_csv(path, source) for path, _ in files) and (plain := plain_csv.read(files, source, definitions, progress)) is not None:
        return Observations(plain, plain.height)
    problems: list[Problem] = []
    found: list[pl.DataFrame] = []
    left_out = 0
    for path, name in files:
        try:
            held, declared = table(path, source, name, progress)
            left_out += held.left_out
            found.append(read_rows(held, declared, definitions, name).with_columns(file=pl.lit(name)))
        except Refused as refused:
            problems += refused.problems
    if found:
        problems += repeated(pl.concat(found))
    if problems:
        raise Refused(problems)
    rows = pl.concat(found).select(COLUMNS)
    return Observations(rows, rows.height, left_out)


def _is_csv(path: Path, source: Source) -> bool:
    return (source.format or ENDINGS.get(path.suffix.lower())) == "csv"
