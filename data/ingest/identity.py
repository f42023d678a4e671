"""The id of a load: the same for the same files read in the same way, so that what is loaded twice is known again."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.lasting import checksum
from data.sources import Source


def checksums(files: Sequence[Path]) -> list[str]:
    """Of the files' bytes, in hexadecimal digits."""
    return [checksum(path) for path in files]


def load_id(files: Sequence[str], source: Source, refused: Iterable[tuple[str, int]] = ()) -> str:
    """By the checksums of the files, what the source's mapping declares, and the lines (file, number) that were left aside.

    Where the file was fetched from, and what a later edition of this program could declare, make no difference.
    """
    identity = hashlib.sha256()
    for found in files:
        identity.update(bytes.fromhex(found))
    identity.update(source.model_dump_json(exclude={"fetch"}, exclude_defaults=True).encode())
    for name, line in refused:
        identity.update(f"{name}:{line}\n".encode())
    return identity.hexdigest()
