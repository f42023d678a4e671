"""Findings of studies made by hand, for tests of what the pages say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboards.session import Session
from dashboards.study.shown import Shown
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect, Placebo, Point
from kpis.impact.kept import Judged
from kpis.impact.study import Study
from kpis.impact.verdict import Kind, Verdict
from kpis.score import Reason

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
BEFORE = 18
GAP = 9.8


def study(**told: Any) -> Study:
    """A study of the small city's requests, unless something else is told."""
    given = {"study": "app", "name": {"es": "Aplicación", "en": "Request app"}, "indicator": "answered", "start": "2025-07", **told}
    return Study.model_validate(given)


def series(periods: Sequence[str] = MONTHS, before: int = BEFORE, gap: float = GAP, level: float = 60.0) -> tuple[Point, ...]:
    """Level before the start, `gap` above what would have been after it."""
    return tuple(
        Point(period, level + (gap if number >= before else 0.0), level, level - 1, level + 1) for number, period in enumerate(periods)
    )


def effect(estimate: float = GAP, low: float = 7.0, high: float = 12.0, **told: Any) -> Effect:
    """An effect by synthetic difference-in-differences, with two placebos and three donors, one of which hardly counts."""
    points: tuple[Point, ...] = told.pop("series", series(gap=estimate))
    before = told.pop("before", BEFORE)
    given: dict[str, Any] = {
        "method": "sdid", "se": 1.2, "p": 0.0004, "n_treated": 1, "n_control": 3, "after": len(points) - before,
        "weights": {"bruma": 0.7, "centro": 0.299, "puerto": 0.001},
        "placebos": tuple(Placebo(unit, (0.1,) * len(points), 0.1, 1.0) for unit in ("bruma", "centro")),
        "diagnostics": {"fit": 0.12, "placebo_p": 0.25, "placebo_rank": 1, "without": "bruma", "without_low": 9.0, "degrees": 2},
    }  # fmt: skip
    return Effect(**{**given, "estimate": estimate, "low": low, "high": high, "series": points, "before": before, **told})


def verdict(kind: Kind = "clear_effect", needed: Reason | None = None) -> Verdict:
    """A verdict whose first reason is the effect itself, as kpis.impact.verdict gives it."""
    because = (Reason("the effect in a sentence"), Reason("no check speaks against it"))
    return Verdict(kind, because, tuple(Reason(f"doubt number {number}") for number in (1, 2, 3)), needed)


def shown(session: Session, found: Effect | None = None, kind: Kind = "clear_effect", past: Sequence[Judged] = (), **told: Any) -> Shown:
    """A study with its finding, as a page has it."""
    answer = Answer(study(**{"better": "higher", **told}), found or effect(), verdict(kind))
    return Shown(session, answer, past)


def refused(session: Session, *why: Reason, **told: Any) -> Shown:
    """A study that could not be estimated."""
    return Shown(session, Answer(study(**told), refused=why))


def with_diagnostics(found: Effect, told: Mapping[str, Any]) -> Effect:
    return replace(found, diagnostics=told)
