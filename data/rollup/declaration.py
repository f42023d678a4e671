"""How a roll-up is declared: where the events are, what their columns are called, which indicators they fill (`data/rollups/*.yaml`)."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from data.model import Id, Model, Text, Tuple
from data.periods import Frequency
from data.sources import Column

DATE_CODES = ("%Y", "%y", "%m", "%d", "%H", "%M", "%S")
"""What the `format` of a day or moment may hold; every engine reads them alike."""


class Events(Model):
    """Where the events are, and how their files are written."""

    path: str | None = Field(
        default=None, min_length=1, description="A file, or a folder of files (year=2026/month=06 inside it if you like); from the home"
    )
    format: Literal["csv", "parquet"]
    delimiter: Literal[",", ";", "\t", "|"] = ","
    encoding: Literal["utf-8", "utf-16", "latin-1"] = "utf-8"
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'"] | None = None
    time_zone: str | None = Field(
        default=None, description="Where moments carry a time zone: the place's own, as America/Bogota, by whose clock they are counted"
    )
    nulls: Annotated[tuple[str, ...], Tuple] = Field(default=(), description="Texts that mean a missing value; an empty one always does")


class EventColumn(Model):
    """One column of `events`, as the SQL knows it."""

    column: Column | None = Field(default=None, description="What the files call it; without it the column is empty in every row")
    type: Literal["text", "integer", "number", "boolean", "date", "timestamp"] = "text"
    format: str | None = Field(default=None, description="For a date or timestamp: strftime codes, as %d/%m/%Y %H:%M; ISO needs none")
    true: Annotated[tuple[str, ...], Tuple] = Field(default=("true",), description="For a boolean: the texts that mean yes")
    false: Annotated[tuple[str, ...], Tuple] = Field(default=("false",), description="For a boolean: the texts that mean no")


class Period(Model):
    """For SQL in which an event counts for its own period only: what has not changed is then not computed again."""

    column: Id = Field(description="The column of `events`, a date or timestamp, that says when")
    every: Frequency = Field(default="month", description="How long the periods are that the SQL computes")


class RollupNames(Model):
    """What the SQL's rows call places that we know by another id; ids and names that we know need no entry."""

    places: dict[str, Id] = {}


class LeftOut(Model):
    """Rows of the result that are meant not to be loaded."""

    places: Annotated[tuple[str, ...], Tuple] = Field(default=(), description="Places of the result, such as `` for events of none")


class Declaration(Model):
    """One roll-up: events in, observations out, by the SQL file of the same name."""

    name: Text
    sql: Id | None = Field(default=None, description="The SQL file's name, where it is another's: two registers can share one")
    events: Events
    columns: dict[Id, EventColumn]
    period: Period | None = None
    parameters: dict[Id, float | str] = Field(default={}, description="What the SQL writes as $name; $city is the city's own place")
    indicators: dict[str, Id] = Field(description="What the SQL's rows call it: indicator. Others are not loaded")
    names: RollupNames = RollupNames()
    leave_out: LeftOut = LeftOut()

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The columns that the files must have."""
        return tuple(dict.fromkeys(column.column for column in self.columns.values() if column.column is not None))
