"""The cells of one plain CSV file: the few texts that a key is made of are kept and read once each, and rows hold their numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import cast, get_args

import polars as pl

from data.definitions import Definitions
from data.indicators import Indicator
from data.ingest import period_texts
from data.ingest.fault import Fault
from data.ingest.names import Register
from data.ingest.numbers import question, read_numbers
from data.ingest.plain_lines import Odd, delimiters_below_header, has_quotes, header, unwrapped
from data.ingest.rows import KEY, NUMBERS
from data.ingest.table import Progress
from data.ingest.text_file import ends_open
from data.periods import Frequency
from data.sources import Source

ROWS_AT_ONCE = 500_000
MOST_TEXTS = 65_536
"""Different places, indicators, periods or segments of one file; with more it is no table of observations."""
EVERY_FREQUENCY: tuple[Frequency, ...] = get_args(Frequency)

Meanings = Mapping[int, object]
"""What each number of a column stands for; where a part of the key has no column, 0 stands for what all rows have in common."""


class PlainFile:
    """One file, whose reading raises Odd where it is not plain."""

    def __init__(self, path: Path, name: str, source: Source, definitions: Definitions) -> None:
        self.path, self.source, self.definitions = path, source, definitions
        self.header, self.quoted = header(path, source, name), has_quotes(path)
        self.keys: dict[str, str] = {part: column for part in KEY if (column := getattr(source.columns, part))}
        self.numbers: dict[str, str] = {part: column for part in NUMBERS if (column := getattr(source.columns, part))}
        self.texts: dict[str, dict[int, str]] = {part: {} for part in self.keys}
        self.plainest = _plainest(source)
        if len({*self.keys.values(), *self.numbers.values()}) < len(self.keys) + len(self.numbers):
            raise Odd  # a column that is two things
        if ends_open(path, source):
            raise Odd  # the last number may go on

    def rows(self, progress: Progress) -> pl.DataFrame:
        """The rows in the file's order: place and indicator (Enum), segment (String), period (Date), the numbers and the flag."""
        rows = pl.concat([self._piece(batch) for batch in self._batches()], rechunk=True)
        progress(self.path.stat().st_size)
        places = Register("place", self.definitions.places, self.source.names.places)
        indicators = Register("indicator", self.definitions.indicators, self.source.names.indicators)
        rows = rows.with_columns(
            _meant(rows, "place", self._found("place", places.find), pl.Enum(list(self.definitions.place))),
            _meant(rows, "indicator", self._found("indicator", indicators.find), pl.Enum(list(self.definitions.indicator))),
            _meant(rows, "segment", self._read("segment"), pl.Categorical).fill_null(""),
        )
        rows = rows.with_columns(self._periods(rows))
        self._require_limits(rows)
        return rows

    def _batches(self) -> Iterator[pl.DataFrame]:
        """All columns, whether they are wanted or not: only then is a line with too many fields refused."""
        kept_once = {column: pl.Categorical(pl.Categories.random()) for column in self.keys.values()}
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

    def _piece(self, batch: pl.DataFrame) -> pl.DataFrame:
        columns = [self._numbered(batch[column], part) for part, column in self.keys.items()]
        for part, column in self.numbers.items():
            found = self._values(batch[column].struct.unnest())
            columns += [found["value"].alias(part), *([found["flag"]] if part == "value" else [])]
        return pl.DataFrame(columns)

    def _numbered(self, cells: pl.Series, part: str) -> pl.Series:
        """The numbers of the texts; only where one is new are the texts asked for. A place, say, must be in every row."""
        numbers, known = cells.to_physical().alias(part), self.texts[part]
        if part != "segment" and numbers.null_count():
            raise Odd
        if cast(int, numbers.max() or 0) >= next(number for number in range(len(known) + 1) if number not in known):
            different = cells.unique().drop_nulls()
            known |= zip(different.to_physical(), different.cast(pl.String), strict=True)
        if len(known) > MOST_TEXTS:
            raise Odd
        return numbers

    def _looked_at(self, column: str) -> pl.Expr:
        """A column of numbers as it is while the file is read on all cores: text, number, and whether it is written in the plainest way."""
        text = pl.col(column)
        plainest = (text.str.contains(self.plainest) & (text.str.len_bytes() <= 15)).fill_null(False)
        return pl.struct(text.alias("text"), text.cast(pl.Float64, strict=False).alias("number"), plainest.alias("plainest")).alias(column)

    def _values(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Columns value and flag. Most numbers are written in the plainest way there is; only the others are looked at closely."""
        plainest = cells["plainest"]
        if plainest.all():
            return pl.DataFrame({"value": cells["number"]}).with_columns(flag=pl.lit(None, pl.Categorical))
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

    def _read(self, part: str) -> dict[int, str]:
        """The text of each number, as the careful reader has it."""
        if part not in self.keys:
            whole = getattr(self.source.all, part)
            return {0: "" if whole is None else str(whole)}
        texts = pl.Series([unwrapped(text) for text in self.texts[part].values()], dtype=pl.String).str.strip_chars()
        return dict(zip(self.texts[part], texts, strict=True))

    def _found(self, part: str, find: Callable[[str], str | Fault]) -> Meanings:
        return {number: _no_fault(find(text)) for number, text in self._read(part).items()}

    def _periods(self, rows: pl.DataFrame) -> pl.Series:
        """The last days; a text may be a period of one frequency and none of another."""
        texts, in_file = self._read("period"), "period" in self.keys
        if in_file and any(period_texts.question(text, self.source) for text in texts.values()):
            raise Odd
        written = self.source if in_file else self.source.model_copy(update={"date_format": None})
        days: dict[int, object] = {}
        for number, text in texts.items():
            for place, frequency in enumerate(EVERY_FREQUENCY, start=number * len(EVERY_FREQUENCY)):
                day = period_texts.read_period(text, frequency, written)
                days[place] = None if isinstance(day, Fault) else day
        number = rows["period"] if in_file else pl.repeat(0, rows.height, dtype=pl.UInt32, eager=True)
        place = self._of_indicator(rows, lambda one: EVERY_FREQUENCY.index(one.frequency), pl.UInt32) + number * len(EVERY_FREQUENCY)
        found = _meant(pl.DataFrame({"period": place}), "period", days, pl.Date)
        if found.null_count():
            raise Odd
        return found

    def _require_limits(self, rows: pl.DataFrame) -> None:
        if all(one.min is None and one.max is None for one in self.definitions.indicators):
            return
        below = rows["value"] < self._of_indicator(rows, lambda one: one.min, pl.Float64)
        above = rows["value"] > self._of_indicator(rows, lambda one: one.max, pl.Float64)
        if below.any() or above.any():
            raise Odd

    def _of_indicator(self, rows: pl.DataFrame, asked: Callable[[Indicator], object], kind: type[pl.DataType]) -> pl.Series:
        meanings = {number: asked(one) for number, one in enumerate(self.definitions.indicators)}
        return _meant(rows.select(pl.col("indicator").to_physical()), "indicator", meanings, kind)


def _plainest(source: Source) -> str:
    """The numbers of at most 15 letters that are what they seem, whatever else the source declares; a pattern that nothing fits is none."""
    if (
        source.decimal == ","
        or source.thousands
        or any(re.match("[+-]?[0-9]", text) for text in (*source.nulls, *source.true, *source.false))
    ):
        return "[^\\s\\S]"
    return r"^[+-]?[0-9]+(?:\.[0-9]+)?$" if source.decimal else r"^[+-]?[0-9]+(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?$"


def _no_fault(found: str | Fault) -> str:
    if isinstance(found, Fault):
        raise Odd
    return found


def _meant(rows: pl.DataFrame, part: str, meanings: Meanings, kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    """What the numbers of a column stand for."""
    table = pl.Series(part, [meanings.get(number) for number in range(max(meanings, default=0) + 1)], dtype=kind)
    return table.gather(rows[part]) if part in rows.columns else table.new_from_index(0, rows.height)
