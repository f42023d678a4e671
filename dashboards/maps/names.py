"""Names on a map: none lies on another. The more important come first, and who finds no room is named when pointed at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboards.maps.view import View

LETTER_WIDTH, LINE = 0.53, 1.2
"""Of a letter's size: its usual width, and the height of a line."""
INSIDE = 0.7
"""Of a circle's radius: half the side of the square in it."""
BESIDE = 4
"""Pixels between a circle and its name."""
NUDGE = 16
"""Pixels by which the name of an area may move up or down."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """A place's name and its value at a point, around which a circle may lie; of two, the strong or the heavier one is written first."""

    name: str
    said: str
    at: tuple[float, float]
    ink: str
    strong: bool
    weight: float
    radius: float = 0.0


@dataclass(frozen=True)
class Written:
    """What is written of a name, and how many pixels right of and below its point its middle is."""

    name: Name
    text: str
    off: tuple[float, float]


def with_room(wanted: Sequence[Name], view: View, letter: float, within: tuple[int, int]) -> list[Written]:
    """The names that find room between the circles: with the value where that fits too, on the side where it does.

    None is cut off: all stay `within` so many pixels across and down. The strong place comes first and is always named, if need be
    across a circle.
    """
    circles, taken = [_circle(name, view) for name in wanted if name.radius], _edges(within)
    told = []
    for name in sorted(wanted, key=lambda name: (not name.strong, -name.weight, name.name)):
        written = _first_free(name, [*circles, *taken], view, letter) or (name.strong and _least_across(name, circles, taken, view, letter))
        if written:
            taken.append(room(written, view, letter))
            told.append(written)
    return told


def room(written: Written, view: View, letter: float) -> Box:
    """Where it is on the screen: left, top, right and lower edge in pixels from the middle of the map."""
    (x, y), (wide, tall), (right, down) = view.pixel(written.name.at), _size(written.text, letter), written.off
    return x + right - wide / 2, y + down - tall / 2, x + right + wide / 2, y + down + tall / 2


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes lie on each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _first_free(name: Name, taken: Sequence[Box], view: View, letter: float) -> Written | None:
    ways = ((written, room(written, view, letter)) for written in _ways(name, letter))
    return next((written for written, place in ways if not any(meet(place, other) for other in taken)), None)


def _least_across(name: Name, circles: Sequence[Box], taken: Sequence[Box], view: View, letter: float) -> Written | None:
    """Off all names, and across as little of the circles as can be."""
    ways = ((written, room(written, view, letter)) for written in _ways(name, letter))
    free = [(written, place) for written, place in ways if not any(meet(place, other) for other in taken)]
    return min(free, key=lambda way: sum(_shared(way[1], circle) for circle in circles), default=(None,))[0]


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across, down = (min(one[end], other[end]) - max(one[start], other[start]) for start, end in ((0, 2), (1, 3)))
    return max(across, 0.0) * max(down, 0.0)


def _ways(name: Name, letter: float) -> Iterator[Written]:
    """Of a circle below, above, right and left of it, or at a corner; of an area in its middle, or a little above or below."""
    for text in (f"{name.name}\n{name.said}", name.name):
        wide, tall = _size(text, letter)
        up, aside = name.radius + BESIDE + tall / 2, name.radius + BESIDE + wide / 2
        sides = ((0.0, up), (0.0, -up), (aside, 0.0), (-aside, 0.0))
        across, down = name.radius * INSIDE + BESIDE + wide / 2, name.radius * INSIDE + tall / 2
        corners = ((across, down), (across, -down), (-across, down), (-across, -down))
        for off in (*sides, *corners) if name.radius else ((0.0, 0.0), (0.0, NUDGE), (0.0, -NUDGE)):
            yield Written(name, text, off)


def _size(text: str, letter: float) -> tuple[float, float]:
    lines = text.split("\n")
    return max(map(len, lines)) * letter * LETTER_WIDTH, len(lines) * letter * LINE


def _edges(within: tuple[int, int]) -> list[Box]:
    """What lies outside the map, as four boxes."""
    (across, down), far = (within[0] / 2, within[1] / 2), 1e6
    return [(-far, -far, -across, far), (across, -far, far, far), (-far, -far, far, -down), (-far, down, far, far)]


def _circle(name: Name, view: View) -> Box:
    """The square inside a circle: a name may touch its edge."""
    (x, y), half = view.pixel(name.at), name.radius * INSIDE
    return x - half, y - half, x + half, y + half
