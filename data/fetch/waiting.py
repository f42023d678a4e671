"""How long to wait before asking again: longer each time, never all at the same moment, and as long as the server asks for."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST = 1.0
"""Seconds, doubled each time."""
LONGEST = 60.0


@dataclass(frozen=True)
class Waiting:
    """How a fetch tells and passes time; tests give their own. `attempts` counts the first one too."""

    attempts: int = 5
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    jitter: Callable[[], float] = random.random

    def seconds(self, attempt: int, asked: str | None) -> float:
        """What to wait after the attempt of that number (from 1): what the server asked for, or a growing time, half of it by chance."""
        wished = seconds_asked(asked, self.now())
        if wished is not None:
            return wished
        most = min(FIRST * 2 ** (attempt - 1), LONGEST)
        return most / 2 + most / 2 * self.jitter()


def seconds_asked(text: str | None, now: datetime) -> float | None:
    """What a Retry-After header asks for, in either of its forms (RFC 9110, 10.2.3); None where it says nothing that can be read."""
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
