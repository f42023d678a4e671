"""What is said between the app and the process that reads a file: JSON of a known shape, and a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from data.city import City
from data.definitions import Definitions
from data.indicators import Indicator, Theme
from data.ingest.apart.limits import Limits
from data.model import Tuple
from data.places import Place
from data.problems import Problem
from data.sources import Mapping, Source

JOB, ANSWER, ROWS, REFUSED = "job.json", "answer.json", "rows.arrow", "refused.arrow"
"""The files of the folder that both know."""
MOST_PROBLEMS = 10_000
"""Problems handed over; the others are counted."""
SHAPE = {
    "place": pl.String(),
    "indicator": pl.String(),
    "segment": pl.String(),
    "period": pl.Date(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "flag": pl.String(),
}
"""The table of observations."""
Files = Sequence[tuple[Path, str]]
"""Each with the name that messages call it."""


class Message(BaseModel):
    """Nothing but what is declared passes between the two."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Known(Message):
    """The definitions as they were when the job was given, also those that are not written down yet."""

    city: City
    places: Annotated[tuple[Place, ...], Tuple]
    themes: Annotated[tuple[Theme, ...], Tuple]
    indicators: Annotated[tuple[Indicator, ...], Tuple]
    sources: Annotated[tuple[Source, ...], Tuple]

    @classmethod
    def of(cls, given: Definitions) -> "Known":
        """As a message."""
        return cls(city=given.city, places=given.places, themes=given.themes, indicators=given.indicators, sources=given.sources)

    def definitions(self) -> Definitions:
        """As everybody else knows them."""
        return Definitions(self.city, self.places, self.themes, self.indicators, self.sources)


class Job(Message):
    """What to do with which files. `given` is what a person has declared of them; `known` what reading figures leans on."""

    kind: Literal["read", "fit", "propose", "sheet", "workbook"]
    files: tuple[tuple[Path, str], ...]
    known: Known | None = None
    source: Mapping | None = None
    given: dict[str, Any] = {}
    limits: Limits


class Answer(Message):
    """What came of it. `found` is the job's own, as JSON."""

    refused: bool = False
    problems: tuple[Problem, ...] = ()
    more_problems: int = 0
    not_now: str | None = None
    not_now_values: dict[str, str | int] = {}
    found: str = ""


class Aside(Message):
    """What reading tells beside the rows."""

    left_out: int
    unread: tuple[str, ...]


def told(problems: Sequence[Problem]) -> dict[str, Any]:
    """The first problems, and how many more there are."""
    return {"problems": tuple(problems[:MOST_PROBLEMS]), "more_problems": max(len(problems) - MOST_PROBLEMS, 0)}


@dataclass(frozen=True)
class Read:
    """The good rows of files (columns of SHAPE), and the refused ones as `data.ingest.partial.Partial` has them.

    `left_out` counts the lines that the source told not to read, `unread` are columns that it does not name.
    """

    rows: pl.DataFrame
    refused: pl.DataFrame
    problems: tuple[Problem, ...]
    more_problems: int
    left_out: int
    unread: tuple[str, ...]
