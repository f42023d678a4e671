"""What a month file says: the figures of one closed month of one city, and nothing of people."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from data.model import Date, Id, Text, Tuple
from data.periods import Month
from data.records.columns import moment_text

FORMAT = 1
STATUSES = ("off_track", "at_risk", "stale", "no_data", "on_track", "reached", "exceeded", "not_due", "untracked")
"""Those of the goals (kpis.score)."""
MOST = 5000
"""Of goals, and of plans: nobody reviews more."""


class Figures(BaseModel):
    """A part of a month file: frozen, strictly typed, no unknown key, no number that is none."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


def _moment(value: object) -> object:
    """Written in one way only, as the records write it."""
    if isinstance(value, str):
        found = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        if moment_text(found) != value:
            raise ValueError("not a moment such as 2026-07-20T09:15:00.000000Z")
        return found
    return value


def _month(value: object) -> object:
    return str(Month.parse(value)) if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(moment_text)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=10**9)]
Status = Literal["off_track", "at_risk", "stale", "no_data", "on_track", "reached", "exceeded", "not_due", "untracked"]


class GoalMonth(Figures):
    """A goal: values in `unit`, which is written with so many `decimals`. The columns are those of kpis.reviews.statuses.

    before     its status in the month before; None where it was none yet
    target     a number, or the two ends of a range
    worsened   a fresh value is worse than the one just before; `signal`: and that is more than the series does by itself
    reason     why the status holds, an English sentence
    """

    id: Id
    name: Text
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=12)]
    status: Status
    reason: Annotated[str, StringConstraints(max_length=4000)]
    value: float | None
    period: Annotated[str, StringConstraints(max_length=20)] | None
    due: float | None
    target: float | Annotated[tuple[float, float], Tuple] | None
    before: Status | None
    worsened: bool
    signal: bool


class PlanMonth(Figures):
    """A plan's truth line, in percent; the gaps are percentage points (kpis.plans.truth). None: not known."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name: Text
    kind: Annotated[str, StringConstraints(max_length=40)]
    declared: float | None
    proved: float | None
    time_used: float | None
    gap: float | None
    committed_share: float | None
    paid_share: float | None
    spend_gap: float | None


class Promises(Figures):
    """Follow-ups: open, of these overdue; and of those `promised` that fell due, `kept` were kept (kpis.meetings.promises)."""

    open: Count
    overdue: Count
    kept: Count
    promised: Count


class Concerns(Figures):
    """How many concerns were in each state."""

    raised: Count
    answered: Count
    decided: Count
    closed: Count


class Seals(Figures):
    """What the closed month itself is known by, in the city: see the table `snapshot` of the records."""

    facts_version: int | None
    definitions: Hash
    records: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
    statuses: Hash


class MonthContent(Figures):
    """All of it. `city` is the city's own id in its places.yaml, `missing` how many values were owed and not there.

    `made_at` is when the file was made: what can change after the closing, the next meeting, is as it was then.
    """

    format: Literal[1] = FORMAT
    city: Id
    name: Text
    month: Annotated[str, BeforeValidator(_month)]
    closed_at: Moment
    made_at: Moment
    seals: Seals
    next_meeting: Date | None
    goals: Annotated[tuple[GoalMonth, ...], Tuple, Field(max_length=MOST)]
    plans: Annotated[tuple[PlanMonth, ...], Tuple, Field(max_length=MOST)]
    follow_ups: Promises
    concerns: Concerns
    missing: Count
