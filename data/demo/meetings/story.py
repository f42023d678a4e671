"""The meetings as they are written down, read strictly, as a city's own files are."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from data.demo.plan.story import Key, MonthText
from data.meetings.vocabulary import ITEM_KINDS, WHYS
from data.model import Date, Id, Model, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "meetings.yaml"


class Ask(Model):
    """What was asked of a post, and what became of it."""

    what: str
    owner: Id
    due: Date
    evidence: str | None = None
    moved: Date | None = Field(default=None, description="The day that it was put off to")
    done: Date | None = None
    shown: str | None = None
    dropped: str | None = Field(default=None, description="Why nobody does it any more")


class Talk(Model):
    """An item of the agenda: about a goal, an action of the mandate plan, or in words; and what was written down of it."""

    whys: Annotated[tuple[str, ...], Tuple]
    goal: Id | None = None
    action: Key | None = None
    title: str | None = None
    discussed: str | None = None
    decided: str | None = None
    why: str | None = None
    evidence: str | None = None
    left_out: str | None = Field(default=None, description="Why it was not talked about")
    asks: Annotated[tuple[Ask, ...], Tuple] = ()

    @property
    def kind(self) -> str:
        return next(kind for kind in ITEM_KINDS if kind == "other" or getattr(self, kind, None))


class Held(Model):
    """A meeting that was held, about a month."""

    month: MonthText
    day: Date
    room: str
    chair: Id
    present: Annotated[tuple[Id, ...], Tuple]
    talks: Annotated[tuple[Talk, ...], Tuple]


class Planned(Model):
    """The meeting that comes next."""

    month: MonthText
    day: Date
    room: str


class Said(Model):
    """A step of a concern: by whom, when, in which words."""

    by: Id
    day: Date
    text: str


class Worry(Model):
    """A concern, and how far it came."""

    title: str
    raised: Said
    area: Id | None = None
    goal: Id | None = None
    action: Key | None = None
    answer: Said | None = None
    decision: Said | None = None
    settled: Said | None = None


class Absence(Model):
    """Who stands in for whoever holds a post, between two days."""

    post: Id
    by: Id
    starts: Date
    ends: Date


class MeetingFile(Model):
    """All of it. `keeper` writes the notes."""

    keeper: Id
    held: Annotated[tuple[Held, ...], Tuple]
    planned: Planned
    concerns: Annotated[tuple[Worry, ...], Tuple]
    stand_ins: Annotated[tuple[Absence, ...], Tuple] = ()


def meetings() -> MeetingFile:
    """The file of the meetings. Every why is one of WHYS."""
    told = read_model(MeetingFile, read_yaml(FILE, f"data/demo/meetings/{FILE.name}"))
    unknown = {why for held in told.held for talk in held.talks for why in talk.whys} - set(WHYS)
    if unknown:
        raise ValueError(f"no reason of an agenda: {sorted(unknown)}")
    return told
