"""The plan's figures in a report: its truth line, and the state of what it promised."""

from typing import Any

from dashboards.plan import states, truth_line
from dashboards.plan.truth_line import Row
from dashboards.reports.content import Bar, Cell
from dashboards.session import Session


def bars(session: Session, row: Row) -> list[Bar]:
    """The three rows of the truth line; `row` has the columns of kpis.plans.truth."""
    return [
        Bar(bar.name, truth_line.cut(bar.filled or 0.0), truth_line.cut(bar.outlined or 0.0), bar.said, bar.kind == "work")
        for bar in truth_line.bars(session, row)
    ]


def state(session: Session, row: dict[str, Any], note: str = "") -> Cell:
    """Shape and word of a node's state."""
    look = states.STATES[row["state"]]
    return Cell(states.word(row["state"], session.locale), note, look.shape, look.colour)
