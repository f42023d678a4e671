"""What the form of a goal asks, group by group: each field with its key in the YAML, its name, and how it is answered."""

from dataclasses import dataclass
from typing import Literal

from dashboards.words import N_

Kind = Literal["line", "number", "words", "choice", "bands"]


@dataclass(frozen=True)
class Field:
    """`key` is dotted, as in `target.value`; words are asked in each language; `hint` says what it means, where its name does not."""

    key: str
    label: str
    kind: Kind = "line"
    hint: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.key.split("."))


GROUPS: dict[str, tuple[Field, ...]] = {
    N_("What"): (
        Field("id", N_("Id"), hint=N_("A name for machines; it stays the same for good")),
        Field("name", N_("Name"), "words"),
        Field("measure", N_("Indicator or metric"), "choice"),
        Field("polarity", N_("Which way is better"), "choice"),
        Field("owner", N_("Owner"), "choice"),
        Field("axis", N_("Axis"), "choice"),
        Field("weight", N_("Weight"), "number", N_("How much it counts beside others; 1 where nothing is said")),
    ),
    N_("From and to"): (
        Field("baseline.value", N_("Baseline"), "number", N_("Where it stood when the goal was set")),
        Field("baseline.date", N_("Baseline's date"), hint=N_("The last day of that value's period, as 2024-12-31")),
        Field("baseline.reason", N_("Baseline's reason"), hint=N_("Why, where the series does not hold this value")),
        Field("target.value", N_("Target"), "number"),
        Field("target.low", N_("Target from"), "number", N_("Of a range: its lower end")),
        Field("target.high", N_("Target to"), "number", N_("Of a range: its upper end")),
        Field("target.date", N_("Target's date"), hint=N_("The last day of the period meant, as 2028-12-31")),
        Field("target.reason", N_("Target's reason"), hint=N_("Why, where its date lies outside the mandate")),
        Field("path.method", N_("Path"), "choice", N_("What is due on the way; steps and milestones are written in the YAML")),
    ),
    N_("How it is judged"): (
        Field("accumulation", N_("How values count"), "choice"),
        Field("basis", N_("Basis"), "choice"),
        Field("attainment", N_("Attainment"), "choice"),
        Field("bands", N_("Bands"), "bands"),
        Field("bands.on_track", N_("On track from"), "number", N_("A share of what is due, such as 0.90; a value with basis absolute")),
        Field("bands.at_risk", N_("At risk from"), "number", N_("A share of what is due, such as 0.60; a value with basis absolute")),
        Field("tolerance", N_("Tolerance"), "number", N_("This close to what is asked, in the indicator's unit, is met")),
        Field("smallest_difference", N_("Smallest difference"), "number", N_("The least that the data can tell, in the indicator's unit")),
        Field("review.frequency", N_("Review"), "choice"),
        Field("review.day", N_("Review day"), "number", N_("Of the following month, 1 to 28")),
        Field("review.lag_days", N_("Days until published"), "number", N_("After a period's end")),
    ),
    N_("Words"): (
        Field("statement", N_("Statement"), "words", N_("The goal in one sentence that begins with a verb")),
        Field("question", N_("Question"), "words", N_("What it answers, in a neighbour's words")),
        Field("if_off_track", N_("If off track"), "words", N_("What is done then")),
        Field("verification", N_("Verification"), "words", N_("Where anybody can check the figure")),
        Field("budget", N_("Budget"), "number", N_("Until the target's date, in the city's currency; 0: nothing beyond the usual")),
    ),
}
AIM = ("baseline", "target", "path", "programmed")
"""What a place may want of its own."""

CHOICES: dict[str, dict[str, str]] = {
    "polarity": {
        "higher": N_("higher is better"),
        "lower": N_("lower is better"),
        "range": N_("within a range"),
        "neutral": N_("neither"),
    },
    "path.method": {
        "linear": N_("a straight line"),
        "steps": N_("steps"),
        "milestones": N_("milestones"),
        "seasonal": N_("by last year's months"),
    },
    "accumulation": {
        "level": N_("as they are"),
        "flow": N_("added up over the year"),
        "cumulative": N_("added up over the plan"),
        "capacity": N_("what was added to the baseline"),
        "reduction": N_("what is gone of the baseline"),
        "reduction_annual": N_("a fall year by year"),
        "maintain": N_("kept as it was"),
    },
    "basis": {
        "on_schedule": N_("what is due by now"),
        "progress": N_("the whole way"),
        "ratio": N_("a share of what is due"),
        "absolute": N_("met or not, or values as bands"),
        "performance": N_("the place on a scale"),
    },
    "attainment": {"proportional": N_("in parts"), "binary": N_("all or nothing")},
    "review.frequency": {
        "day": N_("day"),
        "week": N_("week"),
        "month": N_("month"),
        "quarter": N_("quarter"),
        "half": N_("half"),
        "year": N_("year"),
    },
}
"""Answers that the language itself knows; the others are the city's own."""
