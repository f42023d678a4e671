"""Which place, indicator, segment and period each row of a plain file is of: its few different texts are read once each."""

from collections.abc import Callable
from typing import Any, cast

import polars as pl

from data.definitions import Definitions
from data.ingest import period_texts
from data.ingest.fault import Fault
from data.ingest.names import Register
from data.ingest.plain_lines import Odd, unwrapped
from data.ingest.rows import KEY
from data.periods import Frequency
from data.sources import Source

MOST_TEXTS = 65_536
"""Different places, indicators, periods or segments of one file; with more it is no table of observations."""
Reader = Callable[[str], list[Any]]
"""What a text stands for: one thing, or for a period one day in each frequency."""


class PlainKeys:
    """The keys of one file's rows. Its columns are read as `Categorical`, and so come as the numbers of their texts."""

    def __init__(self, source: Source, definitions: Definitions) -> None:
        self.source = source
        self.columns: dict[str, str] = {part: column for part in KEY if (column := getattr(source.columns, part))}
        self.texts: dict[str, dict[int, str]] = {part: {} for part in self.columns}
        self.meanings: dict[str, pl.Series] = {}
        self.frequencies: list[Frequency] = sorted({indicator.frequency for indicator in definitions.indicators})
        self.frequency = pl.Series([self.frequencies.index(one.frequency) for one in definitions.indicators], dtype=pl.UInt32)
        places = Register("place", definitions.places, source.names.places)
        indicators = Register("indicator", definitions.indicators, source.names.indicators)
        self.reading: dict[str, tuple[Reader, Any]] = {
            "place": (lambda text: [_no_fault(places.find(text))], pl.Enum(list(definitions.place))),
            "indicator": (lambda text: [_no_fault(indicators.find(text))], pl.Enum(list(definitions.indicator))),
            "segment": (lambda text: [text], pl.Categorical),
            "period": (self._days, pl.Date),
        }

    def of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The columns place, indicator (Enum, in the order of the definitions), period (last day), and segment where the file has it.

        Raises Odd where a text is not plain, or is nothing that is known.
        """
        number = {part: self._numbers(batch, part) for part in (*self.columns, *KEY)}
        rows = {part: self._meaning(part).gather(number[part]) for part in ("place", "indicator")}
        rows["period"] = self._meaning("period").gather(
            number["period"] * len(self.frequencies) + self.frequency.gather(rows["indicator"].to_physical())
        )
        if rows["period"].null_count():
            raise Odd  # a day of another frequency than the indicator's
        if "segment" in self.columns:
            rows["segment"] = self._meaning("segment").gather(number["segment"]).fill_null("")
        return pl.DataFrame(rows)

    def _numbers(self, batch: pl.DataFrame, part: str) -> pl.Series:
        """The numbers of the texts; only where one is new are the texts asked for."""
        if part not in self.columns:
            return pl.repeat(0, batch.height, dtype=pl.UInt32, eager=True)  # of what all rows have in common
        cells = batch[self.columns[part]]
        numbers, known = cells.to_physical(), self.texts[part]
        if part != "segment" and numbers.null_count():
            raise Odd  # a place, say, must be in every row
        if cast(int, numbers.max() or 0) >= next(number for number in range(len(known) + 1) if number not in known):
            different = cells.unique().drop_nulls()
            known |= zip(different.to_physical(), different.cast(pl.String), strict=True)
            self.meanings.pop(part, None)
        if len(known) > MOST_TEXTS:
            raise Odd
        return numbers

    def _meaning(self, part: str) -> pl.Series:
        """What the numbers of a part stand for; its texts are read again only where a batch brings new ones."""
        if part not in self.meanings:
            read, kind = self.reading[part]
            found = {number: read(text) for number, text in self._texts(part).items()}
            nothing = [None] * (len(self.frequencies) if part == "period" else 1)
            listed = [one for number in range(max(found, default=0) + 1) for one in found.get(number, nothing)]
            self.meanings[part] = pl.Series(part, listed, dtype=kind)
        return self.meanings[part]

    def _texts(self, part: str) -> dict[int, str]:
        """The text of each number, as the careful reader has it."""
        if part not in self.columns:
            whole = getattr(self.source.all, part)
            return {0: "" if whole is None else str(whole)}
        texts = pl.Series([unwrapped(text) for text in self.texts[part].values()], dtype=pl.String).str.strip_chars()
        return dict(zip(self.texts[part], texts, strict=True))

    def _days(self, text: str) -> list[Any]:
        """The last day in each frequency; a text may be a period of one and none of another."""
        in_file = "period" in self.columns
        if in_file and period_texts.question(text, self.source):
            raise Odd
        written = self.source if in_file else self.source.model_copy(update={"date_format": None})
        days = [period_texts.read_period(text, frequency, written) for frequency in self.frequencies]
        return [None if isinstance(day, Fault) else day for day in days]


def _no_fault(found: str | Fault) -> str:
    if isinstance(found, Fault):
        raise Odd
    return found
