"""An index as the command prints it."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.figures import Numbers

EMPTY: dict[str, Any] = {"index": None, "steps": {}, "places": [], "weights": {}, "treated": {}, "left_out": [], "flags": []}


def as_json(built: Built, doubted: Doubted) -> dict[str, Any]:
    """The keys that docs/indices.md promises; the best place first, a number that is not known is null."""
    return {
        "index": built.recipe.index,
        "steps": {step: _table(values, built.places, built.recipe.names) for step, values in built.steps.items()},
        "places": [_place(built, doubted, place) for place in _from_the_best(built)],
        "weights": {level: dict(given) for level, given in built.weights.items()},
        "treated": {name: str(reason) for name, reason in built.treated.items()},
        "left_out": [{"place": place, "reason": str(reason)} for place, reason in built.left_out.items()],
        "flags": [flag.as_json() for flag in built.flags],
        "doubt": {"draws": doubted.draws, "choices": bool(doubted.choices), "error": doubted.error},
        "problems": [],
    }


def _place(built: Built, doubted: Doubted, place: int) -> dict[str, Any]:
    return {
        "place": built.places[place],
        "name": built.figures.names[place],
        "score": _number(built.score[place]),
        "rank": _whole(built.rank[place]),
        "rank_low": _whole(doubted.rank_low[place]),
        "rank_high": _whole(doubted.rank_high[place]),
        "rank_median": _number(doubted.rank_median[place]),
        "tier": _whole(doubted.tier[place]),
        "score_low": _number(doubted.score_low[place]),
        "score_high": _number(doubted.score_high[place]),
        "parts": {name: _number(score[place]) for name, score in built.parts.items()},
        "filled": [name for name, filled in zip(built.recipe.names, built.filled[place], strict=True) if filled],
    }


def _from_the_best(built: Built) -> Iterable[int]:
    return sorted(range(len(built.places)), key=lambda place: (built.rank[place], built.places[place]))


def _table(values: Numbers, places: Iterable[str], names: Iterable[str]) -> Mapping[str, Mapping[str, float | None]]:
    names = list(names)
    return {place: dict(zip(names, map(_number, row.tolist()), strict=True)) for place, row in zip(places, values, strict=True)}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _whole(value: float) -> int | float | None:
    """A rank or a tier; an interval of ranks keeps its half where draws leave it between two."""
    return None if not math.isfinite(value) else int(value) if float(value).is_integer() else float(value)
