"""What areas say of their goals in a report: what moved each and why, its risk, and what is done about it."""

from collections.abc import Sequence

from dashboards.goal_review import saying
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Section
from dashboards.session import Session
from dashboards.words import translator
from kpis.score import Score


def of_goal(session: Session, goal: str) -> list[Section]:
    """Of one goal, whole; nothing where nobody wrote of it in the review of the month."""
    _, told = translator(session.locale), saying.sentences(session, goal)
    return [Section(_("What its area says"), told, column="main")] if told else []


def of_goals(session: Session, judged: Sequence[Score]) -> list[Section]:
    """Of all goals of which something was written, in one table, whole."""
    _ = translator(session.locale)
    rows = [
        [Cell(session.say(score.kpi.name), session.say(session.definitions.area[score.kpi.owner]), strong=True), Cell("\n".join(said))]
        for score in judged if (said := saying.sentences(session, score.kpi.id))
    ]  # fmt: skip
    columns = [Column(_("Goal"), 1), Column(_("What its area says"), 2.5)]
    return [Section(_("What areas say of their goals"), tables=[Table("", columns, rows)])] if rows else []
