"""One KPI of one place in one month, judged: the values, the status, and its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.indicators import Indicator
from data.model import Text, say
from data.periods import Frequency, Month, written
from kpis.definition import Aim, Bands, Kpi

Status = Literal["on_track", "at_risk", "off_track", "exceeded", "reached", "no_data", "stale", "not_due", "untracked"]
Direction = Literal["better", "equal", "worse", "unknown"]

STATUSES: tuple[Status, ...] = ("off_track", "at_risk", "stale", "no_data", "on_track", "reached", "exceeded", "not_due", "untracked")
"""In the order in which they need attention."""
ON_TRACK_OR_BETTER: frozenset[Status] = frozenset({"on_track", "reached", "exceeded"})
JUDGED: frozenset[Status] = frozenset(STATUSES) - {"untracked", "not_due"}
"""What counts in "5 of 10 goals": a goal without data was due and is not on track."""

DIRECTIONS: tuple[Direction, ...] = ("better", "equal", "worse", "unknown")


@dataclass(frozen=True)
class Amount:
    """A number in an indicator's unit, inside a reason: the screen writes it as the reader's country does."""

    number: float
    unit: Text
    decimals: int

    def __str__(self) -> str:
        return f"{self.number:,.{self.decimals}f} {say(self.unit, 'en')}"


@dataclass(frozen=True)
class Difference(Amount):
    """How far two values are apart: two percentages by points."""

    def __str__(self) -> str:
        unit = "points" if self.unit == "%" else say(self.unit, "en")
        return f"{self.number:,.{self.decimals}f} {unit}"


@dataclass(frozen=True)
class Share:
    """A share inside a reason: 0.62 is 62%."""

    number: float

    def __str__(self) -> str:
        return f"{self.number:.0%}"


@dataclass(frozen=True)
class Period:
    """A period inside a reason, kept as its last day."""

    end: date
    frequency: Frequency

    def __str__(self) -> str:
        return written(self.end, self.frequency)


@dataclass(frozen=True)
class Reason:
    """Why a status holds: an English sentence with {named} values, kept apart so that the screen can translate it.

    Values are an Amount, a Share, a Period, a date or a whole number; `str(reason)` writes them in English.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True)
class Change:
    """Against the period just before: previous value (None where it is missing), difference, and what that means."""

    previous: float | None
    previous_period: date
    difference: float | None
    direction: Direction


@dataclass(frozen=True)
class Score:
    """A judged KPI. Values are in the indicator's unit; `period` is the last day of the value's period.

    `due` is what the value is held against: the path at the value's period, or the target where no path is declared.
    `attainment` is None where nothing was judged; `bands` is None where the value is met or not.
    """

    kpi: Kpi
    indicator: Indicator
    aim: Aim
    place: str
    month: Month
    frequency: Frequency
    value: float | None
    period: date | None
    due: float | None
    progress: float | None
    attainment: float | None
    bands: Bands | None
    status: Status
    reason: Reason
    age_days: int | None
    limit_days: int
    change: Change | None

    @property
    def band(self) -> Status | None:
        """The band that decided; None where bands decided nothing."""
        return self.status if self.bands and self.status in ("on_track", "at_risk", "off_track") else None

    @property
    def direction(self) -> Direction:
        """Better, equal, worse or unknown against the period just before."""
        return self.change.direction if self.change else "unknown"
