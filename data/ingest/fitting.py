"""Which of the saved sources a file could be: those whose columns it has, all of them."""

from collections.abc import Sequence
from pathlib import Path

from data.definitions import Definitions
from data.ingest import header
from data.problems import Refused
from data.sources import Source


def fitting(definitions: Definitions, files: Sequence[tuple[Path, str]]) -> list[str]:
    """Ids of the sources that fit, in the order in which they are declared."""
    return [source.id for source in definitions.sources if columns_lacking(source, files) == []]


def columns_lacking(source: Source, files: Sequence[tuple[Path, str]]) -> list[str] | None:
    """The columns of a source that the files lack; None where one of them cannot be read as the source declares."""
    try:
        headers = [header(path, source, name) for path, name in files]
    except Refused:
        return None
    return [column for found in headers for column in source.wanted if column not in found]
