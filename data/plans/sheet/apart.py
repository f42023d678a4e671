"""The sheet that came back, read in a process of its own: whatever somebody sends, the panel lives on."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from data.ingest.apart import USUAL, Job, Limits, found_apart
from data.plans.sheet.reading import Sheet
from data.plans.sheet.wording import Wording


def read_apart(path: Path, file: str, wordings: Sequence[Wording], limits: Limits = USUAL) -> Sheet:
    """As `reading.read`; a sheet whose reader runs out of memory or time is refused too."""
    told = {"wordings": [asdict(wording) for wording in wordings]}
    return found_apart(Job(kind="sheet", files=((path, file),), given=told, limits=limits), Sheet)
