"""The small city with a plan and two policies: one judged in every way, one that nobody has assessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.assessments.assessments import Planned, begin, drop, finish, plan_assessment
from data.assessments.policies import Policy, add_policy
from data.assessments.scores import Score, judge_criterion
from tests.action_town import Planned as Town
from tests.action_town import planned
from tests.small_city import HOSTILE

MADE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 22, 9, tzinfo=UTC)
"""Before the review of May, and between it and that of June."""
WRITTEN: dict[str, Any] = {
    "deviations": "One patrol less",
    "lesson": "Ask <b>first</b>",
    "recommendation": "adjust",
    "why": "Thefts moved next door",
}


@dataclass(frozen=True)
class Assessed:
    """The town; the ids of its two policies and of the assessments of the first by their moments."""

    town: Town
    patrols: int
    shade: int
    made: dict[str, int]


def assessed(folder: Path) -> Assessed:
    """Patrols: ex-ante given up, mid-term done, final planned and overdue in June, impact under way. Shade: nothing."""
    town = planned(folder)
    records, office = town.records, town.people["office"]
    patrols = add_policy(records, office, _patrols(town), MADE)
    words = Policy("aurora", "shade", HOSTILE, HOSTILE, starts=date(2026, 9, 1), ends=date(2027, 8, 31), area="hall")
    shade = add_policy(records, office, words, MADE)
    made = {
        moment: plan_assessment(records, office, Planned(patrols, moment, due, judge, name), MADE)
        for moment, due, judge, name in (
            ("ex_ante", date(2025, 1, 1), "own", None), ("mid_term", date(2026, 5, 31), "external", "University of Aurora"),
            ("final", date(2026, 6, 30), "own", None), ("impact", date(2026, 9, 1), "own", None),
        )
    }  # fmt: skip
    drop(records, office, made["ex_ante"], 1, "It had begun", MADE)
    begin(records, office, made["impact"], 1, MADE)
    for score in (
        Score("effectiveness", "external", 4, "Thefts fell", indicator="robberies", period="2026-05"),
        Score("effectiveness", "beneficiaries", 2, HOSTILE, link="https://aurora.example/said"),
        Score("sustainability", "external", None, "It ends", unscored="Too early"),
    ):
        judge_criterion(records, office, made["mid_term"], score, at=LATER)
    finish(records, office, made["mid_term"], 1, date(2026, 6, 22), LATER, **WRITTEN)
    return Assessed(town, patrols, shade, made)


def _patrols(town: Town) -> Policy:
    theory = {"inputs": "Two patrols", "outcomes": {"es": "Menos robos", "en": "Fewer thefts"}, "assumptions": "Thieves stay away"}
    return Policy(
        "aurora", "patrols", {"es": "Patrullas", "en": "Patrols"}, "Shops are robbed", theory, date(2025, 1, 1), date(2026, 12, 31),
        "police", nodes=(town.nodes["1.1"],), goals=("robberies", "satisfied"),
    )  # fmt: skip
