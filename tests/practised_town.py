"""The small city with practices of every kind: of another place of the home, of one elsewhere, its own, proposed and withdrawn."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.practices.practices import Practice, add_practice, withdraw_practice
from tests.action_town import Planned as Town
from tests.action_town import planned
from tests.small_city import HOSTILE

MADE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 22, 9, tzinfo=UTC)
"""Before the review of May, and between it and that of June."""
TOLD = (
    ("office", Practice(
        "porters", {"es": "Porteros", "en": "Porters"}, "A porter in every street", ("robberies", "lights"), place="bruma", since="2024-05",
        strength="compared", found=HOSTILE, link="https://bruma.example/porters", cost=1_250_000.0, currency="EUR", bought="Forty porters",
        contact="Head of Security, Bruma", address="security@bruma.example",
    )),
    ("office", Practice("whistles", HOSTILE, HOSTILE, ("robberies", "gone_since"), elsewhere=HOSTILE, contact=HOSTILE, address=HOSTILE)),
    ("office", Practice(
        "patrols", "Patrols", "Two patrols at night", ("robberies",), place="aurora", since="2025-01-01", strength="estimated",
        found="Fewer thefts", link="https://aurora.example/patrols",
    )),
    ("office", Practice("songs", "Songs", "Singing at night", ("trips",), place="bruma", since="2023")),
    ("editor", Practice("dogs", "Dogs", "A dog for every shop", ("robberies",), elsewhere={"es": "Isla", "en": "Island"})),
)  # fmt: skip


@dataclass(frozen=True)
class Practised:
    """The town, and the ids of its practices by their keys."""

    town: Town
    ids: dict[str, int]


def practised(folder: Path) -> Practised:
    """Porters and whistles of others, patrols of its own, dogs proposed by the editor; songs withdrawn in June."""
    town = planned(folder)
    ids = {told.key: add_practice(town.records, town.people[who], told, MADE) for who, told in TOLD}
    withdraw_practice(town.records, town.people["office"], ids["songs"], 1, HOSTILE, LATER)
    return Practised(town, ids)
