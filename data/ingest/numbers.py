"""From texts to numbers, by the marks that the source declares; what is ambiguous is asked, never guessed."""

import json
import math
import re
from decimal import Decimal

import polars as pl

from data.ingest import missing
from data.ingest.fault import Fault
from data.problems import N_
from data.sources import Source

MOST_DIGITS = 17
"""A stored number (64-bit float) gives back no more significant digits; whole numbers must come back unchanged."""

QUESTION = "^[+-]?(?:[1-9][0-9]{0,2}[.,][0-9]{3}|[0-9]+,[0-9]+)$"
"""1.234 is 1234 in one country and 1.234 in another; 12,5 needs a declared comma."""


def read_numbers(text: pl.Series, native: pl.Series, source: Source) -> pl.DataFrame:
    """Columns `value` (Float64), `flag` (why a value is missing, else null) and `failed` (neither a number nor missing).

    `native` holds the cells that the file itself keeps as numbers, null elsewhere.
    """
    cell = pl.col("text")
    flag = pl.when(cell == "").then(pl.lit("empty")).when(missing.declared(cell, source)).then(cell)
    word = pl.when(cell.is_in(list(source.true))).then(1.0).when(cell.is_in(list(source.false))).then(0.0)
    cells = pl.DataFrame({"text": text, "native": native}).with_columns(
        flag=flag, word=word, written=_written(cell, source).cast(pl.Float64, strict=False)
    )
    cells = cells.with_columns(written=_without(cells["written"], _inexact(cells, source)))
    cells = cells.with_columns(value=pl.when(pl.col("flag").is_null()).then(pl.coalesce("word", "native", "written")))
    return cells.select("value", "flag", failed=pl.col("value").is_null() & pl.col("flag").is_null())


def asks(text: pl.Series) -> pl.Series:
    """Which texts say different numbers by different decimal marks."""
    return text.str.contains(QUESTION)


def question(text: pl.Series, native: pl.Series, source: Source) -> Fault | None:
    """What must be declared before any number of the column can be read."""
    if source.decimal or source.thousands:
        return None
    marked = pl.select(missing.declared(pl.lit(text), source)).to_series()
    asked = text.filter(asks(text) & native.is_null() & ~marked)
    if asked.is_empty():
        return None
    found = str(asked[0])
    whole, fraction = re.sub("[.,]", "", found), found.replace(",", ".")
    values = {"found": found, "whole": whole, "fraction": fraction}
    if len(fraction.partition(".")[2]) != 3:
        return Fault("{found} has a comma, and no decimal mark is declared", "declare `decimal: ','` in the source", values)
    return Fault("{found} can be {whole} or {fraction}", "declare `decimal:` (and `thousands:`) in the source", values)


def why_not(text: str, source: Source) -> Fault:
    """What a person should know about a text that is no number."""
    values = {"found": text}
    if mark := missing.usual(text):
        hint = N_("declare `nulls: [{mark}]` in the source, beside those declared already; or write the number")
        values["mark"] = json.dumps(mark, ensure_ascii=False)
        return Fault("{found!r} is not a number: it usually marks a missing value", hint, values)
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return Fault("{found} is not a value", "write the number, or leave the cell empty", values)
    if text.endswith("%") and not source.unit:
        return Fault("{found!r} carries a percent sign", 'declare `unit: "%"` in the source', values)
    if _matches(text, source):
        return Fault("{found} is beyond what can be stored exactly", "round it to 15 digits, or check for a slip of the keyboard", values)
    if re.fullmatch("[+-]?[0-9][0-9.,' \u00a0\u202f]*", text):
        marks = dict(zip(("decimal", "thousands"), _marks(source), strict=True))
        hint = N_("write it with the declared marks: decimal {decimal!r}, thousands {thousands!r}")
        return Fault("{found} contradicts the declared decimal and thousands marks", hint, {**values, **marks})
    return Fault(
        "{found!r} is not a number", "write digits only; if it means a missing value, declare it under `nulls`", {"found": text[:60]}
    )


def _marks(source: Source) -> tuple[str, str]:
    """The decimal and the thousands mark; "" is none."""
    thousands = source.thousands or ""
    return source.decimal or ("," if thousands == "." else "."), thousands


def _pattern(source: Source) -> str:
    decimal, thousands = (re.escape(mark) for mark in _marks(source))
    thousands = "[ \u00a0\u202f]" if thousands == re.escape(" ") else thousands
    whole = rf"(?:[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|[0-9]+)" if thousands else "[0-9]+"
    unit = r"(?:\s*%)?" if source.unit else ""
    return rf"^[+-]?(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?{unit}$"


def _matches(text: str, source: Source) -> bool:
    return re.match(_pattern(source), text) is not None


def _written(cell: pl.Expr, source: Source) -> pl.Expr:
    """The text of each number as Python would write it; null where it is written otherwise than declared."""
    decimal, thousands = _marks(source)
    number = pl.when(cell.str.contains(_pattern(source))).then(cell)
    if source.unit:
        number = number.str.replace(r"\s*%$", "")
    if thousands:
        number = number.str.replace_all("[ \u00a0\u202f]" if thousands == " " else re.escape(thousands), "")
    return number.str.replace(decimal, ".", literal=True) if decimal != "." else number


def _inexact(cells: pl.DataFrame, source: Source) -> list[int]:
    """The rows whose number could not be given back; only long texts and powers of ten are worth a look."""
    suspect = (pl.col("text").str.len_bytes() > 15) | pl.col("text").str.contains("[eE]")
    suspects = cells.with_row_index().filter(suspect & pl.col("written").is_not_null() & pl.col("native").is_null())
    suspects = suspects.filter(~_plainly_exact(source))
    return [index for index, text in suspects.select("index", "text").iter_rows() if not _exact(text, source)]


def _plainly_exact(source: Source) -> pl.Expr:
    """A fraction of few digits, as programs write them by the million: seen at once to be given back as it is."""
    text = pl.col("text")
    digits = text.str.replace_all("[^0-9]", "").str.strip_chars("0")
    fraction = text.str.contains(rf"{re.escape(_marks(source)[0])}[0-9]*[1-9]")
    return fraction & (digits.str.len_bytes() <= MOST_DIGITS) & (text.str.len_bytes() <= 40) & ~text.str.contains("[eE]")


def _exact(text: str, source: Source) -> bool:
    decimal, thousands = _marks(source)
    return is_exact(Decimal(re.sub(r"[\s%]", "", text.replace(thousands, "") if thousands else text).replace(decimal, ".")))


def is_exact(number: Decimal) -> bool:
    """Whether the stored number gives back what was written."""
    stored = float(number)
    if not math.isfinite(stored) or (stored == 0 and number != 0):
        return False
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    whole = number == number.to_integral_value()
    return len(digits) <= MOST_DIGITS and (not whole or Decimal(stored) == number)


def _without(values: pl.Series, indexes: list[int]) -> pl.Series:
    return values.scatter(indexes, None) if indexes else values
