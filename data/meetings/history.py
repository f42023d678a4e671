"""Everything that was said in and between the meetings about a place, as one list that can be searched."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.meetings.concerns import concerns
from data.meetings.follow_ups import follow_ups
from data.meetings.notes import decisions
from data.records.records import Records

KINDS = ("decision", "follow_up", "concern")


@dataclass(frozen=True)
class Said:
    """One thing of a kind of KINDS: its `row` is the follow-up's or concern's id, or of a decision the item's of its `meeting`."""

    kind: str
    day: date
    text: str
    row: int
    goal: str | None
    node: int | None
    meeting: int | None = None


def history(records: Records, place: str) -> list[Said]:
    """All of it, the newest first: decisions by the day of their meeting, follow-ups and concerns by the day they were written down."""
    told = [Said("decision", row["day"], row["text"], row["item"], row["goal"], row["node"], row["meeting"])
            for row in decisions(records, place)]  # fmt: skip
    told += [Said("follow_up", row["made_on"], row["what"], row["id"], row["goal"], row["node"]) for row in follow_ups(records, place)]
    told += [Said("concern", row["raised_on"], _whole(row), row["id"], row["goal"], row["node"]) for row in concerns(records, place)]
    return sorted(told, key=lambda said: said.day, reverse=True)


def matching(told: Sequence[Said], words: str, kinds: Sequence[str] = KINDS) -> list[Said]:
    """Those of the kinds in which every word stands, whatever its accents and capitals; in the order given."""
    asked = folded(words).split()
    return [said for said in told if said.kind in kinds and all(word in folded(said.text) for word in asked)]


def folded(text: str) -> str:
    """A text without accents and capitals, as people type what they look for."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _whole(row: Mapping[str, Any]) -> str:
    """A concern with what became of it."""
    parts = filter(None, (row["title"], row["said"], row["answer"], row["decision"], row["settled"]))
    return " ".join(f"{part.rstrip('. ')}." for part in parts)
