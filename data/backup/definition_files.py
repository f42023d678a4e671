"""Which files of a home a city has written: its definitions, wherever they lie."""

from pathlib import Path, PurePosixPath

from data.home import Home

PATTERNS = (
    "data/*.yaml", "data/*.svg", "data/boundaries/*.geojson", "data/rollups/*.sql", "data/rollups/*.yaml", "kpis/**/*.yaml",
    "kpis/studies/*.csv", "kpis/indices/*.csv",
)  # fmt: skip


def definition_files(home: Home) -> dict[str, Path]:
    """Each definition file of a home, by its path within it."""
    found = {path.relative_to(home.folder).as_posix(): path for pattern in PATTERNS for path in home.folder.glob(pattern) if path.is_file()}
    return dict(sorted(found.items()))


def is_definition(name: str) -> bool:
    """A path within a home that could be one of its definition files."""
    path = PurePosixPath(name)
    if path.parts[:1] == ("kpis",) and path.suffix == ".yaml":
        return len(path.parts) > 1
    return any(path.match(pattern) and len(path.parts) == pattern.count("/") + 1 for pattern in PATTERNS if "**" not in pattern)
