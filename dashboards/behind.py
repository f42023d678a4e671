"""Work that goes on behind a page: it is begun when somebody first asks, and nobody waits for it."""

import logging
import math
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Known = TypeVar("Known")

AT_ONCE = 2
"""Of one kind, so that whoever opens many pages leaves the machine to the others; the rest wait for their turn."""
LOOK_AGAIN = 1.0
"""Seconds until a page that waits looks whether it is there."""
TRY_AGAIN = 60.0
"""Seconds until what failed is tried anew, where somebody asks: a full disk may have passed."""


@dataclass(frozen=True)
class Work(Generic[Known]):
    """`find` takes long; what is `at_hand` does not, None where nothing is. A fault of ours is logged by `name`, and `otherwise` shown."""

    name: str
    at_hand: Callable[[], Known | None]
    find: Callable[[], Known]
    otherwise: Known


class Behind(Generic[Known]):
    """What was found of one kind, by a key that changes with all that it depends on: the last `most` keys are remembered."""

    def __init__(self, kind: str, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._held = dict[Hashable, tuple[Known, float]]()  # and until when it holds
        self._begun = set[Hashable]()
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=kind)

    def of(self, key: Hashable, work: Work[Known]) -> Known | None:
        """What is known, or at hand; None while it is found, which this starts. No page waits for ever."""
        found = self._known(key)
        if found is None and key not in self._begun:
            found = self._at_hand(key, work)
            if found is None:
                self._begin(key, work)
        return found

    def settle(self, key: Hashable, work: Work[Known]) -> Known:
        """Find it now where nobody has, for whoever asks once and waits: a report made without a page."""
        found = self._known(key)
        found = self._at_hand(key, work) if found is None else found
        return self._found(key, work) if found is None else found

    def _known(self, key: Hashable) -> Known | None:
        held = self._held.get(key)
        return held[0] if held and time.monotonic() < held[1] else None

    def _at_hand(self, key: Hashable, work: Work[Known]) -> Known | None:
        try:
            found = work.at_hand()
        except Exception:
            return self._failed(key, work)
        return None if found is None else self._remember(key, found)

    def _begin(self, key: Hashable, work: Work[Known]) -> None:
        with self._lock:
            if key in self._begun:
                return
            self._begun.add(key)
        self._workers.submit(self._found, key, work)

    def _found(self, key: Hashable, work: Work[Known]) -> Known:
        try:
            return self._remember(key, work.find())
        except Exception:
            return self._failed(key, work)

    def _failed(self, key: Hashable, work: Work[Known]) -> Known:
        logging.getLogger(__name__).exception("%s could not be reckoned", work.name)
        return self._remember(key, work.otherwise, time.monotonic() + TRY_AGAIN)

    def _remember(self, key: Hashable, known: Known, until: float = math.inf) -> Known:
        with self._lock:
            self._held[key] = known, until
            self._begun.discard(key)
            while len(self._held) > self._most:
                self._held.pop(next(iter(self._held)))
        return known
