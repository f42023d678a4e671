"""The parts a report is made of: plain values in the reader's words, ready to be written in any form."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

LONGEST = 110
"""Letters of a text in a cell; a longer one is cut where a word ends."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `note` is small print below; `shape` and `colour` are as in dashboards.style.Look."""

    text: str
    note: str = ""
    shape: str = ""
    colour: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """A heading; its width is a part of what the columns share, or 0 for as wide as its longest text."""

    title: str
    width: float = 0
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a title; `left` says how many did not fit, where that is so. Of one that is `whole` none is ever left out."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    about: str = ""
    left: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Bar:
    """A row of the truth line: percent of the scale that are filled and outlined, and both in words."""

    name: str
    filled: float
    outlined: float
    said: str
    brand: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Report:
    """One page: `about` stands small above the title, `foot` below everything."""

    language: str
    region: str
    title: str
    about: str
    sentence: str
    brand: str
    bars: Sequence[Bar] = ()
    gap: str = ""
    picture: Picture | None = None
    beside: Table | None = None
    tables: Sequence[Table] = ()
    pair: Sequence[Table] = ()
    foot: Sequence[str] = field(default=())


def short(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut where a word ends."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[longest // 2 :] else cut}…"


def first(table: Table, rows: int, left: str) -> Table:
    """The table with its first rows; `left` says what is left out."""
    return table if len(table.rows) <= rows else replace(table, rows=table.rows[:rows], left=left)
