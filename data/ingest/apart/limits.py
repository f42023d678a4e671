"""How much of the machine the process that reads a file may use."""

import os
from contextlib import suppress
from dataclasses import dataclass

if os.name != "nt":
    import resource

MEMORY_ENDED = 3
"""How the process ends where its memory did not suffice; other programs end with 1 or 2 for reasons of their own."""


@dataclass(frozen=True)
class Limits:
    """Bytes of memory, seconds of computing, and seconds by the clock. Windows knows only the clock."""

    memory: int = 1_500_000_000
    computing: int = 60
    clock: int = 120


USUAL = Limits()


def hold(limits: Limits) -> None:
    """Put this process under the limits; nothing takes them off again."""
    if os.name == "nt":
        return
    with suppress(ValueError, OSError):  # a machine may allow less than we do
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limits.computing, limits.computing + 5))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no picture of the memory, with a city's figures in it
