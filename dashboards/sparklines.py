"""A goal's history and its path to the target as one small drawing on a true time axis."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from data.periods import year_of

Point = tuple[date, float]
Range = tuple[float, float]
MARGIN = 5


@dataclass(frozen=True)
class Frame:
    """The drawing's size, and the days at its left and right edge: the same for all that stand in one column."""

    since: date
    until: date
    width: int = 190
    height: int = 34

    def x(self, day: date) -> float:
        share = (day - self.since).days / max((self.until - self.since).days, 1)
        return MARGIN + share * (self.width - 2 * MARGIN)


def sparkline(
    history: Sequence[Point],
    path: Sequence[Point],
    frame: Frame,
    label: str,
    *,
    faded: bool = False,
    marks: Sequence[Point] = (),
    year_starts: int | None = None,
    asked: Range | None = None,
) -> str:
    """The drawing as SVG, "" of nothing; `label` says it to whoever cannot see it; a faded one is out of date.

    `marks` are values to point at; the line of what begins anew in the month `year_starts` breaks there; `asked` are the ends of a range.
    """
    shown = [point for point in history if frame.since <= point[0] <= frame.until]
    if not (shown or path):
        return ""
    at = _placing([*(value for _, value in (*shown, *path)), *(asked or ())], frame)
    parts = [
        _band(asked, frame, at) + _path(list(map(at, path))),
        *_lines(_years(shown, year_starts) if year_starts else [shown], at),
        *(_circle("mark", at(point), 3) for point in marks),
    ]
    return _svg("".join(parts), frame, label, f"spark{' faded' * faded}")


def _svg(parts: str, frame: Frame, label: str, kind: str) -> str:
    size = f'viewBox="0 0 {frame.width} {frame.height}" width="{frame.width}" height="{frame.height}"'
    return f'<svg class="{kind}" role="img" aria-label="{escape(label)}" {size}>{parts}</svg>'


def _placing(values: Sequence[float], frame: Frame) -> Callable[[Point], str]:
    """Where a point lies, as SVG writes it, on a scale that holds all the values."""
    low, high = min(values), max(values)

    def at(point: Point) -> str:
        share = (point[1] - low) / (high - low) if high > low else 0.5
        return f"{frame.x(point[0]):.1f},{frame.height - MARGIN - share * (frame.height - 2 * MARGIN):.1f}"

    return at


def _band(asked: Range | None, frame: Frame, at: Callable[[Point], str]) -> str:
    """The range asked for, across the whole drawing; "" without one."""
    if asked is None:
        return ""
    corners = at((frame.since, asked[1])), at((frame.until, asked[0]))
    (left, top), (right, bottom) = (map(float, corner.split(",")) for corner in corners)
    return f'<rect class="range" x="{left}" y="{top}" width="{right - left:.1f}" height="{bottom - top:.1f}"/>'


def _path(points: list[str]) -> str:
    if not points:
        return ""
    return f'<polyline class="path" points="{" ".join(points)}"/>{_circle("target", points[-1], 3)}'


def _years(history: Sequence[Point], starts: int) -> list[list[Point]]:
    return [list(part) for _year, part in groupby(history, key=lambda point: year_of(point[0], starts))]


def _lines(parts: Sequence[Sequence[Point]], at: Callable[[Point], str]) -> Iterator[str]:
    """A line through each part, and a point at the end of the last one."""
    for part in filter(None, parts):
        yield f'<polyline class="line" points="{" ".join(map(at, part))}"/>'
    if parts and parts[-1]:
        yield _circle("now", at(parts[-1][-1]), 2.2)


def _circle(kind: str, point: str, radius: float) -> str:
    x, y = point.split(",")
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius}"/>'
