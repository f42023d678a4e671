"""Commitment types: each kind of action climbs its own ladder of stages, and each stage says what shows that it was reached.

`data/ladders.yaml` declares them. Without that file a city has none, and its actions get milestones of their own.
"""

from typing import Annotated

from pydantic import Field

from data.definitions import at, read_part, twice
from data.home import Home
from data.model import Id, Model, Text, Tuple
from data.problems import N_, Problem, Refused
from data.yaml_file import Document


class Stage(Model):
    """A step of the ladder: its share of the action in percent, and the evidence that it needs."""

    id: Id
    name: Text
    share: float = Field(gt=0, le=100)
    needs: Text


class Ladder(Model):
    """A commitment type: to build, to serve, to rule, to run a programme. Its stages from the first step to the last."""

    id: Id
    name: Text
    stages: Annotated[tuple[Stage, ...], Tuple]


class Ladders(Model):
    ladders: Annotated[tuple[Ladder, ...], Tuple] = ()


def ladders(home: Home) -> dict[str, Ladder]:
    """The commitment types of a home by their id. Raises Refused with every problem of the file."""
    if not home.ladders.exists():
        return {}
    problems: list[Problem] = []
    found, document = read_part(Ladders, home.ladders, home, problems)
    if found:
        problems += _problems(found, document)
    if problems or not found:
        raise Refused(problems)
    return {ladder.id: ladder for ladder in found.ladders}


def problems(home: Home) -> list[Problem]:
    """Everything wrong with the home's commitment types."""
    try:
        ladders(home)
    except Refused as refused:
        return list(refused.problems)
    return []


def _problems(found: Ladders, document: Document) -> list[Problem]:
    problems = twice((ladder.id for ladder in found.ladders), lambda number: ("ladders", number, "id"), document)
    for number, ladder in enumerate(found.ladders):
        where = ("ladders", number, "stages")
        problems += twice((stage.id for stage in ladder.stages), lambda place, where=where: (*where, place, "id"), document)
        total = sum(stage.share for stage in ladder.stages)
        if abs(total - 100) > 1e-6:
            hint = N_("change the shares so that they add up to 100")
            problems.append(at(document, where, "the shares of {ladder} add up to {total:g}", hint, ladder=ladder.id, total=total))
    return problems
