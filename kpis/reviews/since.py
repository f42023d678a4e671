"""What is no longer as it was when a month was closed: of its goals, and of its plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpis.moves import NOTHING, SENTENCES, Move, Reading, moves
from kpis.plans.truth import Truth
from kpis.score import Reason, Score

FIGURES = ("proved", "declared", "awaiting", "time_used", "committed_share", "paid_share")
"""Of a plan's truth line, in percent: those that the pages show."""
SMALLEST = 1e-6
"""Percentage points below which a figure is the same: what adding in another order makes."""


@dataclass(frozen=True)
class Figure:
    """A figure of a plan, in percent, that differs. `decided`: the plan itself was changed by a decision meanwhile."""

    name: str
    before: float | None
    after: float | None
    decided: bool


def goals(before: Reading, after: Reading, known: Mapping[Reading, Sequence[Score]] = NOTHING) -> list[Move]:
    """Every goal whose status, value, what was due, target or definition differs, with the reason; both readings of the same month."""
    found = moves(before, after, known, _seen)
    told = {(move.after or move.before).kpi.id for move in found}  # pyright: ignore[reportOptionalMemberAccess]
    scores = {score.kpi.id: score for score in known.get(after, ())}
    silent = [name for name in scores if name not in told and _defined_otherwise(before, after, name)]
    return [*found, *(Move(scores[name], scores[name], "definition", Reason(SENTENCES["definition alone"])) for name in silent)]


def figures(before: Truth, after: Truth) -> list[Figure]:
    """The figures of a plan's truth line that differ."""
    decided = before.tree.plan.number != after.tree.plan.number
    pairs = [(name, before.whole[name], after.whole[name]) for name in FIGURES]
    return [Figure(name, was, now, decided) for name, was, now in pairs if _differs(was, now)]


def _seen(score: Score) -> object:
    target = score.aim.target
    return score.status, score.value, score.period, score.due, target and (target.value, target.range, target.date)


def _defined_otherwise(before: Reading, after: Reading, name: str) -> bool:
    was: Any = before.catalogue.kpi.get(name)
    return was is not None and was != after.catalogue.kpi[name]


def _differs(was: float | None, now: float | None) -> bool:
    if was is None or now is None:
        return was is not now
    return abs(was - now) > SMALLEST
