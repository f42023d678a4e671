"""What is wrong with a text, before it is known where the text stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """The sentence, the cure and the values of a problem; `at` is added by whoever knows the file, line and column."""

    message: str
    hint: str
    values: Mapping[str, object] = field(default_factory=dict)
