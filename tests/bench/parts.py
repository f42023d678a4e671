"""What a load spends on a copy, on reading all of it again and on its checksum: the same for any load of that size."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from data import loads, rewriting, versions

PARTS: dict[str, tuple[object, str]] = {
    "copy": (rewriting.shutil, "copyfile"),
    "verify": (loads, "require_sound"),
    "hash": (versions, "checksum"),
}


@contextmanager
def timed_apart() -> Iterator[dict[str, float]]:
    """Milliseconds of each part, counted while the context lasts."""
    taken = dict.fromkeys(PARTS, 0.0)

    def counting(part: str, call: Callable) -> Callable:
        def counted(*given: object) -> object:
            began = time.perf_counter()
            try:
                return call(*given)
            finally:
                taken[part] += 1000 * (time.perf_counter() - began)

        return counted

    with ExitStack() as patches:
        for part, (module, name) in PARTS.items():
            patches.enter_context(patch.object(module, name, counting(part, getattr(module, name))))
        yield taken
