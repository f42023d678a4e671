"""How much of a plan was ever assessed: of its actions, of their budget and of its lines, by moment and by who judged."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from data.assessments.reading import Register, Row


@dataclass(frozen=True)
class Covered:
    """What was assessed of what there is. `budget` is None where the actions have none, or in several currencies.

    An action counts where it counts in the plan; it is covered by an assessment that is done of a policy to which it, or what it is part
    of, belongs. A line is what an action is directly part of; it is covered where one of its actions is.
    """

    actions: int
    of_actions: int
    budget: float | None
    of_budget: float | None
    lines: int
    of_lines: int
    policies: int
    of_policies: int

    @property
    def share(self) -> float | None:
        """Of the actions, in percent; None where the plan has none."""
        return 100 * self.actions / self.of_actions if self.of_actions else None

    @property
    def budget_share(self) -> float | None:
        """Of the budget, in percent."""
        return 100 * (self.budget or 0.0) / self.of_budget if self.of_budget else None


def coverage(known: Register, nodes: pl.DataFrame, moment: str | None = None, judge: str | None = None) -> Covered:
    """Of a plan's `nodes` (kpis.plans.truth.Truth), by assessments of a moment and a kind of judge; None: by any."""
    done = {row["policy"] for row in known.assessments if row["state"] == "done" and _is(known, row, moment, judge)}
    judged = [row for row in known.policies if row["id"] in done]
    actions = nodes.filter(pl.col("leaf") & (pl.col("actions") > 0))
    covered = actions.filter(pl.col("id").is_in(_below(nodes, [node for row in judged for node in row["nodes"]])))
    budget, of_budget = _budget(actions, covered)
    lines, of_lines = (frame["parent"].drop_nulls().n_unique() for frame in (covered, actions))
    return Covered(covered.height, actions.height, budget, of_budget, lines, of_lines, len(judged), len(known.policies))


def judges(known: Register, assessment: Row) -> set[str]:
    """Who judged: the assessment's own kind, and those who gave a score in it."""
    return {assessment["judge"], *(row["judge"] for row in known.of_assessment(assessment["id"]))}


def _is(known: Register, row: Row, moment: str | None, judge: str | None) -> bool:
    return moment in (None, row["moment"]) and (judge is None or judge in judges(known, row))


def _below(nodes: pl.DataFrame, chosen: Iterable[int]) -> list[int]:
    """The ids of some nodes and of everything that is part of them."""
    inside = set(chosen)
    for number, parent in nodes.sort("level", maintain_order=True).select("id", "parent").iter_rows():
        if parent in inside:
            inside.add(number)
    return sorted(inside)


def _budget(actions: pl.DataFrame, covered: pl.DataFrame) -> tuple[float | None, float | None]:
    if actions["currency"].drop_nulls().n_unique() != 1 or actions["budget"].drop_nulls().is_empty():
        return None, None
    return float(covered["budget"].sum()), float(actions["budget"].sum())
