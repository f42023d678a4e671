"""Months that three invented cities sent: one that needs a call for every reason, one for a few, one for none."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.exchange.content import MonthContent
from data.exchange.month_file import sealed
from data.periods import Month
from data.records.columns import canonical
from kpis.cities.lateness import owed
from tests.small_city import HOSTILE

KEYS = {"alta": b"a" * 32, "baja": b"b" * 32, "clara": b"c" * 32}
OTHER = b"x" * 32
"""A key of nobody."""
NAMES: dict[str, Any] = {"alta": "Alta", "baja": {"es": "Baja de la Sierra", "en": "Lower Sierra"}, "clara": HOSTILE}
HASH = "0" * 64


@dataclass(frozen=True)
class Sent:
    """A month as a city sends it: its name, and its bytes."""

    name: str
    content: bytes


def sent(city: str, month: Month, private: bytes | None = None, **told: Any) -> Sent:
    """One file of a city, signed with its own key unless another is given; `told` is what it says otherwise."""
    content = MonthContent.model_validate(json.loads(canonical({**_plain(city, month), **told})))
    return Sent(f"{city}-{month}.month.json", sealed(content, private or KEYS[city]))


def three(day: date) -> list[Sent]:
    """Two months of Alta, which is late, and one of each other city, seen on a day."""
    last = owed(day)
    worse = [
        goal("homicides", "Homicides per 100,000", "off_track", before="at_risk", worsened=True, signal=True, value=21.2, due=15.0),
        goal("answered", HOSTILE, "at_risk", before="on_track", worsened=True, value=61.0, due=70.0),
    ]
    late: dict[str, Any] = {
        "goals": [*worse, *(goal(f"goal_{number}", f"Goal {number}", "off_track") for number in range(3))],
        "plans": [plan(proved=20.0, time_used=45.0, declared=38.0)],
        "follow_ups": {"open": 6, "overdue": 3, "kept": 2, "promised": 5}, "missing": 4, "next_meeting": None,
    }  # fmt: skip
    few: dict[str, Any] = {"follow_ups": {"open": 1, "overdue": 1, "kept": 2, "promised": 3}, "next_meeting": str(day + timedelta(days=9))}
    quiet: dict[str, Any] = {"next_meeting": str(day + timedelta(days=2))}
    return [
        sent("alta", last.plus(-3)), sent("alta", last.plus(-1), **late), sent("baja", last.plus(1), **few), sent("clara", last, **quiet)
    ]  # fmt: skip


def goal(name: str, said: Any, status: str, **told: Any) -> dict[str, Any]:
    usual = {"unit": "%", "decimals": 1, "reason": "it was said why", "value": 50.0, "period": None, "due": None, "target": 80.0}
    return {"id": name, "name": said, "status": status, "before": None, "worsened": False, "signal": False, **usual, **told}


def plan(**told: Any) -> dict[str, Any]:
    line = {"declared": 50.0, "proved": 44.0, "time_used": 45.0, "committed_share": 60.0, "paid_share": 41.0, **told}
    gaps = {"gap": line["proved"] - line["time_used"], "spend_gap": line["paid_share"] - line["proved"]}
    return {"key": "mandate", "name": {"es": "Plan de mandato", "en": "Mandate plan"}, "kind": "mandate", **line, **gaps}


def _plain(city: str, month: Month) -> dict[str, Any]:
    closed = datetime(month.plus(1).year, month.plus(1).number, 1, 9, 30, tzinfo=UTC)
    said = f"{closed:%Y-%m-%dT%H:%M:%S.%f}Z"
    goals = [goal(f"goal_{number}", f"Goal {number}", status) for number, status in enumerate(["on_track"] * 5 + ["reached", "at_risk"])]
    return {
        "format": 1, "city": city, "name": NAMES[city], "month": str(month), "closed_at": said, "made_at": said, "next_meeting": None,
        "seals": {"facts_version": 1, "definitions": HASH, "records": HASH, "statuses": HASH},
        "goals": goals, "plans": [plan()], "follow_ups": {"open": 2, "overdue": 0, "kept": 5, "promised": 6},
        "concerns": {"raised": 1, "answered": 0, "decided": 0, "closed": 2}, "missing": 0,
    }  # fmt: skip
