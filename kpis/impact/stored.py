"""An answer as text that is kept, and back: nothing of it is lost, so that whoever shows it computes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from data.problems import Problem
from kpis.impact.answer import Answer
from kpis.impact.effect import Effect, Placebo, Point
from kpis.impact.study import Study
from kpis.impact.verdict import Verdict
from kpis.score import Amount, Difference, Period, Reason, Said, Share

KINDS: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in (Amount, Difference, Share, Period, Said)}
"""What a reason may hold beside plain words, numbers and days."""


def told(answer: Answer) -> dict[str, Any]:
    """As JSON holds it."""
    return {
        "study": answer.study.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "effect": asdict(answer.effect) if answer.effect else None,
        "verdict": _verdict(answer.verdict) if answer.verdict else None,
        "refused": [_reason(each) if isinstance(each, Reason) else _problem(each) for each in answer.refused],
        **{key: getattr(answer, key) for key in ("left_out", "filled", "units", "periods", "start")},
    }


def answer(kept: Mapping[str, Any]) -> Answer:
    """Raises KeyError, TypeError, ValueError or AttributeError where it is none."""
    return Answer(
        Study.model_validate(kept["study"]),
        kept["effect"] and _effect(kept["effect"]),
        kept["verdict"] and _verdict_of(kept["verdict"]),
        tuple(_reason_of(each) if "sentence" in each else _problem_of(each) for each in kept["refused"]),
        left_out=tuple(kept["left_out"]),
        filled=int(kept["filled"]),
        units=tuple(kept["units"]),
        periods=tuple(kept["periods"]),
        start=kept["start"],
    )


def _effect(kept: Mapping[str, Any]) -> Effect:
    parts = {
        "series": tuple(Point(**point) for point in kept["series"]),
        "events": tuple(Point(**point) for point in kept["events"]),
        "placebos": tuple(Placebo(**{**placebo, "gaps": tuple(placebo["gaps"])}) for placebo in kept["placebos"]),
    }
    return Effect(**{**kept, **parts})


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        **asdict(verdict),
        "because": [_reason(each) for each in verdict.because],
        "doubts": [_reason(each) for each in verdict.doubts],
        "needed": verdict.needed and _reason(verdict.needed),
    }


def _verdict_of(kept: Mapping[str, Any]) -> Verdict:
    reasons = {key: tuple(_reason_of(each) for each in kept[key]) for key in ("because", "doubts")}
    needed, against = kept["needed"] and _reason_of(kept["needed"]), tuple(kept["against"])
    return Verdict(**{**kept, **reasons, "needed": needed, "against": against})


def _reason(reason: Reason) -> dict[str, Any]:
    return {"sentence": reason.sentence, "values": {name: _value(value) for name, value in reason.values.items()}}


def _reason_of(kept: Mapping[str, Any]) -> Reason:
    return Reason(kept["sentence"], {name: _value_of(value) for name, value in kept["values"].items()})


def _value(value: object) -> object:
    name = type(value).__name__
    if name in KINDS:
        return {"is": name, **{key: _value(each) for key, each in vars(value).items()}}
    return {"is": "date", "day": value.isoformat()} if isinstance(value, date) else value


def _value_of(kept: Any) -> object:
    if not isinstance(kept, Mapping) or "is" not in kept:
        return kept
    if kept["is"] == "date":
        return date.fromisoformat(kept["day"])
    return KINDS[kept["is"]](**{key: _value_of(each) for key, each in kept.items() if key != "is"})


def _problem(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "values": {name: _plain(value) for name, value in problem.values.items()}}


def _problem_of(kept: Mapping[str, Any]) -> Problem:
    return Problem(**kept)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
