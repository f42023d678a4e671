"""The gate: every check of every letter, and how a goal stands against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.definitions import Definitions
from data.facts import Facts
from kpis.catalogue import Catalogue
from kpis.definition import Kpi
from kpis.smart import achievable, measurable, relevant, specific, timely
from kpis.smart.candidate import candidates
from kpis.smart.outcome import Check, Letter, Outcome, outcome

HARD, SOFT = True, False
CHECKS: tuple[Check, ...] = (
    Check("S", HARD, "id", specific.has_an_id),
    Check("S", HARD, "owner", specific.has_one_owner),
    Check("S", HARD, "indicator", specific.measures_one_thing),
    Check("S", HARD, "target", specific.is_for_one_place),
    Check("S", HARD, "statement", specific.says_what_is_done_to_what),
    Check("S", HARD, "target", specific.has_one_target),
    Check("S", SOFT, "statement", specific.uses_no_vague_word),
    Check("S", SOFT, "statement", specific.does_one_thing),
    Check("S", SOFT, "statement", specific.is_said_in_few_words),
    Check("M", HARD, "indicator", measurable.has_values),
    Check("M", HARD, "indicator", measurable.has_a_unit),
    Check("M", HARD, "baseline", measurable.has_a_baseline),
    Check("M", HARD, "target", measurable.has_a_target_in_numbers),
    Check("M", HARD, "target", measurable.is_measured_often_enough),
    Check("M", HARD, "indicator", measurable.names_its_source),
    Check("M", SOFT, "baseline", measurable.has_a_recent_baseline),
    Check("M", SOFT, "indicator", measurable.has_a_history),
    Check("M", SOFT, "verification", measurable.has_a_means_of_verification),
    Check("A", HARD, "target", achievable.moves_the_right_way),
    Check("A", HARD, "budget", achievable.says_what_it_costs),
    Check("A", SOFT, "target", achievable.has_a_fair_chance),
    Check("A", SOFT, "target", achievable.asks_for_no_more_than_it_ever_gained),
    Check("A", SOFT, "target", achievable.asks_for_no_more_than_the_best_elsewhere),
    Check("R", HARD, "axis", relevant.belongs_to_the_plan),
    Check("R", HARD, "sdg", relevant.answers_to_something_outside),
    Check("R", SOFT, "axis", relevant.has_few_goals_beside_it),
    Check("R", SOFT, "axis", relevant.measures_more_than_work_done),
    Check("T", HARD, "target", timely.begins_before_it_ends),
    Check("T", HARD, "target", timely.ends_within_the_mandate),
    Check("T", HARD, "path", timely.has_something_due_on_the_way),
    Check("T", HARD, "review", timely.has_a_review_day),
    Check("T", SOFT, "target", timely.is_not_due_with_all_the_others),
)


@dataclass(frozen=True)
class Assessment:
    """How a goal of one place stands against every check, in the order of CHECKS."""

    kpi: Kpi
    place: str
    outcomes: tuple[Outcome, ...]

    @property
    def publishable(self) -> bool:
        """Ready for the public page: every hard check passed. One that could not look has not passed."""
        return all(found.state == "passed" for found in self.outcomes if found.check.hard)

    @property
    def open(self) -> tuple[Outcome, ...]:
        """What failed: hard checks first, then in the order of the letters."""
        return tuple(sorted((found for found in self.outcomes if found.state == "failed"), key=lambda found: not found.check.hard))

    @property
    def unchecked(self) -> tuple[Outcome, ...]:
        """What could not be looked at."""
        return tuple(found for found in self.outcomes if found.state == "unchecked")

    def of(self, letter: Letter) -> tuple[Outcome, ...]:
        """The checks of one letter."""
        return tuple(found for found in self.outcomes if found.check.letter == letter)

    def score(self, letter: Letter) -> tuple[int, int]:
        """Passed, and how many there are."""
        found = self.of(letter)
        return sum(one.state == "passed" for one in found), len(found)


def assess(
    catalogue: Catalogue,
    definitions: Definitions,
    place: str,
    facts: Facts | None = None,
    until: date | None = None,
    chances: Mapping[str, float | None] | None = None,
) -> list[Assessment]:
    """Every goal of a place against every check, in the catalogue's order.

    Without facts the checks that need them are not made; neither is the one that needs the `chances` of a forecast, by the
    goal's id: None where nobody has forecast yet. Values of periods after `until` are not looked at.
    """
    found = candidates(catalogue, definitions, place, facts, until, chances)
    return [Assessment(goal.kpi, place, tuple(outcome(check, goal) for check in CHECKS)) for goal in found]
