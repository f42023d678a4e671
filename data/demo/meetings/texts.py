"""What areas of the story say of their goals: each text written on its day, by whoever writes for the area."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field

from data.demo.plan.story import MonthText
from data.demo.plan.telling import Event, Telling
from data.demo.plan.timeline import moment
from data.model import Date, Id, Model, Tuple, read_model
from data.periods import Month
from data.reviews.analyses import write_analysis
from data.reviews.of_goals import NEW
from data.reviews.reviews import open_review
from data.reviews.risks import Risk, weigh_risk
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "texts.yaml"


class Analysed(Model):
    """What moved the goal, and why."""

    day: Date
    said: str


class Weighed(Model):
    """What could keep it from its target, and what is done about it."""

    day: Date
    said: str
    likelihood: str
    measure: str
    owner: Id
    due: Date


class OfGoal(Model):
    """What is said of a goal in the review of a month."""

    month: MonthText
    goal: Id
    area: Id
    by: Id = Field(description="Who writes it")
    analysis: Analysed | None = None
    risk: Weighed | None = None


class TextFile(Model):
    """All of it."""

    goals: Annotated[tuple[OfGoal, ...], Tuple]


def texts() -> TextFile:
    """Read strictly, as a city's own files are."""
    return read_model(TextFile, read_yaml(FILE, f"data/demo/meetings/{FILE.name}"))


def said(telling: Telling, place: str, keeper: str) -> Iterator[Event]:
    """Each text on its day; `keeper` begins the reviews."""
    for told in texts().goals:
        if told.analysis:
            yield _analysis(telling, place, keeper, told, told.analysis)
        if told.risk:
            yield _risk(telling, place, keeper, told, told.risk)


def _analysis(telling: Telling, place: str, keeper: str, of: OfGoal, told: Analysed) -> Event:
    at = moment(told.day, of.goal, "analysis")

    def happens() -> None:
        review = _review(telling, place, keeper, of, at)
        write_analysis(telling.records, telling.players.actor(of.by, told.day), review, of.goal, of.area, NEW, told.said, at)

    return Event(at, happens)


def _risk(telling: Telling, place: str, keeper: str, of: OfGoal, told: Weighed) -> Event:
    at = moment(told.day, of.goal, "risk")

    def happens() -> None:
        review, owner = _review(telling, place, keeper, of, at), telling.players.posts[told.owner]
        risk = Risk(told.said, told.likelihood, told.measure, owner, told.due)
        weigh_risk(telling.records, telling.players.actor(of.by, told.day), review, of.goal, of.area, NEW, risk, at)

    return Event(at, happens)


def _review(telling: Telling, place: str, keeper: str, of: OfGoal, at: datetime) -> int:
    return open_review(telling.records, telling.players.actor(keeper, at.date()), place, Month.parse(of.month), at)
