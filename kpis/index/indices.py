"""The indices of a home, each from its own file (`kpis/indices/*.yaml`): one that is broken is named and hides no other."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import parsed
from data.definitions import Definitions
from data.definitions import stamp as stamp_of
from data.home import Home
from data.problems import N_, Problem, Refused
from kpis.catalogue import Catalogue, load
from kpis.index.at_home import settled
from kpis.index.reading import Written, written


@dataclass(frozen=True, eq=False)
class Indices:
    """Those that hold together, settled, in the order of their files; everything wrong with the others, and the names of their files."""

    written: tuple[Written, ...]
    problems: tuple[Problem, ...]
    broken: tuple[str, ...]

    def find(self, name: str) -> Written | None:
        """An index by its id."""
        return next((one for one in self.written if one.recipe.index == name), None)


def read(home: Home, definitions: Definitions, catalogue: Catalogue | None = None) -> Indices:
    """The home's indices, read again only when a file has changed; none without any.

    They are held against the goals in force, where somebody has them, as a page does; else against those of the home's files: raises
    Refused where these do not hold.
    """
    return _read(home, definitions, catalogue or load(home, definitions), files(home), stamp(home))


def stamp(home: Home) -> tuple[Hashable, ...]:
    """Changes whenever one of the files does, or one of the tables beside them; for caches."""
    return stamp_of(*sorted(home.indices.rglob("*")))


def files(home: Home) -> tuple[Path, ...]:
    """The home's files of indices, by name."""
    return tuple(sorted(home.indices.glob("*.yaml")))


@lru_cache(maxsize=4)
def _read(home: Home, definitions: Definitions, catalogue: Catalogue, paths: tuple[Path, ...], _stamp: tuple[Hashable, ...]) -> Indices:
    kept: list[Written] = []
    wrong: dict[str, list[Problem]] = {}
    for path in paths:
        try:
            kept.append(_one(home, path, definitions, catalogue))
        except Refused as refused:
            wrong[path.stem] = refused.problems
    return Indices(tuple(kept), tuple(problem for each in wrong.values() for problem in each), tuple(wrong))


def _one(home: Home, path: Path, definitions: Definitions, catalogue: Catalogue) -> Written:
    """The index of a file. Raises Refused with every problem."""
    found = settled(written(parsed.read(home, path), path), catalogue, definitions)
    if wrong := [*_misnamed(found), *_astray(found, home)]:
        raise Refused(wrong)
    return found


def _misnamed(found: Written) -> Iterator[Problem]:
    """The panel changes and removes an index by the file of its id: one in another file would be taken for a stranger."""
    if found.path.stem != found.recipe.index:
        message, hint = N_("the index {name!r} stands in a file of another name"), N_("name the file {name}.yaml, or the index {file}")
        yield found.problem("index", message, hint, name=found.recipe.index, file=found.path.stem)


def _astray(found: Written, home: Home) -> Iterator[Problem]:
    """A table elsewhere is in no backup, and what a page shows of an index must not show any file of the machine."""
    if found.table and not found.table.resolve().is_relative_to(home.indices.resolve()):
        message, hint = N_("the table {name!r} does not lie beside the index"), N_("put it into kpis/indices, and name it alone")
        yield found.problem("table", message, hint, name=found.recipe.table)
