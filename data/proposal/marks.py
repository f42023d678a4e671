"""Which marks numbers are written with: decided only where every number of the file leaves no other reading, asked otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.ingest import missing
from data.ingest.numbers import asks, read_numbers
from data.problems import N_
from data.proposal.said import Option, Question, Remark
from data.sources import Mapping as Source

Pair = tuple[str, str | None]
"""A decimal mark and a mark of thousands."""
PAIRS: tuple[Pair, ...] = ((".", None), (",", None), (".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "'"))

_WORDS = ["/", "x", "c", "(*)", "(-)", "#n/d", "n/c", "nc", "nil", "s.d", "n.a", "missing", "secreto", "confidencial", "confidential"]
_SENTENCES = ("n. d.", "sin dato", "sin datos", "sin información", "no disponible", "no data", "not available", "no aplica")
MORE_MISSING = frozenset([*_WORDS, *_SENTENCES])
"""How people write that a value is missing, beside the marks that are usual; in small letters."""


@dataclass(frozen=True)
class Marks:
    """What a source should declare; a mark that no number needs stays undeclared."""

    decimal: str | None
    thousands: str | None
    unit: str | None
    remarks: tuple[Remark, ...]
    questions: tuple[Question, ...]


def is_missing(text: str) -> bool:
    """The text says that there is no value, in one of the ways people do."""
    return missing.usual(text) is not None or text.casefold() in MORE_MISSING


def are_numbers(texts: pl.Series) -> pl.Series:
    """Which texts are numbers under some marks or other."""
    readings = [_read(texts, pair) for pair in PAIRS]
    return pl.select(pl.any_horizontal([reading.is_not_null() for reading in readings])).to_series()


def read(texts: Sequence[str], pair: Pair) -> list[float | None]:
    """The numbers that texts are under a pair of marks, None where one is none."""
    return _read(pl.Series("text", texts, dtype=pl.String), pair).to_list()


def find(found: Mapping[str, int], given: Mapping[str, Any]) -> Marks:
    """The marks of the texts of all columns of values, each with its first line; numbers that the file keeps as such are none.

    Every pair of marks that reads all texts is a candidate. Where the candidates agree on every number, the plainest is
    proposed; where they do not, the person is asked, with both readings.
    """
    texts = pl.Series("text", list(found), dtype=pl.String)
    readings = {pair: _read(texts, pair) for pair in PAIRS}
    unit, remarks = _unit(texts, found, given)
    alive = [pair for pair in PAIRS if readings[pair].null_count() == 0]
    decimals = {decimal for decimal, _ in alive}
    if not alive or _differ(alive, readings) or _spaced(alive, decimals):
        question, pair = _asked(texts, alive, readings, given)
        return Marks(pair[0] if pair else None, pair[1] if pair else None, unit, tuple(remarks), (question,))
    decimal, thousands = _declared(_chosen(alive, readings, given), texts, given)
    if decimal or thousands:
        remarks.append(_evidence(decimal, thousands, readings, texts, found))
    return Marks(decimal, thousands, unit, tuple(remarks), ())


def _read(texts: pl.Series, pair: Pair) -> pl.Series:
    """The numbers under a pair of marks, null where a text is none."""
    source = Source(decimal=pair[0], thousands=pair[1], unit="%")  # type: ignore[arg-type]
    read = read_numbers(texts.alias("text"), pl.Series([None] * len(texts), dtype=pl.Float64), source)["value"]
    if pair[1] is None:
        return read
    # 0.123 is no group of thousands: nobody writes 123 so.
    mark = "[ \u00a0\u202f]" if pair[1] == " " else re.escape(pair[1])
    return pl.select(pl.when(~texts.str.contains(f"^[+-]?0+{mark}[0-9]{{3}}")).then(read)).to_series()


def _unit(texts: pl.Series, found: Mapping[str, int], given: Mapping[str, Any]) -> tuple[str | None, list[Remark]]:
    signed = texts.filter(texts.str.ends_with("%"))
    if signed.is_empty():
        return given.get("unit"), []
    message = N_("numbers such as {example} carry a percent sign, which is left out")
    return "%", [Remark(message, {"example": signed[0]}, found[signed[0]])]


def _differ(pairs: Sequence[Pair], readings: Mapping[Pair, pl.Series]) -> bool:
    first = readings[pairs[0]]
    return any(not first.equals(readings[pair]) for pair in pairs[1:])


def _spaced(alive: Sequence[Pair], decimals: set[str]) -> bool:
    """Only thousands are marked, by a sign that leaves both decimal marks possible in the file that comes next."""
    return len(decimals) > 1 and all(thousands for _, thousands in alive)


def _asked(
    texts: pl.Series, alive: Sequence[Pair], readings: Mapping[Pair, pl.Series], given: Mapping[str, Any]
) -> tuple[Question, Pair | None]:
    likeliest = {decimal: _likeliest(decimal, alive, readings) for decimal in (",", ".")}
    shown = [index for index in range(len(texts)) if len({repr(readings[pair][index]) for pair in likeliest.values()}) > 1]
    shown = (shown or list(range(len(texts))))[:3]
    labels = {",": N_("A comma begins the decimals"), ".": N_("A point begins the decimals")}
    options = tuple(
        Option(mark, labels[mark], {}, tuple((texts[index], _number(readings[pair][index])) for index in shown))
        for mark, pair in likeliest.items()
    )
    if not alive:
        message = N_("Some numbers have a decimal point and others a decimal comma, such as {one} and {other}: which one is right?")
        one, other = (next((t for t, v in zip(texts, readings[likeliest[mark]], strict=True) if v is None), "") for mark in ",.")
        values = {"one": one, "other": other}
    elif _differ(alive, readings):
        message, values = N_("How is {example} to be read?"), {"example": texts[shown[0]]}
    else:
        message, values = N_("Thousands are parted, as in {example}: which mark would begin the decimals?"), {"example": texts[shown[0]]}
    answer = given.get("decimal")
    return Question("decimal", message, values, options, answer=answer), likeliest.get(answer) if answer else None


def _likeliest(decimal: str, alive: Sequence[Pair], readings: Mapping[Pair, pl.Series]) -> Pair:
    """The pair with this decimal mark that reads most of the texts."""
    own = [pair for pair in PAIRS if pair[0] == decimal]
    return next((pair for pair in alive if pair[0] == decimal), min(own, key=lambda pair: readings[pair].null_count()))


def _number(value: float | None) -> float | str:
    return "" if value is None else value


def _chosen(alive: Sequence[Pair], readings: Mapping[Pair, pl.Series], given: Mapping[str, Any]) -> Pair:
    """The plainest pair, or the one with the mark that a person has declared, even where texts contradict it."""
    decimal = given.get("decimal")
    return alive[0] if decimal in (None, alive[0][0]) else _likeliest(decimal, alive, readings)


def _declared(pair: Pair, texts: pl.Series, given: Mapping[str, Any]) -> Pair | tuple[None, str | None]:
    """The pair as a source declares it: a plain point needs no word, unless there are numbers that would be asked about."""
    decimal, thousands = given.get("decimal", pair[0]), given.get("thousands", pair[1])
    if (decimal, thousands) == (".", None) and "decimal" not in given and not asks(texts).any():
        return None, None
    return decimal, thousands


def _evidence(decimal: str | None, thousands: str | None, readings: Mapping[Pair, pl.Series], texts: pl.Series, found: Mapping) -> Remark:
    """The first text that cannot be read with the other decimal mark."""
    others = [readings[pair] for pair in PAIRS if pair[0] != (decimal or ".")]
    decisive = pl.select(pl.all_horizontal([other.is_null() for other in others])).to_series()
    example = next((text for text, only in zip(texts, decisive, strict=True) if only), texts[0])
    values = {"decimal": decimal or ".", "thousands": thousands, "example": example}
    message = (
        N_("numbers have {decimal!r} for decimals and {thousands!r} for thousands: {example} cannot be read otherwise")
        if thousands
        else N_("numbers have {decimal!r} for decimals: {example} cannot be read otherwise")
    )
    return Remark(message, values, found[example])
