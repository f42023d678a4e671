"""What the sheet of an area says in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

LOCKED = ("id", "key", "name")
FILLED = ("declared", "status", "said", "reason")
COLUMNS = (*LOCKED, *FILLED, "version")
"""In the order of the sheet; the last is hidden."""


@dataclass(frozen=True)
class Wording:
    """The words of a sheet in one language: its title, its columns' titles by COLUMNS, the word of each status, and what to do.

    `since` are columns that sheets which went out before do not have: these are taken without them.
    """

    title: str
    titles: Mapping[str, str]
    statuses: Mapping[str, str]
    instructions: tuple[str, ...]
    instructions_title: str
    since: tuple[str, ...] = ()
