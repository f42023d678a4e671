"""The story as it is written down: people, axes with their lines and actions. Every file is read strictly, as a city's own are."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field

from data.model import Date, Id, Model, Text, Tuple, read_model
from data.periods import Month
from data.yaml_file import read_yaml

FOLDER = Path(__file__).parent
AXES = ("safe_city", "moving_city", "answering_city", "green_city", "fair_city")
PLANS = ("annual_2026", "old_centre")

Key = Annotated[str, Field(pattern=r"^[A-Z0-9]+([.-][A-Z0-9]+)*$")]
MonthText = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
M = TypeVar("M", bound=Model)


class Participation(Model):
    """How far residents take part in each phase."""

    design: str
    implementation: str
    evaluation: str


class Action(Model):
    """A promise, and how it goes. What it does not say, its line says."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)

    key: Key
    name: Text
    ladder: Id
    begins: MonthText = Field(alias="from")
    ends: MonthText = Field(alias="to")
    area: Id | None = None
    owner: Id | None = None
    goals: Annotated[tuple[Id, ...] | None, Tuple] = None
    sdg: Annotated[tuple[str, ...] | None, Tuple] = None
    participation: Participation | None = None
    place: Id | None = None
    people: float | None = None
    pilot: Text | None = None
    at: Annotated[tuple[float, float] | None, Tuple] = Field(default=None, description="Latitude and longitude of a key work")
    limits: Text | None = None
    added: Id | None = Field(default=None, description="The decision by which it came into the plan later")
    serves: Annotated[tuple[Key, ...], Tuple] = Field(default=(), description="Keys of actions of the mandate plan")
    pace: float = Field(default=1.0, gt=0, description="1 is as promised, 0.5 half as fast")
    stops: MonthText | None = Field(default=None, description="The last month in which anything moved")
    lacks: int = Field(default=0, description="How many of the stages last reached have no evidence")
    last: Literal["waiting", "returned"] | None = Field(default=None, description="What became of the newest evidence")
    file: bool = Field(default=False, description="Its first evidence is a file, not a link")
    says: float | None = Field(default=None, description="The percentage at which its area has stayed ever since")
    budget: float | None = None
    spends: float = Field(default=1.0, description="Paid beside proved: 1.5 spends half as much again as it shows")
    rises: bool = Field(default=False, description="More is recognised than was committed")

    @property
    def first(self) -> Month:
        return Month.parse(self.begins)

    @property
    def final(self) -> Month:
        return Month.parse(self.ends)


class Line(Model):
    """A strategic line, and what holds for its actions unless they say otherwise. Its `owner` is a post; else the head of its area."""

    key: Key
    name: Text
    area: Id
    owner: Id | None = None
    goals: Annotated[tuple[Id, ...], Tuple] = ()
    sdg: Annotated[tuple[str, ...], Tuple] = ()
    participation: Participation | None = None
    actions: Annotated[tuple[Action, ...], Tuple]

    def whole(self, action: Action) -> Action:
        """The action with what the line says for it."""
        told = {name: getattr(self, name) for name in ("area", "goals", "sdg", "participation") if getattr(action, name) is None}
        if action.owner is None:
            told["owner"] = self.owner if self.owner and action.area in (None, self.area) else f"{action.area or self.area}_head"
        return action.model_copy(update=told)


class AxisFile(Model):
    """One axis of the mandate plan; `axis` is its id in city.yaml, which names it."""

    key: Key
    axis: Id
    lines: Annotated[tuple[Line, ...], Tuple]


class Level(Model):
    """What the plan calls one of a level, and many."""

    one: Text
    many: Text


class PlanFile(Model):
    """A plan beside the mandate plan, and how it stands to that."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)

    key: Id
    name: Text
    kind: str
    begins: MonthText = Field(alias="from")
    ends: MonthText = Field(alias="to")
    place: Id | None = None
    link: str
    adopted: Date
    levels: Annotated[tuple[Level, ...], Tuple]
    lines: Annotated[tuple[Line, ...], Tuple]


class Changes(Model):
    """What a decision changes of its action."""

    name: Text | None = None
    ends: MonthText | None = None
    status: str | None = None
    status_reason: str | None = None
    left_out: str | None = None


class DecisionEntry(Model):
    """A decision about the mandate plan, by a person of people.yaml; `adds` is the key of an action that it brings in."""

    day: Date
    title: Text
    reason: str
    why: Text
    by: Id
    id: Id | None = None
    action: Key | None = None
    body: Text | None = None
    link: str | None = None
    changes: Changes | None = None
    adds: Key | None = None


class StopEntry(Model):
    """What its area reports of an action from a month on."""

    action: Key
    status: str
    since: MonthText
    reason: str


class DecisionFile(Model):
    decisions: Annotated[tuple[DecisionEntry, ...], Tuple]
    stopped: Annotated[tuple[StopEntry, ...], Tuple]


class OutcomeEntry(Model):
    """A failure or a success; `owner` is a post, `by` the person who writes it down."""

    day: Date
    action: Key
    succeeded: bool
    title: Text
    reason: str
    what: Text
    lesson: Text
    by: Id
    corrective: Text | None = None
    owner: Id | None = None
    due: Date | None = None
    done_on: Date | None = None


class ResultEntry(Model):
    action: Key
    criterion: str
    name: Text
    measured: float | None = None
    expected: float | None = None
    unit: Text | None = None
    period: str | None = None
    source: Text | None = None
    said: Text | None = None


class OutcomeFile(Model):
    outcomes: Annotated[tuple[OutcomeEntry, ...], Tuple]
    results: Annotated[tuple[ResultEntry, ...], Tuple]


class Person(Model):
    id: Id
    name: str
    roles: Annotated[tuple[str, ...], Tuple]
    area: Id | None = None


class Held(Model):
    person: Id
    since: Date | None = None
    until: Date | None = None


class PostEntry(Model):
    id: Id
    area: Id | None = None
    name: Text
    held: Annotated[tuple[Held, ...], Tuple] = ()


class Cast(Model):
    """people.yaml: `voices` says how an area declares; one that is not named declares what is so."""

    people: Annotated[tuple[Person, ...], Tuple]
    posts: Annotated[tuple[PostEntry, ...], Tuple]
    voices: dict[str, Literal["hopeful"]] = {}


def axes() -> tuple[AxisFile, ...]:
    """The axes in the order of the mandate."""
    return tuple(read(AxisFile, name) for name in AXES)


def plans() -> tuple[PlanFile, ...]:
    """The plans beside the mandate plan."""
    return tuple(read(PlanFile, name) for name in PLANS)


def cast() -> Cast:
    return read(Cast, "people")


def decided() -> DecisionFile:
    return read(DecisionFile, "decisions")


def came_of_it() -> OutcomeFile:
    return read(OutcomeFile, "outcomes")


def read(kind: type[M], name: str) -> M:
    """A file of the story by its name."""
    return read_model(kind, read_yaml(FOLDER / f"{name}.yaml", f"data/demo/plan/{name}.yaml"))
