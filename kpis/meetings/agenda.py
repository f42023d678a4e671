"""What a meeting should talk about, the most pressing first: every exception, promise and concern, with all its reasons.

Reasons come in the order of data.meetings.vocabulary.WHYS, and a thing stands where its first reason puts it: a goal got worse and it is
a signal; off track with a low chance; money ahead of work; a stage missed, those since the review before first; no figure or report for
too long; a follow-up overdue; a concern not closed, the longest first. Each reason's own order and limits are where it is found:
goals.py, actions.py, waiting.py. Of two things alike in all this, the one with more reasons comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.meetings.agenda import Item
from data.plans.lagging import Lagging
from kpis.headline import MOST_DECISIONS
from kpis.meetings import actions, goals, promises, waiting
from kpis.meetings.why import Why
from kpis.plans.truth import Truth
from kpis.score import Score

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """Something that needs a decision: an item as an agenda takes it, and each of its reasons, the most pressing first."""

    item: Item
    whys: tuple[Why, ...]


def agenda(
    scores: Sequence[Score],
    chances: Mapping[str, float | None],
    plans: Iterable[tuple[Truth, Lagging]],
    follow_ups: Iterable[Row],
    concerns: Iterable[Row],
    day: date,
    since: date,
) -> list[Found]:
    """Everything that needs a decision on a day, the first MOST_DECISIONS of it `kept`; `since` is the day of the review before.

    `chances` are shares by goal; `follow_ups` and `concerns` rows as data.meetings gives them. A follow-up or a concern about a goal or an
    action that is here already is one more reason of that; any other is an item of its own.
    """
    found: dict[tuple[str, Any], list[Why]] = {("goal", goal): whys for goal, whys in goals.worries(scores, chances).items()}
    for truth, lagging in plans:
        found |= {("action", node): whys for node, whys in actions.worries(truth, lagging, since).items()}
    _add_waiting(found, follow_ups, concerns, day)
    return _kept(sorted((_found(about, whys) for about, whys in found.items()), key=_urgency))


def _add_waiting(found: dict[tuple[str, Any], list[Why]], follow_ups: Iterable[Row], concerns: Iterable[Row], day: date) -> None:
    exceptions = frozenset(found)
    for row in follow_ups:
        if row["state"] == "open" and promises.is_overdue(row, day):
            about = _about(row, "follow_up", exceptions)
            found.setdefault(about, []).append(waiting.overdue(row, alone=about[0] == "follow_up"))
    for row in concerns:
        if waiting.is_open(row):
            about = _about(row, "concern", exceptions)
            found.setdefault(about, []).append(waiting.concern(row, alone=about[0] == "concern"))


def _about(row: Row, kind: str, exceptions: frozenset[tuple[str, Any]]) -> tuple[str, Any]:
    """The goal or action that a row is about, where that needs a decision anyhow; else the row itself."""
    named = (("goal", row["goal"]), ("action", row["node"]))
    return next((about for about in named if about in exceptions), (kind, row["id"]))


def _found(about: tuple[str, Any], whys: list[Why]) -> Found:
    ordered = tuple(sorted(whys, key=lambda why: why.rank) if len(whys) > 1 else whys)
    kind, name = about
    words = tuple(dict.fromkeys(why.word for why in ordered))
    return Found(Item(kind, words, **{"node" if kind == "action" else kind: name}), ordered)


def _urgency(found: Found) -> tuple[Any, ...]:
    return *found.whys[0].rank, -len(found.whys), *(why.rank for why in found.whys[1:])


def _kept(found: list[Found]) -> list[Found]:
    first = [replace(each, item=replace(each.item, kept=True)) for each in found[:MOST_DECISIONS]]
    return first + found[MOST_DECISIONS:]
