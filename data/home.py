"""Where one installation keeps its definitions and its store."""

import os
from dataclasses import dataclass
from pathlib import Path

from data.problems import N_, NotPossibleNow

REPOSITORY = Path(__file__).parents[1]
SNAPSHOT = "snapshot.json"
"""The list of everything in a closed month, by which its folder is known (data/snapshots)."""
CLOSED = N_("this is a month as it was closed, which nobody changes; nothing was changed")


@dataclass(frozen=True)
class Home:
    """One installation: the YAML a city writes, and the store that the program writes.

    MANDATO_HOME names its folder; without it the repository itself is the home.
    """

    folder: Path

    @classmethod
    def here(cls) -> "Home":
        """The home in force for this process."""
        return cls(Path(os.environ.get("MANDATO_HOME") or REPOSITORY).expanduser().resolve())

    @property
    def city(self) -> Path:
        return self.folder / "data" / "city.yaml"

    @property
    def places(self) -> Path:
        return self.folder / "data" / "places.yaml"

    @property
    def indicators(self) -> Path:
        return self.folder / "data" / "indicators.yaml"

    @property
    def sources(self) -> Path:
        return self.folder / "data" / "sources.yaml"

    @property
    def ladders(self) -> Path:
        return self.folder / "data" / "ladders.yaml"

    @property
    def boundaries(self) -> Path:
        return self.folder / "data" / "boundaries"

    @property
    def rollups(self) -> Path:
        return self.folder / "data" / "rollups"

    @property
    def definitions(self) -> Path:
        return self.folder / "kpis" / "definitions"

    @property
    def targets(self) -> Path:
        return self.folder / "kpis" / "targets"

    @property
    def trends(self) -> Path:
        return self.folder / "kpis" / "trends.yaml"

    @property
    def studies(self) -> Path:
        """What the city asks of its policies: a study in each file, and beside it the table that it reads, if it reads one."""
        return self.folder / "kpis" / "studies"

    @property
    def options(self) -> Path:
        """What is weighed before a policy is decided: an appraisal in each file."""
        return self.folder / "kpis" / "options"

    @property
    def indices(self) -> Path:
        """How many indicators are made one figure: an index in each file, and beside it the table that it reads, if it reads one."""
        return self.folder / "kpis" / "indices"

    @property
    def store(self) -> Path:
        """What the program writes: facts, and later records and evidence. Git ignores it."""
        return self.folder / "data" / "store"

    @property
    def frozen(self) -> bool:
        """Whether this is a month as it was closed (data/snapshots): a home that nobody writes into, with records of its own."""
        return (self.folder / SNAPSHOT).is_file()

    def require_open(self) -> None:
        """Raises NotPossibleNow where this is a closed month."""
        if self.frozen:
            raise NotPossibleNow(CLOSED)

    @property
    def makes(self) -> Path:
        """Where the program keeps what it can make again: in the store, and for a closed month beside the folder that never changes."""
        return self.folder.parent / "made" / self.folder.name if self.frozen else self.store

    def short(self, path: Path) -> str:
        """A path as people read it in messages: inside the home without the home's own folder."""
        return str(path.relative_to(self.folder)) if path.is_relative_to(self.folder) else str(path)
