"""A home with facts, records and a piece of evidence, on either database, to close months of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.home import Home
from data.periods import Month
from data.plans.evidence import bring_file, judge
from data.records.records import Records
from data.snapshots.freezing import freeze
from tests.recorded_town import PDF, Town
from tests.tiny_facts import home as new_home
from tests.tiny_facts import load, value

MONTH = Month(2025, 1)
SAID = {"kpis": [{"id": "clean", "status": "on_track"}], "plans": []}


@dataclass(frozen=True)
class FrozenTown:
    """The home, its records, and who is there."""

    home: Home
    records: Records
    town: Town

    def close(self, month: Month = MONTH, who: str = "office", **more: Any) -> int:
        """What the kpis would say is given, unless a test asks otherwise."""
        return freeze(self.home, self.records, self.town.who[who], "aurora", month, **{"statuses": said, **more})


def said(_home: Home, _place: str, _month: Month) -> Mapping[str, Any]:
    return SAID


def frozen_town(made: Town) -> FrozenTown:
    """Around a town whose home has nothing else yet."""
    records = made.records
    home = Home(records.store.parents[1])
    new_home(home.folder)
    load(home, "first", value(1.0))
    number = bring_file(records, made.who["water"], made.steps[0], "Record", "record.pdf", PDF)
    judge(records, made.who["reviewer"], number, 1, "accepted")
    return FrozenTown(home, records, made)


def revise(place: FrozenTown, number: float = 2.0) -> None:
    """Another value of the same period, known later."""
    load(place.home, f"revision {number}", value(number), date(2025, 3, 1))
