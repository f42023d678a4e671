"""How a status looks: its word, its shape and its colour, always together; the colours themselves are the theme's."""

from dataclasses import dataclass
from typing import Literal

from dashboards.words import N_
from kpis.score import Status


@dataclass(frozen=True)
class Look:
    """A status as people see it; `colour` is named as in .streamlit/config.toml, `meaning` says it to a neighbour."""

    word: str
    shape: str
    colour: Literal["green", "orange", "red", "violet", "gray"]
    meaning: str


LOOKS: dict[Status, Look] = {
    "on_track": Look(N_("On track"), "●", "green", N_("as far as planned by now, or nearly")),
    "at_risk": Look(N_("At risk"), "▲", "orange", N_("behind what was planned by now")),
    "off_track": Look(N_("Off track"), "■", "red", N_("far behind what was planned by now")),
    "exceeded": Look(N_("Exceeded"), "◆", "violet", N_("well beyond the final target")),
    "reached": Look(N_("Reached"), "✓", "green", N_("the final target is met")),
    "stale": Look(N_("Out of date"), "○", "gray", N_("the latest value is too old to judge by")),
    "no_data": Look(N_("No data"), "○", "gray", N_("no value was ever loaded")),
    "not_due": Look(N_("Not due yet"), "—", "gray", N_("its path has not begun")),
    "untracked": Look(N_("No target"), "", "gray", N_("shown, but not judged: nobody has set a target")),
}
