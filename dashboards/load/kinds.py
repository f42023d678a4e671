"""The two kinds of names that a file brings, and what is said of each."""

from dataclasses import dataclass
from typing import Literal

from dashboards.words import N_, NN_

Part = Literal["places", "indicators"]


@dataclass(frozen=True)
class Kind:
    """Places or indicators: their word in `given`, the role of their column, and what is said of them."""

    part: Part
    role: Literal["place", "indicator"]
    title: str
    count: tuple[str, str]
    add_all: tuple[str, str]
    new: str
    unanswered: tuple[str, str]


KINDS = (
    Kind(
        "places", "place", N_("Places"),
        NN_("{n} place in the file", "{n} places in the file"), 
        NN_("Add {n} as a new place", "Add all {n} as new places"), N_("A new place"),
        NN_("{n} new place without its kind or what it lies in", "{n} new places without their kind or what they lie in"),
    ),
    Kind(
        "indicators", "indicator", N_("Indicators"),
        NN_("{n} indicator in the file", "{n} indicators in the file"), 
        NN_("Add {n} as a new indicator", "Add all {n} as new indicators"), N_("A new indicator"),
        NN_(
            "{n} new indicator without what its values are, its theme or its owner",
            "{n} new indicators without what their values are, their theme or their owner",
        ),
    ),
)  # fmt: skip
