"""Appraisals for tests, made of a few numbers: doing nothing, and options by their ids."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kpis.appraisals.appraisal import Appraisal

FIRST = 2027


def flows(costs: Sequence[float], benefits: Sequence[float], first: int = FIRST) -> list[dict[str, Any]]:
    """A line for each year, the first one first."""
    return [{"year": first + n, "cost": cost, "benefit": gain} for n, (cost, gain) in enumerate(zip(costs, benefits, strict=True))]


def told(options: Mapping[str, Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    """What a file says: these options after doing nothing."""
    named = [{"id": name, "name": name, **option} for name, option in options.items()]
    idle = more.pop("nothing", {})
    return {"appraisal": "town", "name": "Town", "options": [{"id": "idle", "name": "Idle", "nothing": True, **idle}, *named], **more}


def appraisal(options: Mapping[str, Mapping[str, Any]], **more: Any) -> Appraisal:
    """The same as it is read."""
    return Appraisal.model_validate(told(options, **more))


def by_criteria(scores: Mapping[str, Sequence[float]], weights: Sequence[float], better: Sequence[str]) -> Appraisal:
    """Options with their scores on criteria c1, c2, ...; the first one does nothing."""
    ids = [f"c{n}" for n in range(1, len(weights) + 1)]
    criteria = [{"id": name, "name": name, "weight": weight, "better": way} for name, weight, way in zip(ids, weights, better, strict=True)]
    first = next(iter(scores))
    options = [
        {"id": name, "name": name, "nothing": name == first, "scores": dict(zip(ids, map(float, reached), strict=True))}
        for name, reached in scores.items()
    ]
    return Appraisal.model_validate({"appraisal": "town", "name": "Town", "options": options, "criteria": criteria})


def write(path: Path, content: Mapping[str, Any]) -> Path:
    """The file that says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
