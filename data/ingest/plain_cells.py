"""The cells of one plain CSV file, read batch after batch; each is worked out while it is still at hand."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data.definitions import Definitions
from data.ingest.numbers import question, read_numbers
from data.ingest.plain_keys import PlainKeys
from data.ingest.plain_lines import Odd, delimiters_below_header, has_quotes, header
from data.ingest.rows import NUMBERS
from data.ingest.table import Progress
from data.ingest.text_file import ends_open
from data.sources import Source

ROWS_AT_ONCE = 500_000


class PlainFile:
    """One file, whose reading raises Odd where it is not plain."""

    def __init__(self, path: Path, name: str, source: Source, definitions: Definitions) -> None:
        self.path, self.source = path, source
        self.header, self.quoted = header(path, source, name), has_quotes(path)
        self.keys = PlainKeys(source, definitions)
        self.numbers: dict[str, str] = {part: column for part in NUMBERS if (column := getattr(source.columns, part))}
        self.plainest = _plainest(source)
        limits = [(one.min, one.max) for one in definitions.indicators]
        self.limits = pl.DataFrame(limits, {"min": pl.Float64, "max": pl.Float64}, orient="row") if set(limits) - {(None, None)} else None
        if len({*self.keys.columns.values(), *self.numbers.values()}) < len(self.keys.columns) + len(self.numbers):
            raise Odd  # a column that is two things
        if ends_open(path, source):
            raise Odd  # the last number may go on

    def rows(self, progress: Progress) -> pl.DataFrame:
        """The rows in the file's order: place and indicator (Enum), period (Date), the numbers; segment and flag where there are any."""
        rows = pl.concat([self._rows(batch) for batch in self._batches()], how="diagonal", rechunk=True)
        progress(self.path.stat().st_size)
        return rows

    def _batches(self) -> Iterator[pl.DataFrame]:
        """All columns, whether they are wanted or not: only then is a line with too many fields refused."""
        kept_once = {column: pl.Categorical(pl.Categories.random()) for column in self.keys.columns.values()}
        lines = pl.scan_csv(
            self.path,
            separator=self.source.delimiter,
            schema={column: kept_once.get(column, pl.String) for column in self.header},
            has_header=False,
            skip_lines=self.source.header_row,
            quote_char=None,
            glob=False,
        ).with_columns([self._looked_at(column) for column in self.numbers.values()])
        last, count, in_doubt = self.header[-1], 0, False
        for batch in lines.collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True):
            count += batch.height
            cells = batch[last].struct.field("text") if last in self.numbers.values() else batch[last]
            in_doubt = in_doubt or cells.null_count() > 0
            yield batch
        if not count or (in_doubt and delimiters_below_header(self.path, self.source) != count * (len(self.header) - 1)):
            raise Odd  # a last field that is empty looks like one that is not there

    def _rows(self, batch: pl.DataFrame) -> pl.DataFrame:
        rows = self.keys.of(batch)
        for part, column in self.numbers.items():
            found = self._values(batch[column].struct.unnest())
            rows = rows.with_columns(found["value"].alias(part))
            if part == "value" and "flag" in found:
                rows = rows.with_columns(found["flag"])
        self._require_limits(rows)
        return rows

    def _looked_at(self, column: str) -> pl.Expr:
        """A column of numbers as it is while the file is read on all cores: text, number, and whether it is written in the plainest way."""
        text = pl.col(column)
        plainest = (text.str.contains(self.plainest) & (text.str.len_bytes() <= 15)).fill_null(False)
        return pl.struct(text.alias("text"), text.cast(pl.Float64, strict=False).alias("number"), plainest.alias("plainest")).alias(column)

    def _values(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Columns value, and flag where not all is written in the plainest way there is; only what is not is looked at closely."""
        plainest = cells["plainest"]
        if plainest.all():
            return pl.DataFrame({"value": cells["number"]})
        text = cells["text"].filter(~plainest).fill_null("")
        if self.quoted:
            text = text.str.replace('^"([^"]*)"$', "$1")
            if text.str.contains('"', literal=True).any():
                raise Odd
        text, native = text.str.strip_chars(), pl.repeat(None, len(text), dtype=pl.Float64, eager=True)
        found = read_numbers(text, native, self.source)
        if found["failed"].any() or question(text, native, self.source):
            raise Odd
        places = (~plainest).arg_true()
        values = cells["number"].scatter(places, found["value"])
        flags = pl.repeat(None, cells.height, dtype=pl.String, eager=True).scatter(places, found["flag"])
        return pl.DataFrame({"value": values, "flag": flags.cast(pl.Categorical)})

    def _require_limits(self, rows: pl.DataFrame) -> None:
        if self.limits is None:
            return
        limits = self.limits[rows["indicator"].to_physical()]
        if (rows["value"] < limits["min"]).any() or (rows["value"] > limits["max"]).any():
            raise Odd


def _plainest(source: Source) -> str:
    """The numbers of at most 15 letters that are what they seem, whatever else the source declares; a pattern that nothing fits is none."""
    if (
        source.decimal == ","
        or source.thousands
        or any(re.match("[+-]?[0-9]", text) for text in (*source.nulls, *source.true, *source.false))
    ):
        return "[^\\s\\S]"
    return r"^[+-]?[0-9]+(?:\.[0-9]+)?$" if source.decimal else r"^[+-]?[0-9]+(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?$"
