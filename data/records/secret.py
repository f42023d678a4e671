"""The secret that keys the audit chain: whoever only has the database cannot write a chain that holds."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from data.lasting import flush, flush_folder

NAME = "secret.key"


def secret(store: Path) -> bytes | None:
    """MANDATO_SECRET, or the one kept in the store; None where there is neither."""
    told = os.environ.get("MANDATO_SECRET")
    if told:
        return told.encode()
    try:
        return (store / NAME).read_bytes().strip() or None
    except FileNotFoundError:
        return None


def first_secret(store: Path) -> bytes:
    """The secret, which is made where there is none, readable by its owner alone: only where nothing was written under another."""
    with suppress(FileExistsError):
        if secret(store) is None:
            _make(store / NAME)
    found = secret(store)
    if found is None:
        raise RuntimeError(f"{NAME} is empty")
    return found


def _make(path: Path) -> None:
    """Written whole under another name and linked into place, so that two processes that begin together agree."""
    part = path.with_name(f"{NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{secrets.token_hex(32)}\n")
        flush(part)
        os.link(part, path)
    finally:
        part.unlink()
    flush_folder(path.parent)
