"""The columns of a sheet's data, each with what its texts look like: numbers, periods, codes, names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from data.ingest.names import TOTAL
from data.proposal import dates, marks
from data.proposal.grid import Grid
from data.proposal.layout import Layout, unit_in
from data.proposal.matches import folded

MOSTLY = 0.8
"""Share of a column's texts from which it is of their kind."""
EXAMPLES = 3
LONGEST_PERIOD = 40
"""Letters of the longest way to write a period, with some room: tercer trimestre del año fiscal 2024/25."""


@dataclass(frozen=True)
class Column:
    """One column: its name, and its texts with their lines, "" where a cell is empty. `native` cells are numbers in the file."""

    at: int
    name: str
    texts: tuple[str, ...]
    lines: tuple[int, ...]
    native: frozenset[int]
    unit: str | None

    @cached_property
    def said(self) -> Counter[str]:
        """Its different texts with how often each stands there, in the order of the file."""
        return Counter(text for text in self.texts if text)

    @cached_property
    def first(self) -> dict[str, int]:
        """The first line of each text that is not a number in the file itself."""
        found: dict[str, int] = {}
        for line, text in zip(self.lines, self.texts, strict=True):
            if text and line not in self.native:
                found.setdefault(text, line)
        return found

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The texts that say that a value is missing."""
        return tuple(text for text in self.first if marks.is_missing(text))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The texts that are numbers under some marks, with their first line."""
        texts = [text for text in self.first if not marks.is_missing(text)]
        if not texts:
            return {}
        good = marks.are_numbers(pl.Series(texts, dtype=pl.String))
        return {text: self.first[text] for text, number in zip(texts, good, strict=True) if number}

    @cached_property
    def odd(self) -> tuple[str, ...]:
        """The texts that are neither numbers nor say that one is missing, nor repeat the header."""
        return tuple(text for text in self.first if text not in self.numbers and text not in self.missing and text != self.name)

    @cached_property
    def numeric(self) -> bool:
        """Most of what is written are numbers."""
        odd = sum(self.said[text] for text in self.odd)
        gone = sum(self.said[text] for text in self.missing)
        total = sum(self.said.values()) - gone - self.said[self.name]
        return total > 0 and total - odd >= MOSTLY * total

    @cached_property
    def period(self) -> str | None:
        """What kind of periods most of its texts are, None where they are none; totals beside them do not count."""
        told = {text: dates.kind(text) for text in self.said if not TOTAL.fullmatch(text) and text != self.name}
        found = [name for name in told.values() if name]
        return Counter(found).most_common(1)[0][0] if found and len(found) >= MOSTLY * len(told) else None

    @cached_property
    def dated(self) -> bool:
        """Most of its texts may be periods in some form: they are short, and hold a number or the name of a month."""
        texts = [text for text in self.said if text != self.name]
        return sum(map(_may_be_period, texts)) >= MOSTLY * len(texts) > 0

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name, without accents and brackets."""
        return frozenset(folded(self.name).split())

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple(self.said)[:EXAMPLES]

    def counts_up(self) -> bool:
        """It holds 1, 2, 3, ... to the end: a rank, or the number of a row."""
        given = [text.removesuffix(".0") for text in self.texts if text]
        return len(given) > 2 and given == [str(number) for number in range(1, len(given) + 1)]


def _may_be_period(text: str) -> bool:
    return len(text) <= LONGEST_PERIOD and (bool(re.search(r"\d", text)) or dates.month_of(text) is not None)


def columns(layout: Layout, grid: Grid) -> list[Column]:
    """The columns of the data, in their order."""
    return [_column(at, layout, grid) for at in range(len(layout.header))]


def _column(at: int, layout: Layout, grid: Grid) -> Column:
    texts = tuple(cells[at] if at < len(cells) else "" for _, cells in layout.data)
    lines = tuple(line for line, _ in layout.data)
    native = frozenset(line for line in lines if (line, at) in grid.native)
    return Column(at, layout.header[at], texts, lines, native, layout.units.get(at) or unit_in(layout.header[at]))


def repeat(keys: Sequence[Column], without: Mapping[int, Sequence[str]] = {}) -> bool:
    """Some rows have the same texts in all key columns; rows that are left out do not count."""
    if not keys:
        return True
    rows = zip(*(column.texts for column in keys), strict=True)
    kept = [row for row in rows if not any(text in without.get(column.at, ()) for column, text in zip(keys, row, strict=True))]
    return len(set(kept)) < len(kept)
