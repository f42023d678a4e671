"""Why goals need a decision: one got worse and it is a signal, is off track with a low chance, or has no fresh figure."""

from collections.abc import Iterator, Mapping, Sequence

from data.problems import N_
from kpis.headline import is_fresh
from kpis.meetings.why import Why
from kpis.score import STATUSES, Reason, Score, Share

UNLIKELY = 1 / 3
"""Chance below which a target is unlikely: the lowest third, as the guidance of the IPCC on uncertainty (2010) has the word."""
NO_LESS = 0.01
"""Chance below which no figure is told: nobody can know that it is 0."""

CHANCE = N_("a chance of {chance} to reach the target by {date}")
ALMOST_NONE = N_("a chance of less than 1 % to reach the target by {date}")
UNKNOWN = N_("too little is known to tell its chance")


def worries(scores: Sequence[Score], chances: Mapping[str, float | None]) -> dict[str, list[Why]]:
    """By the id of each goal that needs a decision, why; `chances` are shares by goal, None where nobody can tell one."""
    found = {score.kpi.id: list(_of(score, chances.get(score.kpi.id))) for score in scores}
    return {goal: whys for goal, whys in found.items() if whys}


def worsened(score: Score) -> bool:
    """Its latest value is unusual on the worse side, newly so or worse again than the one before."""
    found = score.signal
    return is_fresh(score) and found is not None and found.direction == "worse" and (found.new or score.direction == "worse")


def _of(score: Score, chance: float | None) -> Iterator[Why]:
    if score.signal is not None and worsened(score):
        yield Why("worsened", score.signal.reason, (not score.signal.new, STATUSES.index(score.status), score.attainment or 0.0))
    if score.status == "off_track" and (chance is None or chance < UNLIKELY):
        yield Why("unlikely", _chance(score, chance), (chance is None, chance or 0.0, score.attainment or 0.0))
    if score.status in ("stale", "no_data"):
        yield Why("stale", score.reason, (min(score.limit_days - score.age_days, 0) if score.age_days is not None else 0,))


def _chance(score: Score, chance: float | None) -> Reason:
    if chance is None or score.aim.target is None:
        return Reason(UNKNOWN)
    if chance < NO_LESS:
        return Reason(ALMOST_NONE, {"date": score.aim.target.date})
    return Reason(CHANCE, {"chance": Share(chance), "date": score.aim.target.date})
