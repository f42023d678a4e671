"""What the parts of the Quality page are called, what each looks for, and what to do about what it finds."""

from dataclasses import dataclass

from dashboards.words import N_, NN_
from kpis.quality import Part, Urgency


@dataclass(frozen=True)
class Words:
    """A part's title, its rule and cure in plain words, and what is said where it finds nothing."""

    title: str
    about: str
    nothing: str


PARTS: dict[Part, Words] = {
    "owners": Words(
        N_("Owners who do not load"),
        N_("Areas that have sent none of their indicators, or nothing new for too long. Ask who sends them now."),
        N_("every area with indicators has sent something in time"),
    ),
    "freshness": Words(
        N_("Out of date"),
        N_(
            "Values older than the indicator's own limit, and values waited for longer than 60 days after their period ended. "
            "Ask the owner for them."
        ),
        N_("every series has a value within its limit"),
    ),
    "gaps": Words(
        N_("Gaps"),
        N_("Periods inside a series that nobody sent. Load them, or load the reason in place of the value."),
        N_("no series has a hole"),
    ),
    "duplicates": Words(
        N_("Duplicated series"),
        N_("Two series that agree for a year or more. One is a copy: find out which, and load the right one."),
        N_("no two series agree for long"),
    ),
    "cuts": Words(
        N_("Hard cuts"),
        N_("Values that stop at one number as if cut off there. Ask for the figures before anything was cut."),
        N_("no series stops at one number"),
    ),
    "spikes": Words(
        N_("Spikes at one value"),
        N_("One number, or round numbers, far too often. Ask whether values were filled in or rounded."),
        N_("no number comes up too often"),
    ),
    "jumps": Words(
        N_("Jumps"),
        N_("Changes of the last two years far beyond what the series usually strays. Many are true: find out, or correct the value."),
        N_("no series jumps"),
    ),
    "revisions": Words(
        N_("Revisions"),
        N_(
            "Values changed in the last two years by more than twice what the series usually moves between periods. "
            "Ask whoever loaded them what was corrected."
        ),
        N_("no value was ever revised"),
    ),
}

TO_DO: dict[Urgency, str] = {"mend": N_("To mend"), "check": N_("To check"), "known": N_("Known")}
"""What a finding asks for."""

KNOWN: dict[Part, tuple[str, str]] = {
    "gaps": NN_("{n} series with explained gaps", "{n} series with explained gaps"),
    "jumps": NN_("{n} older jump", "{n} older jumps"),
    "revisions": NN_("{n} with small or older revisions only", "{n} with small or older revisions only"),
}
"""What is folded away, of the parts that have such findings."""

WAITING: dict[str, str] = {
    "optimal": N_("up to 30 days"),
    "acceptable": N_("31 to 60 days"),
    "late": N_("61 to 180 days"),
    "overdue": N_("more than 180 days"),
}
"""The classes of freshness by how long the next value has been waited for."""
