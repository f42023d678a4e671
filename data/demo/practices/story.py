"""Practices as the story writes them down (`practices.yaml`), read strictly."""

from pathlib import Path
from typing import Annotated

from data.model import Date, Id, Model, Text, Tuple, read_model
from data.yaml_file import read_yaml

FILE = Path(__file__).parent / "practices.yaml"


class Withdrawn(Model):
    day: Date
    why: str


class Told(Model):
    """A practice, written down on a day by somebody; what they only propose is kept on another, or not."""

    key: Id
    written: Date
    by: Id
    name: Text
    done: Text
    indicators: Annotated[tuple[Id, ...], Tuple]
    place: Id | None = None
    elsewhere: Text | None = None
    since: str | None = None
    strength: Id
    found: Text | None = None
    link: str | None = None
    cost: float | None = None
    currency: str | None = None
    bought: Text | None = None
    contact: str | None = None
    address: str | None = None
    kept: Date | None = None
    withdrawn: Withdrawn | None = None


class PracticeFile(Model):
    """All of them, and who keeps them."""

    keeper: Id
    practices: Annotated[tuple[Told, ...], Tuple]


def practices() -> PracticeFile:
    """The file of the practices."""
    return read_model(PracticeFile, read_yaml(FILE, f"data/demo/practices/{FILE.name}"))
