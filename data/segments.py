"""Segments: which part of a place's people or things a value is about, written `age=15-24|sex=women`; "" is all of them.

A text without `=`, as a file of one dimension has it, is the part of an unnamed dimension.
"""

from collections.abc import Mapping

TOTAL = ""
UNNAMED = ""
"""The dimension of a segment that names none."""
MARKS = ("|", "=")
"""What the name of a part cannot hold."""


def written(parts: Mapping[str, str]) -> str:
    """The segment of some dimensions' parts, the same in whatever order they come; an empty part is the total of its dimension."""
    return "|".join(f"{dimension}={part}" if dimension else part for dimension, part in sorted(parts.items()) if part)


def parts(segment: str) -> dict[str, str]:
    """The part of each dimension: {"age": "15-24", "sex": "women"}; {} for the total."""
    pairs = (text.partition("=") for text in segment.split("|") if text)
    return {dimension if mark else UNNAMED: part if mark else dimension for dimension, mark, part in pairs}
