"""From a table of texts to rows of observations: the source's mapping at work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.definitions import Definitions
from data.ingest import period_texts
from data.ingest.fault import Fault
from data.ingest.joined import heading, joined
from data.ingest.names import Register
from data.ingest.numbers import asks, question, read_numbers, why_not
from data.ingest.segment_texts import read_part
from data.ingest.table import Table
from data.problems import N_, Problem, Refused
from data.segments import UNNAMED, written
from data.sources import Source

KEY = ["place", "indicator", "segment", "period"]
COLUMNS = [*KEY, "value", "numerator", "denominator", "flag"]
NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Observations:
    """What files hold. `rows`: place, indicator, segment, period (last day), value, numerator, denominator, flag.

    `left_out` counts the lines that the source told not to read.
    """

    rows: pl.DataFrame
    rows_read: int
    left_out: int = 0


def read_rows(table: Table, source: Source, definitions: Definitions, name: str) -> pl.DataFrame:
    """One row for each value: the columns of an observation, and the `line` and `column` it was read from.

    Raises Refused with every problem of the table.
    """
    rows, problems = convert(table, source, definitions, name)
    if problems:
        readable = rows.drop_nulls(KEY).with_columns(file=pl.lit(name))
        raise Refused(sorted([*problems, *repeated(readable)], key=lambda problem: problem.line or 0))
    return rows


def convert(table: Table, source: Source, definitions: Definitions, name: str) -> tuple[pl.DataFrame, list[Problem]]:
    """One row for each value as `read_rows` gives them, and what is wrong; what cannot be read is null there.

    A problem without a line is one of the whole file; the others say on which lines nothing may be trusted.
    """
    reading = _Reading(source, definitions, name, list(table.problems))
    rows = _long(table, source, reading.segments(table))
    rows = reading.named(rows, "place", Register("place", definitions.places, source.names.places, source.columns.of("place")))
    rows = reading.named(rows, "indicator", Register("indicator", definitions.indicators, source.names.indicators))
    rows = reading.periods(rows)
    for part in NUMBERS:
        rows = reading.numbers(rows, part)
    reading.ranges(rows)
    return rows.select(*COLUMNS, "line", "column"), reading.problems


def repeated(rows: pl.DataFrame) -> list[Problem]:
    """A problem for each row whose place, indicator, segment and period were given before; needs `file` and `line`."""
    again = rows.filter(pl.struct(KEY).is_duplicated())
    if again.is_empty():
        return []
    again = again.with_columns(pl.col("file", "line").first().over(KEY).name.prefix("first_"), nth=pl.int_range(pl.len()).over(KEY))
    message = N_("{place}, {indicator}, {period} is given twice, first on line {first_line} of {first_file}")
    return [
        Problem(message, "keep one of the two", row["file"], row["line"], row["column"], values={**row, "period": str(row["period"])})
        for row in again.filter(pl.col("nth") > 0).iter_rows(named=True)
    ]


def _long(table: Table, source: Source, segment: pl.Series) -> pl.DataFrame:
    """One row for each value, with the text of each part, and in `<part>_at` the column it stands in."""
    if source.wide is None:
        return _slice(table, source, segment, source.columns.value or "", {})
    kind = next(part for part in ("periods", "indicators", "places") if getattr(source.wide, part) is not None)
    pieces = [_slice(table, source, segment, column, {kind[:-1]: str(meaning)}) for column, meaning in source.wide.columns.items()]
    return pl.concat(pieces).sort("row", maintain_order=True)


def _slice(table: Table, source: Source, segment: pl.Series, value: str, said: dict[str, str]) -> pl.DataFrame:
    """The table with one column of values; `said` holds what that column's place in a wide file means."""
    parts: dict[str, Any] = {"segment": segment.alias("segment")}
    for part in ("place", "indicator", "period"):
        columns, whole = source.columns.of(part), getattr(source.all, part)
        known = said.get(part, "" if whole is None else str(whole))
        parts[part] = joined(table.text, columns, part) if columns else pl.lit(known).alias(part)
        parts[f"{part}_at"] = pl.lit(heading(columns) or value).alias(f"{part}_at")
    for part in NUMBERS:
        column = value if part == "value" else getattr(source.columns, part)
        parts[part] = table.text[column].alias(part) if column else pl.lit(None, pl.String).alias(part)
        native = table.numbers.get(column or "")
        parts[f"{part}_native"] = pl.lit(None, pl.Float64).alias(f"{part}_native") if native is None else native.alias(f"{part}_native")
        parts[f"{part}_at"] = pl.lit(column or "").alias(f"{part}_at")
    return pl.select(table.lines.alias("line"), pl.int_range(len(table.lines)).alias("row"), pl.lit(value).alias("column"), *parts.values())


class _Reading:
    """The conversion of one file, with the problems met so far."""

    def __init__(self, source: Source, definitions: Definitions, name: str, problems: list[Problem]) -> None:
        self.source, self.definitions, self.name, self.problems = source, definitions, name, problems

    def segments(self, table: Table) -> pl.Series:
        """The segment of each line; null where a part of it cannot be read."""
        source = self.source
        columns = source.columns.segments or ({UNNAMED: source.columns.segment} if source.columns.segment else {})
        if not columns:
            whole = read_part(source.all.segment or "", UNNAMED, None, source)
            if isinstance(whole, Fault):
                self._add(whole, None, None)
            return pl.repeat(None if isinstance(whole, Fault) else whole, len(table.lines), dtype=pl.String, eager=True)
        parts = pl.DataFrame([self._parts(table, dimension, column) for dimension, column in columns.items()])
        different = parts.unique(maintain_order=True)
        found = [None if None in row else written(dict(zip(columns, row, strict=True))) for row in different.iter_rows()]
        different = different.with_columns(pl.Series(" segment", found, dtype=pl.String))
        return parts.join(different, on=parts.columns, how="left", nulls_equal=True, maintain_order="left")[" segment"]

    def _parts(self, table: Table, dimension: str, column: str) -> pl.Series:
        texts = table.text[column]
        found = {text: read_part(text, dimension, column, self.source) for text in texts.unique(maintain_order=True)}
        faults = {text: one for text, one in found.items() if isinstance(one, Fault)}
        wrong = texts.is_in(list(faults))
        for line, text in zip(table.lines.filter(wrong), texts.filter(wrong), strict=True):
            self._add(faults[text], line, column)
        good = {text: one for text, one in found.items() if isinstance(one, str)}
        return texts.replace_strict(good, default=None, return_dtype=pl.String).alias(dimension)

    def named(self, rows: pl.DataFrame, part: str, register: Register) -> pl.DataFrame:
        """Texts become ids; null where nothing is known by the text."""
        return self._converted(rows, part, [part], register.find, pl.String)

    def periods(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Texts become last days, by the frequency of each row's indicator."""
        if self._asked(rows["period"].unique(maintain_order=True), heading(self.source.columns.of("period"))):
            return rows.with_columns(period=pl.lit(None, pl.Date))
        # A period that the source itself gives is written by us, not by the file.
        given = self.source if self.source.columns.period else self.source.model_copy(update={"date_format": None})
        indicators = self.definitions.indicator

        def convert(text: str, indicator: str | None) -> object:
            return None if indicator is None else period_texts.read_period(text, indicators[indicator].frequency, given)

        return self._converted(rows, "period", ["period", "indicator"], convert, pl.Date)

    def _asked(self, texts: Iterable[str], column: str) -> bool:
        faults = [fault for text in texts if (fault := period_texts.question(text, self.source))] if column else []
        for fault in faults[:1]:
            self._add(fault, None, column)
        return bool(faults)

    def _converted(self, rows: pl.DataFrame, part: str, given: list[str], convert: Callable, kind: Any) -> pl.DataFrame:
        """Each different text is converted once; what fails is said once for each line."""
        different = rows.select(given).unique(maintain_order=True)
        found = [convert(*texts) for texts in different.iter_rows()]
        good = pl.Series("found", [None if isinstance(one, Fault) else one for one in found], dtype=kind)
        faults = {texts: one for texts, one in zip(different.iter_rows(), found, strict=True) if isinstance(one, Fault)}
        joined = rows.join(different.with_columns(good), on=given, how="left", nulls_equal=True, maintain_order="left")
        if faults:
            self._failed(joined.filter(pl.col("found").is_null()), part, given, faults)
        return joined.with_columns(pl.col("found").alias(part)).drop("found")

    def _failed(self, rows: pl.DataFrame, part: str, given: list[str], faults: dict[tuple, Fault]) -> None:
        """A problem for each line; one for the whole file where the source itself gives the text."""
        in_file = getattr(self.source.columns, part) is not None
        different = rows.unique(["line", f"{part}_at"] if in_file else given, maintain_order=True)
        for line, column, *texts in different.select("line", f"{part}_at", *given).iter_rows():
            if fault := faults.get(tuple(texts)):
                self._add(fault, line if in_file else None, column)

    def numbers(self, rows: pl.DataFrame, part: str) -> pl.DataFrame:
        """Texts become numbers; a missing value keeps its reason in `flag`."""
        unread = rows.with_columns(pl.lit(None, pl.Float64).alias(part), *[pl.lit(None, pl.String).alias("flag")] * (part == "value"))
        if rows[part].null_count() == rows.height:
            return unread
        native = rows[f"{part}_native"]
        found = read_numbers(rows[part], native, self.source)
        asked = question(rows[part], native, self.source)
        if asked:
            self._add(asked, None, rows.filter(pl.col(part) == asked.values["found"])[f"{part}_at"][0])
            found = found.with_columns(failed=pl.col("failed") & ~asks(rows[part]))
        for line, column, text in rows.filter(found["failed"]).select("line", f"{part}_at", part).iter_rows():
            self._add(why_not(text, self.source), line, column)
        if asked:
            return unread
        flag = [found["flag"]] if part == "value" else []
        return rows.with_columns(found["value"].alias(part), *flag)

    def ranges(self, rows: pl.DataFrame) -> None:
        """No value lies outside its indicator's own limits."""
        for side, beyond in (("min", pl.col("value") < pl.col("limit")), ("max", pl.col("value") > pl.col("limit"))):
            known = [(indicator.id, getattr(indicator, side)) for indicator in self.definitions.indicators]
            limits = pl.DataFrame(known, schema={"indicator": pl.String, "limit": pl.Float64}, orient="row").drop_nulls()
            outside = rows.join(limits, on="indicator", maintain_order="left").filter(beyond)
            message = (
                N_("{found} is below the limit of {indicator}, {limit}")
                if side == "min"
                else N_("{found} is above the limit of {indicator}, {limit}")
            )
            for line, column, value, indicator, limit in outside.select("line", "column", "value", "indicator", "limit").iter_rows():
                values = {"found": f"{value:.15g}", "limit": f"{limit:.15g}", "indicator": indicator}
                self._add(Fault(message, "correct the value, or the limit in indicators.yaml", values), line, column)

    def _add(self, fault: Fault, line: int | None, column: str | None) -> None:
        self.problems.append(Problem(fault.message, fault.hint, self.name, line, column, values=fault.values))
