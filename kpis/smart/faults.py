"""Goals before the gate as they were written: what fails, with the file and line where its cure is written."""

from collections.abc import Collection
from dataclasses import dataclass

from data.facts import Facts
from data.home import Home
from data.problems import Problem
from kpis.catalogue import as_written
from kpis.definition_files import PARTS, Goal, Written
from kpis.foresight.kept import kept
from kpis.foresight.outlook import chances_of
from kpis.score import Reason
from kpis.smart.gate import Assessment, assess
from kpis.smart.outcome import LETTERS, Outcome


@dataclass(frozen=True)
class Gated:
    """A goal's assessment, and a problem for each outcome of it that is open."""

    assessment: Assessment
    faults: tuple[Problem, ...]

    def as_json(self) -> dict[str, object]:
        """The goal as commands print it."""
        told = self.assessment
        return {
            "id": told.kpi.id,
            "place": told.place,
            **as_json(told),
            "failed": [
                {"letter": found.check.letter, "check": found.check.name, "hard": found.check.hard, **fault.as_json()}
                for found, fault in zip(told.open, self.faults, strict=True)
            ],
            "unchecked": [
                {"letter": found.check.letter, "check": found.check.name, "hard": found.check.hard, "message": str(found.reason)}
                for found in told.unchecked
            ],
        }


def as_json(told: Assessment) -> dict[str, object]:
    """Whether it may be published, and the score of each letter."""
    scores = {letter: dict(zip(("passed", "total"), told.score(letter), strict=True)) for letter in LETTERS}
    return {"publishable": told.publishable, "letters": scores}


def gated(written: Written, files: Collection[str], facts: Facts | None, home: Home) -> tuple[Gated, ...]:
    """The goals of these files, as the city itself has them; the definitions must hold.

    Their chances are those that were kept for the panel, so that a goal has one score wherever it is shown.
    """
    place = written.definitions.city.place
    catalogue = as_written(written)
    own = {goal.kpi.id: goal for goal in written.goals}
    here = {goal.kpi.id: goal for goal in written.every_goal if goal.place == place}
    ahead = kept(home, facts, catalogue, written.definitions, place) if facts else None
    chances = None if ahead is None else chances_of(ahead, catalogue, written.definitions, place)
    found = assess(catalogue, written.definitions, place, facts, chances=chances)
    return tuple(
        Gated(told, tuple(fault(one, own[told.kpi.id], here.get(told.kpi.id)) for one in told.open))
        for told in found
        if {goal.document.path for goal in (own[told.kpi.id], here.get(told.kpi.id)) if goal} & set(files)
    )


def fault(found: Outcome, own: Goal, here: Goal | None) -> Problem:
    """What fails, at its line. Where the place says itself what it wants, its own file is to be mended."""
    goal = here if here and found.check.key in PARTS else own
    reason, cure = found.reason or Reason(""), found.cure or Reason("")
    return goal.problem(found.check.key, reason.sentence, cure.sentence, **reason.values)
