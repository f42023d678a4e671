"""What a proposal consists of: columns and what they seem to hold, questions for a person, remarks, names and their matches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data import sources
from data.problems import Problem

Role = Literal["place", "indicator", "period", "value", "numerator", "denominator", "segment", "wide", "not_read"]
Values = Mapping[str, object]
Answer = str | int | tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """One answer to a question: `value` is what goes into `given`, the sentence says what it means.

    `examples` are the first cells it would change, each as it is written and as it would then be read: a number where it is
    one, a day as 2024-01-31. For the keys place and indicator, value and sentence are the id; the screen says its name.
    """

    value: Answer
    message: str
    values: Values = field(default_factory=dict)
    examples: tuple[tuple[str, str | float], ...] = ()


@dataclass(frozen=True)
class Question:
    """What only a person can answer. The answer goes into `given` under `key`; `propose` is then called again.

    Keys: sheet, encoding, delimiter, decimal, open_end, date_format, fiscal_year_starts, year, period, place,
    indicator, value, nulls, fill_down.
    With `free` any text may be the answer, and the options are suggestions: a period, as the indicators' frequency writes it
    (2024, 2024-06), or a year. `answer` is what was given so far, None where the question is open; an answered question
    stays in the list, so that it can be answered otherwise.
    """

    key: str
    message: str
    values: Values = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    free: bool = False
    answer: Answer | None = None


@dataclass(frozen=True)
class Remark:
    """Something that was recognised in the file and is proposed: a title above the header, a row of units, totals left out."""

    message: str
    values: Values = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True)
class Guess:
    """One column of the file, what it seems to hold, and why it seems so.

    `meaning` is what a wide column stands for: a period as it would be declared, the id of a place or an indicator; None
    where nobody knows yet. `dimension` is what a segment's column would be called: sex, age. `dated` says that its texts may be
    periods in some form: sentences, names and marks are none.
    """

    name: str
    role: Role
    why: str
    values: Values = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    unit: str | None = None
    meaning: str | None = None
    dimension: str | None = None
    dated: bool = False


@dataclass(frozen=True)
class Match:
    """A text of the file for a place or an indicator, and the known id it would be read as.

    `id` is None where nothing known is called so: then a person chooses one of `near` (up to three, the likeliest first), any
    other id, or a new one, for which `new_id` is proposed. `how`: "known" (the id or a name), "likeness" (it differs only in
    accents, signs or spaces), "declared" (a person said so), "" (not matched). `rows` is how many rows it stands in.
    """

    text: str
    id: str | None
    how: Literal["known", "likeness", "declared", ""]
    near: tuple[str, ...]
    rows: int
    new_id: str
    unit: str | None = None


@dataclass(frozen=True)
class Proposal:
    """How a file could be read.

    `source` is as complete as it can be proposed: what a question asks is left out of it until it is answered, and so is
    what no id is known for. `grid` holds the first lines as they are written. `problems` are what stands in the way of
    reading the file at all; the rest is then empty. `kind` is what the wide columns are, None for a long file.
    """

    source: sources.Mapping
    sheets: tuple[str, ...] = ()
    grid: tuple[tuple[int, tuple[str, ...]], ...] = ()
    guesses: tuple[Guess, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()
    places: tuple[Match, ...] = ()
    indicators: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()
    kind: Literal["periods", "indicators", "places"] | None = None

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(question for question in self.questions if question.answer is None)
