"""Sources: how each kind of file that the city receives is read (`data/sources.yaml`)."""

import re
from typing import Annotated, Literal

from pydantic import Field

from data.fetch_declaration import Fetch
from data.model import Id, Model, Text, Tuple

DATE_CODES = ("%d", "%m", "%b", "%B", "%Y", "%y", "%H", "%M", "%S")
MONTH_CODES = ("%m", "%b", "%B")

Column = Annotated[str, Field(min_length=1, max_length=300)]
Joined = Annotated[tuple[Column, ...], Tuple, Field(json_schema_extra={"minItems": 2, "uniqueItems": True})]
"""Columns of which each says a part: an id and its units, a year and a month. `data.ingest.joined` says how they are read."""


class Columns(Model):
    """Which column of the file holds what. What has no column must be given once for the whole file, under `all`."""

    place: Column | Joined | None = Field(default=None, description="One column, or a list of those whose texts are joined by a space")
    indicator: Column | Joined | None = Field(default=None, description="One column, or a list of those whose texts are joined by a space")
    period: Column | Joined | None = Field(default=None, description="One column, or a list as [year, month], which are joined by a slash")
    value: Column | None = Field(default=None, description="For a long file: the one column of values")
    numerator: Column | None = None
    denominator: Column | None = None
    segment: Column | None = None
    segments: dict[Id, Column] = Field(
        default={}, description="For a file with a column for each dimension of its segments, as sex and age: dimension, column"
    )

    def of(self, part: str) -> tuple[str, ...]:
        """The columns that say a part of an observation, in the order in which they are joined; none where no column does."""
        said = getattr(self, part)
        return (said,) if isinstance(said, str) else said or ()


class Whole(Model):
    """What every row of the file has in common."""

    place: Id | None = None
    indicator: Id | None = None
    period: str | int | None = Field(default=None, description="As the file would write it: 2024, 2024-06")
    segment: str | None = None


class Wide(Model):
    """A wide file: its columns are periods, indicators or places. Exactly one of the three is given."""

    periods: dict[Column, str | int] | None = Field(default=None, description="Column name: period")
    indicators: dict[Column, Id] | None = Field(default=None, description="Column name: indicator")
    places: dict[Column, Id] | None = Field(default=None, description="Column name: place")

    @property
    def columns(self) -> dict[str, str | int]:
        """Each wide column, and what it stands for."""
        return {**(self.periods or {}), **(self.indicators or {}), **(self.places or {})}


class Names(Model):
    """What the file calls things that we know by another id; ids and names that we know need no entry."""

    places: dict[str, Id] = {}
    indicators: dict[str, Id] = {}
    segments: dict[str, str] = Field(default={}, description='Text: the part of a segment it means; "" where it means all')


class Source(Model):
    """One kind of file, and how to read it. Everything is read as text; what is ambiguous must be declared."""

    id: Id
    name: Text
    format: Literal["csv", "xlsx", "xls", "ods", "parquet", "jsonl"] | None = Field(
        default=None, description="By the file's ending, unless declared"
    )
    encoding: Literal["utf-8", "utf-16", "latin-1", "cp1252"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = Field(default=",", description="Undeclared: a tab in a .tsv file, else a comma")
    decimal: Literal[".", ","] | None = Field(default=None, description="Undeclared: `.`, and numbers such as 1.234 are a question")
    thousands: Literal[".", ",", " ", "'"] | None = None
    date_format: str | None = Field(default=None, description="strftime codes, as %d/%m/%Y or %b-%y; ISO dates need none")
    fiscal_year_starts: int = Field(default=1, ge=1, le=12, description="Month number; the year is named by the one it ends in")
    header_row: int = Field(default=1, ge=1, le=200)
    header_rows: int = Field(default=1, ge=1, le=3, description="Lines of the header; a column's name is its cells, from the top down")
    rows_below_header: int = Field(default=0, ge=0, le=20, description="Lines between the header and the data, such as one of units")
    footnotes: Annotated[tuple[str, ...], Tuple] = Field(
        default=(), description="How the first line after the data may begin, as `Source:`; nothing is read from there on"
    )
    leave_out: dict[Column, Annotated[tuple[str, ...], Tuple]] = Field(
        default={}, description="Column: texts whose rows are not read, such as those of totals"
    )
    fill_down: Annotated[tuple[Column, ...], Tuple] = Field(
        default=(), description="Columns whose empty cells say what the cell above says, as merged ones do"
    )
    open_end: bool = Field(default=False, description="The last line of a text file has no line break, and is whole all the same")
    sheet: str | None = Field(default=None, description="Of a workbook; needed where several are visible, and for a hidden one")
    unit: Literal["%"] | None = Field(default=None, description="A sign that cells may carry after the number")
    nulls: Annotated[tuple[str, ...], Tuple] = Field(
        default=(), description="Texts that mean a missing value, which is kept as the reason; `<#` is < and any number"
    )
    true: Annotated[tuple[str, ...], Tuple] = Field(default=(), description="Texts that count as 1")
    false: Annotated[tuple[str, ...], Tuple] = Field(default=(), description="Texts that count as 0")
    columns: Columns = Columns()
    all: Whole = Whole()
    wide: Wide | None = None
    names: Names = Names()
    fetch: Fetch | None = Field(default=None, description="Where `python -m data fetch` gets it")

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that a file of this source must have."""
        single = [column for part, _ in self.columns if part != "segments" for column in self.columns.of(part)]
        across = self.wide.columns if self.wide else ()
        return tuple(dict.fromkeys([*single, *self.columns.segments.values(), *across, *self.leave_out, *self.fill_down]))

    @property
    def unread_date_codes(self) -> str:
        """The codes of `date_format` that are not read or given twice, or `no %Y`; "" where all is well."""
        codes = re.findall("%.?", self.date_format or "%Y")
        said = ["%b" if code in MONTH_CODES else code for code in codes]
        unread = [code for code in dict.fromkeys(codes) if code not in DATE_CODES or said.count("%b" if code in MONTH_CODES else code) > 1]
        return ", ".join(unread) or ("" if {"%Y", "%y"} & set(codes) else "no %Y")


class Mapping(Source):
    """A source in a file of its own, for `python -m data ingest FILE --map MAP.yaml`."""

    id: Id = "map"
    name: Text = "A file with its own mapping"


class Sources(Model):
    sources: Annotated[tuple[Source, ...], Tuple] = ()
