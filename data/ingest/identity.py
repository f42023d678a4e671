"""The id of a load: the same for the same files read in the same way, so that what is loaded twice is known again."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.sources import Source


def load_id(files: Sequence[Path], source: Source, refused: Iterable[tuple[str, int]] = ()) -> str:
    """By the bytes of the files, what the source's mapping declares, and the lines (file, number) that were left aside.

    Where the file was fetched from, and what a later edition of this program could declare, make no difference.
    """
    identity = hashlib.sha256()
    for path in files:
        with path.open("rb") as raw:
            identity.update(hashlib.file_digest(raw, "sha256").digest())
    identity.update(source.model_dump_json(exclude={"fetch"}, exclude_defaults=True).encode())
    for name, line in refused:
        identity.update(f"{name}:{line}\n".encode())
    return identity.hexdigest()
