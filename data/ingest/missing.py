"""The marks by which files say that a value is missing: which are usual, and which a source declares."""

import re

import polars as pl

from data.sources import Source

USUAL = frozenset(
    [
        *("-", "--", "---", "–", "—", ".", "..", "...", "…", "*", "**", "***", ":", "?"),
        *("n.d.", "n.d", "nd", "n/d", "n.a.", "n.a", "na", "n/a", "#n/a", "nan", "null", "none", "nulo"),
        *("s.d.", "s.d", "sd", "s/d", "s.i.", "s/i"),
    ]
)
"""In small letters. No source declares them by itself: * may mean unknown here and secret there."""
BOUND = re.compile(r"[<>≤≥]=? ?#")
"""A declared mark such as <#: a bound and any number, as <5 or < 0,5 where few cases are kept secret."""
_BELOW = re.compile(r"([<>≤≥]=?)( ?)[0-9]+([.,][0-9]+)*")


def declared(cell: pl.Expr, source: Source) -> pl.Expr:
    """Whether a text is one of the marks that the source declares."""
    bounds = [mark for mark in source.nulls if BOUND.fullmatch(mark)]
    found = cell.is_in([mark for mark in source.nulls if mark not in bounds])
    for mark in bounds:
        found |= cell.str.contains(f"^{mark[:-1].rstrip()} ?[0-9]+(?:[.,][0-9]+)*$")
    return found


def usual(text: str) -> str | None:
    """What to declare under `nulls` for a text that usually marks a missing value: <# for <5, else the text itself."""
    if below := _BELOW.fullmatch(text):
        return f"{below[1]}{below[2]}#"
    return text if text.casefold() in USUAL else None
