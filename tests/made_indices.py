"""An index of ten towns made by hand, with doubt made by hand, for tests of what the page says of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dashboards.index.shown import Shown
from dashboards.session import Session
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.way_up import ways_up
from tests.index_tables import built

TOWNS = ("aurora", "bruma", *(f"t{number}" for number in range(2, 10)))
RANKS = (3, 1, 2, 4, 5, 6, 7, 8, 9, 10)
"""Of the towns, in their order: Aurora is third."""
TIERS = (2, 1, 1, 2, 2, 2, 3, 3, 3, 3)
INDICATORS: list[dict[str, Any]] = [
    {"name": "safe", "column": "safe", "label": {"es": "Seguridad", "en": "Safety"}, "unit": {"es": "puntos", "en": "points"}},
    {
        "name": "wait",
        "column": "wait",
        "direction": "lower",
        "label": {"es": "Espera", "en": "Waiting"},
        "unit": {"es": "días", "en": "days"},
    },
    {"name": "jobs", "column": "jobs", "label": {"es": "Empleo", "en": "Jobs"}},
]
LEVELS: list[dict[str, Any]] = [
    {"name": "calm", "label": {"es": "Tranquila", "en": "Calm"}, "of": ["safe", "wait"]},
    {"name": "good", "label": {"es": "Buena", "en": "Good"}, "of": ["calm", "jobs"]},
]


def table(rank: Sequence[int] = RANKS) -> str:
    """Figures by which the towns rank so: Aurora waits as long as the best one, and has fewer jobs than its rank would have it."""
    rows = ["town,name,safe,wait,jobs"]
    for town, place in zip(TOWNS, rank, strict=True):
        better = len(TOWNS) - place
        own = town == "aurora"
        rows.append(f"{town},Town {place},{50 + better},{20 - 1.5 * better - 3 * own},{1000 + 100 * better - 150 * own}")
    return "\n".join(rows) + "\n"


def made(folder: Path, **changed: Any) -> Built:
    """The index as it comes out; `changed` are keys of its file."""
    told = {
        "index": "good_towns",
        "name": {"es": "Buenas ciudades", "en": "Good towns"},
        "place_name": "name",
        "indicators": INDICATORS,
        "levels": LEVELS,
        "scale": 100,
        "round": 1,
        "doubt": {"weights": 0.25, "combine": ["geometric"]},
        "table": table(),
        **changed,
    }
    return built(folder, **told)


def doubted(
    count: int = len(TOWNS),
    *,
    tier: Sequence[int] = TIERS,
    wide: int = 2,
    own: int | None = 0,
    choices: tuple[str, ...] = ("combine", "weights"),
    error: bool = False,
) -> Doubted:
    """Every place may be `wide` ranks better or worse, by what `made` doubts."""
    rank = np.array(RANKS[:count], dtype=float)
    low, high = np.maximum(rank - wide, 1), np.minimum(rank + wide, count)
    score = 100 - 10 * rank
    chance = None if own is None else np.where(np.arange(count) == own, np.nan, np.linspace(0.02, 1.0, count))
    return Doubted(1000, score - 5, score + 5, low, high, rank, np.array(tier[:count], dtype=float), chance, own, choices, error)


def undoubted(count: int = len(TOWNS), own: int | None = 0) -> Doubted:
    """As the reckoning gives an index that declares no doubt: every place at its rank, and a tier for each."""
    rank = np.array(RANKS[:count], dtype=float)
    return Doubted(0, rank * 0, rank * 0, rank, rank, rank, rank, None, own, (), False)


def shown(session: Session, folder: Path, how_sure: Doubted | None = None, **changed: Any) -> Shown:
    """The index before a reader in Aurora, or before one whose place is not ranked where the doubt has no own."""
    found, index = how_sure or doubted(), made(folder, **changed)
    ways = () if found.own is None else ways_up(index, found, index.places[found.own])
    return Shown(session, index, found, found.own, ways)
