"""How a table says a plan: the mapping of `python -m data plan FILE --map MAP.yaml`, and what every format of ours is read by."""

from typing import Annotated, Literal

from pydantic import Field

from data.model import Date, Id, Model, Text, Tuple
from data.plans.vocabulary import PHASES

Column = Annotated[str, Field(min_length=1, max_length=300)]
Columns = Column | Annotated[tuple[Column, ...], Tuple]
Worded = Column | dict[Annotated[str, Field(pattern=r"^[a-z]{2}(_[A-Z]{2})?$")], Column]
"""One column, or one for each language: `{es: titulo, en: title}`."""
Status = Literal["not_started", "started", "completed", "suspended", "removal_proposed", "cancelled"]


def columns_of(said: Columns | Worded | None) -> tuple[str, ...]:
    """The columns that a part of a map names."""
    if isinstance(said, dict):
        return tuple(said.values())
    return (said,) if isinstance(said, str) else said or ()


class Named(Model):
    """What the nodes of a level are called: `{one: Eje, many: Ejes}`."""

    one: Text
    many: Text


class Level(Named):
    """A level that the file names in a column of each row: its rows are made into nodes of their own."""

    column: Worded
    key: Column | None = Field(default=None, description="The column of its number; without it, a key is made of its name")


class Said(Model):
    """What the file does not say of the plan as a whole."""

    key: Id | None = Field(default=None, description="Undeclared: made of the file's name")
    name: Text | None = None
    kind: Literal["mandate", "strategic", "sector", "territorial", "transversal", "annual"] = "mandate"
    place: Id | None = Field(default=None, description="Undeclared: the city")
    starts: Date | None = None
    ends: Date | None = None
    weights: Literal["equal", "manual", "budget", "beneficiaries"] = "equal"


class Progress(Model):
    """Where the declared progress stands: in a column, or in two: so much done `of` so much `over`, and no more than all of it."""

    column: Column | None = None
    share: bool = Field(default=False, description="The column holds 0 to 1, not percent")
    of: Column | None = None
    over: Column | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column in (self.column, self.of, self.over) if column)


class Budget(Model):
    """A budget line of each row; a phase is one column, or several that are added up."""

    code: Column | None = Field(default=None, description="The column of its code; undeclared: `name` or `budget`")
    name: Text | None = None
    year: int | None = Field(default=None, ge=1900, le=2200)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$", description="Undeclared: that of the city")
    factor: float = Field(default=1, gt=0, description="1000 where the file is in thousands")
    initial: Columns | None = None
    modified: Columns | None = None
    reserved: Columns | None = None
    committed: Columns | None = None
    accrued: Columns | None = None
    paid: Columns | None = None

    @property
    def phases(self) -> dict[str, tuple[str, ...]]:
        """The columns of each phase that is declared."""
        return {phase: columns_of(getattr(self, phase)) for phase in PHASES if getattr(self, phase) is not None}

    @property
    def columns(self) -> tuple[str, ...]:
        return (*columns_of(self.code), *(column for columns in self.phases.values() for column in columns))


class PlanMap(Model):
    """One plan table. Columns that it does not name are kept with their rows, and go out again as they came."""

    plan: Said = Said()
    sheet: str | None = None
    encoding: Literal["utf-8", "utf-16", "latin-1", "cp1252"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'"] | None = None
    date_format: Columns = Field(default=(), description="strptime codes, as %d/%m/%Y, or a list of such; ISO days need none")
    unreadable: Literal["refuse", "keep"] = Field(
        default="refuse", description="A day or number that cannot be read: refused, or kept with its row and not used"
    )
    header_row: int | None = Field(default=None, ge=1, le=200, description="Undeclared: the first row that has all columns")
    rows_below_header: int = Field(default=0, ge=0, le=20)
    keep: dict[Column, Annotated[tuple[str, ...], Tuple]] = Field(default={}, description="Column: texts of the rows that are read")
    leave_out: dict[Column, Annotated[tuple[str, ...], Tuple]] = Field(default={}, description="Column: texts of rows that are not read")
    fill_down: Annotated[tuple[Column, ...], Tuple] = ()
    levels: Annotated[tuple[Level, ...], Tuple] = ()
    rows: Named | None = Field(default=None, description="What a row is called; undeclared: action")
    row_levels: Annotated[tuple[Named, ...], Tuple] = Field(
        default=(), description="With `parent`: what rows are called, from the top down"
    )
    key: Columns = ()
    numbered_keys: bool = Field(default=False, description="Rows with the same key are numbered, instead of refused")
    parent: Column | None = Field(default=None, description="The column that holds the key of the row above")
    parents_outside: Literal["refuse", "name"] = Field(
        default="refuse", description="A parent that the file does not hold: refused, or a node with its key for a name"
    )
    name: Worded
    name_below: Column | None = Field(default=None, description="The name of a row that is part of the row above it")
    description: Worded | None = None
    limits: Worded | None = Field(default=None, description="What stands in a work's way")
    status: Column | None = None
    status_words: dict[str, Status | None] = Field(default={}, description="The file's words: ours; words that we know need no entry")
    progress: Progress | Column | None = None
    starts: Column | None = None
    ends: Column | None = None
    area: Column | None = None
    areas: dict[str, Id] = Field(default={}, description="The file's names of areas: ids of city.yaml")
    place: Column | None = None
    places: dict[str, Id] = Field(default={}, description="The file's names of places: ids of places.yaml")
    latitude: Column | None = None
    longitude: Column | None = None
    weight: Column | None = None
    beneficiaries: Column | None = None
    sdg: Column | None = Field(default=None, description="Numbers of Sustainable Development Goals")
    works: bool = Field(default=False, description="Every row is a key work, shown on the works map")
    budget: Annotated[tuple[Budget, ...], Tuple] = ()

    @property
    def declared(self) -> Progress | None:
        """Where progress stands, whichever way it was written."""
        return Progress(column=self.progress) if isinstance(self.progress, str) else self.progress

    @property
    def orders(self) -> tuple[str, ...]:
        """The formats of days."""
        return columns_of(self.date_format)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column that the table must have."""
        single = (
            self.parent, self.name_below, self.status, self.starts, self.ends, self.area, self.place, self.latitude, self.longitude,
            self.weight, self.beneficiaries, self.sdg,
        )  # fmt: skip
        several = (
            *(column for level in self.levels for column in (*columns_of(level.column), *columns_of(level.key))),
            *columns_of(self.key), *columns_of(self.name), *columns_of(self.description), *columns_of(self.limits),
            *(self.declared.columns if self.declared else ()),
            *(column for budget in self.budget for column in budget.columns), *self.keep, *self.leave_out, *self.fill_down,
        )  # fmt: skip
        return tuple(dict.fromkeys(column for column in (*several, *single) if column))
