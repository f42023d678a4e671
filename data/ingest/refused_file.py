"""The refused rows of files as a file of their own, for whoever has to mend them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from data.files import csv
from data.sources import Source


@contextmanager
def kept(refused: pl.DataFrame, paths: Mapping[str, Path], source: Source) -> Iterator[Path | None]:
    """Refused rows as `read_partial` gives them, in a file that stays where what is done meanwhile succeeds; None without rows.

    `paths` are the files by the names that the rows call them. The rows come to lie beside the first that has any, as
    `june.csv.refused.csv`, and over nothing, written as the source reads it.
    """
    if refused.is_empty():
        yield None
        return
    written = _write(as_read(refused, source), paths[refused["file"][0]])
    try:
        yield written
    except BaseException:
        written.unlink()
        raise


def as_read(refused: pl.DataFrame, source: Source) -> bytes:
    """Refused rows as a CSV file that their source reads once they are mended: its delimiter, its letters,
    and the header where it expects one, with empty lines for what else stands above the data.

    UTF-8 gets a mark, which spreadsheet programs know; a text that one would run as a formula gets an apostrophe, and a
    letter of ours that the source's letters lack becomes a question mark.
    """
    letters = "utf-8-sig" if source.encoding == "utf-8" else source.encoding
    header, text = csv(refused.clear(), source.delimiter), csv(refused, source.delimiter)
    above, below = "\n" * (source.header_row - 1), "\n" * (source.header_rows - 1 + source.rows_below_header)
    return f"{above}{header}{below}{text.removeprefix(header)}".encode(letters, errors="replace")


def _write(content: bytes, beside: Path) -> Path:
    path, number = beside.with_name(f"{beside.name}.refused.csv"), 1
    while path.exists():
        number += 1
        path = beside.with_name(f"{beside.name}.refused-{number}.csv")
    with path.open("xb") as file:
        file.write(content)
    return path
