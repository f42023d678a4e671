"""Policies and assessments as the story writes them down (`policies.yaml`), read strictly."""

from pathlib import Path
from typing import Annotated

from data.model import Date, Id, Model, Text, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "policies.yaml"


class Judged(Model):
    """A criterion in the eyes of one kind of judge; without one, of whoever makes the assessment."""

    criterion: Id
    score: int | None = None
    argument: Text
    judge: Id | None = None
    unscored: Text | None = None
    link: str | None = None
    indicator: Id | None = None
    period: str | None = None


class Dropped(Model):
    day: Date
    why: str


class Made(Model):
    """An assessment: planned on a day, due on another, and what became of it."""

    moment: Id
    planned: Date
    due: Date
    judge: Id = "own"
    judge_name: Text | None = None
    method: Text | None = None
    begun: Date | None = None
    done: Date | None = None
    dropped: Dropped | None = None
    deviations: Text | None = None
    lesson: Text | None = None
    recommendation: Id | None = None
    why: Text | None = None
    study: Id | None = None
    appraisal: Id | None = None
    next_due: Date | None = None
    scores: Annotated[tuple[Judged, ...], Tuple] = ()


class Told(Model):
    """A policy, written down on a day; `actions` are keys of the plan, `owner` is a post."""

    key: Id
    written: Date
    name: Text
    problem: Text
    theory: dict[str, Text]
    starts: Date | None = None
    ends: Date | None = None
    area: Id
    owner: Id
    actions: Annotated[tuple[str, ...], Tuple]
    goals: Annotated[tuple[Id, ...], Tuple] = ()
    assessments: Annotated[tuple[Made, ...], Tuple] = ()


class PolicyFile(Model):
    """All of them, and who keeps them."""

    keeper: Id
    policies: Annotated[tuple[Told, ...], Tuple]


def policies() -> PolicyFile:
    """The file of the policies."""
    return read_model(PolicyFile, read_yaml(FILE, f"data/demo/assessments/{FILE.name}"))
