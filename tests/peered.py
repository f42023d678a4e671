"""Standings made by hand, for tests of how they are said and drawn: a city of the demo and three of its peers."""

from datetime import date
from typing import Any

from data.indicators import Indicator
from kpis.peers.standing import Beside, Improver, Least, Standing, Trend

OWN, BEST, MIDDLE, WORST = "villa_quimera", "san_ejemplo", "rio_cuento", "monte_acaso"
JUNE = date(2026, 6, 30)


def indicator(**more: Any) -> Indicator:
    told = {"id": "wait", "name": {"es": "Espera", "en": "Waiting time"}, "unit": "days", "unit_one": "day", "kind": "level"}
    return Indicator(**{**told, "frequency": "month", "theme": "life", "source": "hall", "owner": "hall", "polarity": "lower", **more})


def beside(place: str, value: float | None, rank: int | None = None, **more: Any) -> Beside:
    return Beside(place, **{"raw": value, "value": value, "period": JUNE, "rank": rank, **more})


def standing(**more: Any) -> Standing:
    """Third of four, 4 days worse than the median of 20, which is more than the 2 days that can be told apart."""
    best, worst = beside(BEST, 10.0, 1), beside(WORST, 30.0, 4)
    told = {
        "indicator": indicator(),
        "sign": -1,
        "own": beside(OWN, 24.0, 3),
        "peers": (best, beside(MIDDLE, 20.0, 2), worst),
        "position": 3,
        "of": 4,
        "between": (3, 3),
        "median": 20.0,
        "best": best,
        "gap": 4.0,
        "gap_best": 14.0,
        "least": Least(2.0, "movement"),
        "verdict": "worse",
    }
    return Standing(**{**told, **more})


def unranked(why: Any, cure: Any = None, **more: Any) -> Standing:
    """Shown, and compared with nobody."""
    none = dict.fromkeys(("position", "between", "median", "best", "gap", "gap_best", "least", "verdict"))
    return standing(**{**none, "of": 0, "own": beside(OWN, 24.0), "why": why, "cure": cure, **more})


def trend(gain: float, course: str | None) -> Trend:
    periods = (date(2025, 6, 30), JUNE)
    return Trend(periods, (24.0 + gain, 24.0), (20.0, 20.0), periods[0], gain, course)  # pyright: ignore[reportArgumentType]


def improver() -> Improver:
    return Improver(BEST, 3, date(2023, 6, 30), JUNE, 16.0, 10.0, 6.0, 1.0)
