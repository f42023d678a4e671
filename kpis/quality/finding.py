"""What a check of the data finds: where, why in one sentence, and the rows that show it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kpis.score import Reason

Part = Literal["owners", "freshness", "gaps", "duplicates", "cuts", "spikes", "jumps", "revisions"]
PARTS: tuple[Part, ...] = ("owners", "freshness", "gaps", "duplicates", "cuts", "spikes", "jumps", "revisions")
"""In the order in which they need attention: what is not there before what looks odd."""

Urgency = Literal["mend", "check", "known"]
URGENCIES: tuple[Urgency, ...] = ("mend", "check", "known")
"""mend: somebody must send or correct it. check: it may well be true, and somebody must say so. known: explained, or small."""


@dataclass(frozen=True)
class Row:
    """A period that shows a finding, or several up to `until`. `before` is the value that was replaced; `note` is not translated."""

    period: date
    value: float | None = None
    before: float | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing found. `rule` names which rule of the part; `weight` sorts within an urgency, the heaviest first.

    The sentence and the rows speak of the first indicator at the first place; the same was found at the other places. Of
    duplicates, the second indicator and place name the other series.
    """

    part: Part
    rule: str
    urgency: Urgency
    owner: str
    indicators: tuple[str, ...]
    places: tuple[str, ...]
    reason: Reason
    weight: float = 0.0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Untold:
    """Series that a part cannot judge, as pairs of indicator and place, and why."""

    reason: Reason
    series: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What one part found, and what it cannot tell."""

    findings: tuple[Finding, ...] = ()
    untold: tuple[Untold, ...] = ()
