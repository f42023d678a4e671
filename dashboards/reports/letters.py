"""How much room a text takes, by the widths of Arial's letters, which its stand-ins share: an estimate on the safe side."""

from functools import lru_cache
from unicodedata import east_asian_width, normalize

POINTS = 72.0
"""Points in an inch."""
LINE = 1.22
"""A line's height as a part of the letters' size."""
STRONG = 1.12
"""How much wider bold letters are."""
SERIF = 0.95
"""What must be left of a line for single bold letters of Typst's serif, which are wider than Arial's; a text of them is narrower."""
WIDTHS = {
    **dict.fromkeys("'|ijl !,./:;I[]\\ft", 0.28),
    **dict.fromkeys('()-r"`·', 0.36),
    **dict.fromkeys("ckszxyvJ", 0.5),
    **dict.fromkeys("ABEKPSVXYZ&", 0.67),
    **dict.fromkeys("CDHNRUw", 0.73),
    **dict.fromkeys("GOQ", 0.78),
    **dict.fromkeys("Mm", 0.84),
    **dict.fromkeys("W%", 0.95),
    **dict.fromkeys("@—…", 1.02),
}
"""Parts of the letters' size; every other small letter takes 0.57, a capital or a sign 0.62, and what is drawn in a square all of it."""


def width(text: str, size: float, *, strong: bool = False) -> float:
    """Inches that a text takes on one line; `size` is in points."""
    return sum(map(_part, text)) * size / POINTS * (STRONG if strong else 1.0)


@lru_cache(maxsize=4096)
def wrapped(text: str, size: float, room: float, *, strong: bool = False) -> tuple[str, ...]:
    """The lines that a text takes in so many inches; a word that is longer is cut. Nothing takes one line too."""
    lines, taken, space = [], room, width(" ", size, strong=strong)
    for word in text.split():
        for number, piece in enumerate(_pieces(word, size, room, strong=strong)):
            wide = width(piece, size, strong=strong)
            if number or taken + space + wide > room:
                lines.append(piece)
                taken = wide
            else:
                lines[-1] += f" {piece}"
                taken += space + wide
    return tuple(lines) or ("",)


def breakable(text: str, size: float, room: float, *, strong: bool = False) -> str:
    """The text, in which a word that is longer than so many inches may be broken: by a space without width between its pieces."""
    return " ".join("\u200b".join(_pieces(word, size, room * SERIF, strong=strong)) for word in text.split())


def height(lines: int, size: float) -> float:
    """Inches that so many lines are high."""
    return lines * size * LINE / POINTS


def _pieces(word: str, size: float, room: float, *, strong: bool) -> list[str]:
    """A word as it fits on lines of its own."""
    if width(word, size, strong=strong) <= room:
        return [word]
    pieces, taken = [""], 0.0
    for letter in word:
        wide = width(letter, size, strong=strong)
        if pieces[-1] and taken + wide > room:
            pieces.append("")
            taken = 0.0
        pieces[-1] += letter
        taken += wide
    return pieces


@lru_cache(maxsize=4096)
def _part(letter: str) -> float:
    base = normalize("NFD", letter)[0]
    if base in WIDTHS:
        return WIDTHS[base]
    if east_asian_width(letter) in "WF" or ord(base) >= 0x2190:
        return 1.0
    return 0.57 if base.islower() or base.isdigit() else 0.62
