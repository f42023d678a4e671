"""The columns of our own plan file: which row uses each, and how its cells are written and read."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from data.ingest.fault import Fault
from data.plan_files import days, numbers
from data.plans.vocabulary import PARTICIPATION_PHASES, PHASES
from data.problems import N_

TEXTS = ("area", "commitment_type", "status", "status_text", "status_reason", "place", "left_out", "pdca")
WORDS = ("description", "limits", "pilot")
DAYS = ("starts", "ends", "first_starts", "first_ends")
NUMBERS = ("progress", "latitude", "longitude", "weight", "beneficiaries")
LISTS = ("sdg", "goals")
PARTICIPATION = {f"participation_{phase}": phase for phase in PARTICIPATION_PHASES}
FIELDS = {"progress": "declared", "commitment_type": "ladder", "key_work": "work"}
"""Where a column of ours is called otherwise than the column of the records."""
SPOKEN = ("name", "many", "description", "limits", "pilot", "needs", "source")
"""Columns of texts that may stand in several languages: `name`, or `name/es` and `name/en`."""
COLUMNS = (
    "row", "key", "parent", "level", "name", "many", "kind", "weights", "description", "area", "owner", "commitment_type",
    "status", "status_text", "status_reason", "progress", "starts", "ends", "first_starts", "first_ends", "place", "latitude",
    "longitude", "key_work", "limits", "sdg", "goals", "weight", "beneficiaries", "left_out", *PARTICIPATION, "pdca", "pilot",
    "stage", "share", "needs", "due", "done_on", "year", "source", "currency", *PHASES,
)  # fmt: skip
ROWS = ("plan", "level", "node", "milestone", "budget")
YES, NO = "yes", "no"
JSON = ("{", "[", '"')
APART = (*JSON, "=", "+", "-", "@", "\t", "\r")
"""How a text begins that is JSON for us, or a formula for a spreadsheet."""


def number(text: str) -> float | Fault:
    """A number as we write it; one that a spreadsheet has given a comma is read too."""
    return numbers.percent(text)


def written_number(value: float | None) -> str:
    """So that it is read back the same."""
    return "" if value is None else str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def written_day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def day(text: str) -> date | Fault:
    """A day as we write it, or with the day first as a spreadsheet shows it."""
    return days.day(text)


def whole(text: str) -> int | Fault:
    """A whole number."""
    found = number(text)
    if isinstance(found, Fault) or found == int(found):
        return found if isinstance(found, Fault) else int(found)
    return Fault(N_("{found!r} is not a whole number"), N_("write digits only, without quotes"), {"found": text[:60]})


def written_words(column: str, value: Any) -> dict[str, str]:
    """The cells of a text: one, or one for each language."""
    if isinstance(value, Mapping) and value and all(isinstance(text, str) for text in value.values()):
        return {f"{column}/{language}": safe(text) for language, text in value.items()}
    if value is None:
        return {}
    return {column: safe(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}


def safe(text: str) -> str:
    """A text that looks like JSON or that a spreadsheet would run, or has spaces around it, is written as JSON."""
    apart = text != text.strip() or text.startswith(APART)
    return json.dumps(text, ensure_ascii=False) if apart else text


def read_words(cell: str) -> Any:
    """What `written_words` wrote."""
    if cell.startswith(JSON):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    return cell


def read_text(cell: str) -> str:
    """What `safe` wrote."""
    found = read_words(cell)
    return found if isinstance(found, str) else cell


def written_list(values: list[Any] | None) -> str:
    return "" if values is None else "; ".join(map(str, values)) or "-"


def read_list(cell: str) -> list[str]:
    """Texts parted by semicolons. `-` is a list that is empty."""
    parts = [part.strip() for part in cell.split(";")] if cell != "-" else []
    return [part for part in parts if part]
