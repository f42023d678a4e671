"""The secret that keys the audit chain: whoever only has the database cannot write a chain that holds."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from data.lasting import first_private

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
            first_private(store / NAME, secrets.token_hex(32))
    found = secret(store)
    if found is None:
        raise RuntimeError(f"{NAME} is empty")
    return found
