"""The names of columns: from one line of a file, or from several where a name stands above its parts."""

import unicodedata
from collections.abc import Sequence

JOINED = " · "
"""Between the parts of a name, from the top down."""


def column_name(text: str | None) -> str:
    """A name of the header without spaces around it; the two ways to write an accent are one name."""
    return unicodedata.normalize("NFC", text or "").strip()


def column_names(rows: Sequence[Sequence[str | None]]) -> list[str]:
    """The name of each column: the cells of the header's rows from the top down, joined; empty cells say nothing.

    [["Place", "2023", ""], ["", "Men", "Women"]] is Place, 2023 · Men, 2023 · Women: above the last row a cell holds for
    the empty ones to its right too, as a merged one does, up to where the rows above begin anew.
    """
    width = max((len(row) for row in rows), default=0)
    written = [[column_name(text) for text in row] + [""] * (width - len(row)) for row in rows]
    filled: list[list[str]] = []
    begins = [False] * width
    for row in written[:-1]:
        filled.append(_filled_right(row, begins))
        begins = [begun or bool(cell) for begun, cell in zip(begins, row, strict=True)]
    columns = zip(*filled, *written[-1:], strict=True)
    return [_name(parts) if any(row[at] for row in written) else "" for at, parts in enumerate(columns)]


def _filled_right(row: Sequence[str], begins: Sequence[bool]) -> list[str]:
    """The row with each empty cell as the one to its left, except where a group of the rows above begins."""
    filled: list[str] = []
    for cell, begun in zip(row, begins, strict=True):
        filled.append(cell if cell or begun or not filled else filled[-1])
    return filled


def _name(parts: Sequence[str]) -> str:
    return JOINED.join(part for part in parts if part)
