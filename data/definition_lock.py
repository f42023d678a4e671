"""One at a time writes a home's definitions: a form that saves into them, or a restore that puts others in their place."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from data.home import Home
from data.problems import NotPossibleNow

PATIENCE = 10
"""Seconds that somebody waits for another who is writing the definitions."""


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Be the one who writes the home's definitions. Raises NotPossibleNow where somebody else is for too long, and in a closed month."""
    home.require_open()
    home.store.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.store / "definitions.lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise NotPossibleNow("somebody else is writing the definitions; nothing was changed: try again in a moment") from None
