"""The series behind the findings as small drawings, with the periods marked that a finding is about."""

from datetime import date

import polars as pl

from dashboards import formats
from dashboards.session import Session
from dashboards.sparklines import Frame, Point, sparkline
from kpis.quality import Finding

WIDTH, HEIGHT = 170, 34
MARKED = frozenset({"cuts", "spikes", "jumps", "revisions"})
"""Parts whose rows are values to point at."""


class Histories:
    """The real values of every series of a report, found by indicator and place."""

    def __init__(self, values: pl.DataFrame) -> None:
        parts = values.partition_by("indicator", "place", as_dict=True)
        self._held = {(str(name), str(place)): rows for (name, place), rows in parts.items()}

    def points(self, indicator: str, place: str) -> list[Point]:
        """Its values, oldest first."""
        rows = self._held.get((indicator, place))
        return [] if rows is None else list(rows.select("period", "value").iter_rows())

    def drawing(self, session: Session, finding: Finding) -> str:
        """The first series of the finding; "" where it has fewer than two values."""
        history = self.points(finding.indicators[0], finding.places[0])
        if finding.part == "owners" or len(history) < 2:
            return ""
        about: set[date] = {row.period for row in finding.rows} if finding.part in MARKED else set()
        frame = Frame(history[0][0], max(session.month.last, history[-1][0]), WIDTH, HEIGHT)
        return sparkline(history, [], frame, _said(session, finding, history), marks=[point for point in history if point[0] in about])


def _said(session: Session, finding: Finding, history: list[Point]) -> str:
    """The drawing for whoever cannot see it."""
    indicator, locale = session.definitions.indicator[finding.indicators[0]], session.locale
    return " – ".join(
        f"{formats.measured(value, indicator, locale)} ({formats.short_period(day, indicator.frequency, locale)})"
        for day, value in (history[0], history[-1])
    )
