"""One KPI of one place in one month, judged: the values, the status, and its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.indicators import Indicator
from data.model import Text, say
from data.periods import Frequency, Month, written
from kpis.accumulation import Counting, counted
from kpis.bands import Band
from kpis.definition import Aim, Bands, Kpi
from kpis.paths import due, points

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
    """A number in an indicator's unit, inside a reason: the screen writes it as the reader's country does.

    `one` is what the unit is called beside exactly one; None where it stays.
    """

    number: float
    unit: Text
    decimals: int
    one: Text | None = None

    def __str__(self) -> str:
        shown = f"{self.number:,.{self.decimals}f}"
        return f"{shown} {say(self.one if self.one and shown == '1' else self.unit, 'en')}".rstrip()  # a study may name no unit


@dataclass(frozen=True)
class Difference(Amount):
    """How far two values are apart: two percentages by points."""

    def __str__(self) -> str:
        shown = f"{self.number:,.{self.decimals}f}"
        return f"{shown} {'point' if shown == '1' else 'points'}" if self.unit == "%" else super().__str__()


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
class Said:
    """Words of a definition inside a reason, such as the name of a band."""

    text: Text

    def __str__(self) -> str:
        return say(self.text, "en")


@dataclass(frozen=True)
class Reason:
    """Why a status holds: an English sentence with {named} values, kept apart so that the screen can translate it.

    Values are an Amount, a Share, a Period, Said words, Several reasons, a date or a whole number; `str(reason)` writes them in English.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


@dataclass(frozen=True)
class Several:
    """Reasons inside another, one after the other."""

    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.reasons))


@dataclass(frozen=True)
class Change:
    """Against the period just before: previous value (None where it is missing), difference, and what that means.

    Of an indicator that begins anew each year it is the same period of the year before.
    """

    previous: float | None
    previous_period: date
    difference: float | None
    direction: Direction


Rule = Literal["outside", "jump", "run", "trend", "near"]


@dataclass(frozen=True)
class Signal:
    """Whether a value is more than what its series does by itself (kpis.signals), and what that means by polarity.

    `rule`, `side`, `since` and `direction` are None unless it is unusual; `new` says that it was not so in the period before.
    The limits are None where the series is too short to tell; with `seasonal` they are those of this time of the year.
    """

    verdict: Literal["unusual", "usual", "too_short"]
    reason: Reason
    rule: Rule | None
    side: Literal["high", "low"] | None
    direction: Literal["better", "worse", "neither"] | None
    new: bool
    since: date | None
    low: float | None
    centre: float | None
    high: float | None
    points: int
    seasonal: bool


@dataclass(frozen=True)
class Score:
    """A judged KPI. Values are in the indicator's unit; `period` is the last day of the value's period.

    `due` is what the value is held against: the path at the value's period, or the target where no path is declared.
    `attainment` is None where nothing was judged; `bands` is None where the value is met or not.

    Where values are added up, `value` is their sum and `reported` the latest one. `target_now` is the target in force, such as
    this year's; `base` what a way is measured from; `hold` says why a goal with a value is not judged: gap, season, last_year.
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
    target_now: float | None = None
    reported: float | None = None
    base: float | None = None
    hold: str | None = None
    annual_compliance: float | None = None
    plan_progress: float | None = None
    listed_band: Band | None = None
    """The band of a preset or a list that the goal is in, which keeps its own name beside our status."""
    widened: tuple[Band, ...] = ()
    """The bands of a preset or a list as they are in force, where they are wider than they were written; else empty."""
    signal: Signal | None = None

    @property
    def counted(self) -> Counting:
        """How the values of this goal become the one that is judged."""
        return counted(self.kpi, self.aim, self.indicator)

    @property
    def path(self) -> list[tuple[date, float]]:
        """The path to the target as points to join by straight lines."""
        return [] if self.kpi.polarity == "neutral" else points(self.aim, self.kpi.basis, self.counted)

    def due_on(self, day: date) -> float | None:
        """What is due on a day; None where nothing is, and where the day's own value or the year before decides it."""
        ranged = self.aim.target is not None and self.aim.target.range
        return None if ranged or self.kpi.polarity == "neutral" else due(self.aim, day, self.kpi.basis, self.counted)

    @property
    def yearly(self) -> bool:
        """Whether each year is held against a target of its own."""
        return self.counted.accumulation in ("flow", "reduction_annual")

    @property
    def restarts(self) -> bool:
        """Whether its figure begins anew with each year."""
        return self.counted.sums == "year" or self.indicator.restarts

    def gain(self, before: float, now: float) -> float | None:
        """How much better `now` is than `before`, below zero where it is worse; None where neither way is better."""
        target = self.aim.target
        if target and target.range:
            return target.short_of(before, 0) - target.short_of(now, 0)
        return (now - before) * self.kpi.sign if self.kpi.sign else None

    @property
    def band(self) -> str | None:
        """The name of the band; None where bands decided nothing."""
        if self.listed_band:
            return self.listed_band.name
        return self.status if self.bands and not self.bands.scale and self.status in ("on_track", "at_risk", "off_track") else None

    @property
    def direction(self) -> Direction:
        """Better, equal, worse or unknown against the period just before."""
        return self.change.direction if self.change else "unknown"

    @property
    def newly_unusual(self) -> bool:
        """Whether a value that is not out of date is unusual, and was not so in the period before."""
        return self.signal is not None and self.signal.new and self.status not in ("stale", "no_data")
