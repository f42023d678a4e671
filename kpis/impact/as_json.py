"""An answer as the command prints it."""

import math
from collections.abc import Mapping
from typing import Any

from data.problems import Problem
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect, Placebo, Point

EMPTY: dict[str, Any] = {
    "study": None,
    "method": None,
    **dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "p", "n_treated", "n_control", "pre_periods", "post_periods")),
    "weights": {},
    "series": [],
    "diagnostics": {},
    "verdict": "cannot_tell",
    "refused": "what was given has faults; `problems` lists them",
}


def as_json(answer: Answer) -> dict[str, Any]:
    """The keys that docs/impact.md promises, then what explains them; a number that is not finite is null."""
    told = {**EMPTY, "study": answer.study.study, "method": answer.study.method, **(_effect(answer.effect) if answer.effect else {})}
    verdict = answer.verdict
    return {
        **told,
        "verdict": answer.kind,
        "refused": "; ".join(map(str, answer.refused)) or None,
        "because": [str(reason) for reason in verdict.because] if verdict else [],
        "doubts": [str(reason) for reason in verdict.doubts] if verdict else [],
        "needed": str(verdict.needed) if verdict and verdict.needed else None,
        "start": answer.start,
        "left_out": list(answer.left_out),
        "filled": answer.filled,
        "problems": [(each if isinstance(each, Problem) else Problem(str(each))).as_json() for each in answer.refused],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "method": effect.method,
        "estimate": _number(effect.estimate),
        "se": _number(effect.se),
        "ci_low": _number(effect.low),
        "ci_high": _number(effect.high),
        "p": _number(effect.p),
        "n_treated": effect.n_treated,
        "n_control": effect.n_control,
        "pre_periods": effect.before,
        "post_periods": effect.after,
        "weights": _numbers(effect.weights),
        "series": [_point(point) for point in effect.series],
        "diagnostics": _numbers(effect.diagnostics),
        "time_weights": _numbers(effect.time_weights),
        "events": [_point(point) for point in effect.events],
        "placebos": [_placebo(placebo) for placebo in effect.placebos],
    }


def _point(point: Point) -> dict[str, Any]:
    numbers = {name: _number(getattr(point, name)) for name in ("actual", "expected", "gap", "low", "high")}
    return {"period": point.period, **numbers}


def _placebo(placebo: Placebo) -> dict[str, Any]:
    return {"unit": placebo.unit, "estimate": _number(placebo.estimate), "ratio": _number(placebo.ratio), "gaps": list(placebo.gaps)}


def _numbers(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _number(value) if isinstance(value, float) else value for name, value in found.items()}


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None
