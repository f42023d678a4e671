"""A goal's history and its path to the target as one small drawing on a true time axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

Point = tuple[date, float]
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
    history: Sequence[Point], path: Sequence[Point], frame: Frame, label: str, *, faded: bool = False, marks: Sequence[Point] = ()
) -> str:
    """The drawing as SVG; "" where there is nothing to draw. `label` says it to whoever cannot see it; a faded one is out of date.

    `marks` are values of the history to point at.
    """
    shown = [point for point in history if frame.since <= point[0] <= frame.until]
    if not shown and not path:
        return ""
    values = [value for _, value in (*shown, *path)]
    low, high = min(values), max(values)

    def at(point: Point) -> str:
        share = (point[1] - low) / (high - low) if high > low else 0.5
        return f"{frame.x(point[0]):.1f},{frame.height - MARGIN - share * (frame.height - 2 * MARGIN):.1f}"

    parts = [
        _path(list(map(at, path))),
        _line(list(map(at, shown))),
        *(_circle("mark", at(point), 3) for point in marks),
    ]
    size = f'viewBox="0 0 {frame.width} {frame.height}" width="{frame.width}" height="{frame.height}"'
    return f'<svg class="spark{" faded" * faded}" role="img" aria-label="{escape(label)}" {size}>{"".join(parts)}</svg>'


def _path(points: list[str]) -> str:
    if not points:
        return ""
    return f'<polyline class="path" points="{" ".join(points)}"/>{_circle("target", points[-1], 3)}'


def _line(points: list[str]) -> str:
    if not points:
        return ""
    return f'<polyline class="line" points="{" ".join(points)}"/>{_circle("now", points[-1], 2.2)}'


def _circle(kind: str, point: str, radius: float) -> str:
    x, y = point.split(",")
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius}"/>'
