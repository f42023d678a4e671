"""Names and texts of a city's files inside Markdown, where a star or a bracket must stay what it is."""

import re


def plain(text: str) -> str:
    """The text, to be shown by Markdown as it is written."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])", r"\\\1", text).replace("\n", " ")


def with_code(text: str) -> str:
    """The same, but what stands between two backticks is to be typed, and is shown as code."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return "".join(part if number % 2 else plain(part) for number, part in enumerate(parts))
