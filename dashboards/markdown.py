"""Names and texts of a city's files inside Markdown, where a star or a bracket must stay what it is."""

import re


def plain(text: str) -> str:
    """The text, to be shown by Markdown as it is written."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])", r"\\\1", text).replace("\n", " ")
