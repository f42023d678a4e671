"""A new home: definition files copied into a folder, all of them or none."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from data.home import REPOSITORY, Home
from data.problems import NotPossibleNow, Problem, Refused, cause

STARTER = Path(__file__).parent / "starter"
SCHEMAS = REPOSITORY / "docs" / "schemas"
PLACEHOLDERS = frozenset({"My city", "Mi ciudad"})
"""What the starter calls the city: a city with one of these names has not been made one's own yet."""


def starter_files(folder: Path) -> dict[Path, Path]:
    """Each file of a new home in this folder, and the file that it is copied from."""
    sources = sorted(path for path in STARTER.rglob("*") if path.is_file())
    files = {folder / path.relative_to(STARTER): path for path in sources}
    return files | {folder / "schemas" / path.name: path for path in _schemas()}


def demo_files(home: Home) -> dict[Path, Path]:
    """Each definition file of the demo city in this home, and the file of the repository that it is copied from."""
    shipped = Home(REPOSITORY)
    files = [shipped.city, shipped.places, shipped.indicators, shipped.sources, shipped.trends, shipped.ladders]
    files += [*sorted(shipped.city.parent.glob("*.svg")), *sorted(shipped.boundaries.glob("*.geojson"))]
    written = (shipped.definitions, shipped.targets, shipped.studies, shipped.options, shipped.indices)
    files += sorted([*(path for folder in written for path in folder.glob("*.yaml")), *_schemas()])
    return {home.folder / path.relative_to(REPOSITORY): path for path in files}


def copy(files: Mapping[Path, Path]) -> list[str]:
    """Copies each file, and returns those made.

    Raises Refused where one of them exists already, and NotPossibleNow where the folder cannot be written; then no new file is left behind.
    """
    taken = [path for path in files if path.exists()]
    if taken:
        raise Refused([Problem("this file is there already", "choose an empty folder, or move the file away", str(path)) for path in taken])
    try:
        for path, source in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
    except OSError as error:
        for path in files:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise NotPossibleNow(
            "{path}: cannot be written ({why}); free it, or choose another folder", path=str(error.filename), why=cause(error)
        ) from None
    return [str(path) for path in files]


def _schemas() -> list[Path]:
    return sorted(SCHEMAS.glob("*.json"))
