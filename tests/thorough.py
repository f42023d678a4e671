"""How much of a long drill is taken: `make test` a part of it, so that it stays short, and `make long` the whole."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
WHOLE = bool(os.environ.get("MANDATO_THOROUGH"))
"""Set by `make long`."""


def part(examples: int, of: int = 5) -> int:
    """So many examples of a property."""
    return examples if WHOLE else max(examples // of, 1)


def some(steps: Sequence[T], of: int = 3) -> Sequence[T]:
    """Every third step, say, of those at which something is stopped."""
    return steps if WHOLE else steps[::of]
