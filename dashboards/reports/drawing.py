"""The chart of a report as SVG: lines over time with their names at the end, or bars side by side from zero.

Drawn here, not by Altair: the library that turns Altair's charts into SVG weighs 32 MB, and a report's charts are of two kinds.
"""

from collections.abc import Callable, Sequence
from html import escape
from math import ceil, floor, log10

from dashboards import formats
from dashboards.palette import Palette
from dashboards.reports.document import Chart, Series

WIDTH, HEIGHT = 640, 220
LEFT, TOP, BOTTOM = 52, 22, 26
"""What the axes need."""
BAR, BETWEEN = 15, 9
"""Of a chart of bars: a bar's height, and what lies between two groups."""
LETTER = 6.2
"""How wide a letter is, or less: what names and values need is reckoned by it."""
MOST_NAMES = 250
"""Room that the names of bars take at most."""
LABEL = 74
"""What a name below a time axis takes."""
LINES = 4
APART = 14
"""How far the names of two lines must be apart to be read."""

Point = tuple[float, float]


def svg(chart: Chart, ink: Palette, locale: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The chart, alone: it needs no style sheet; letters are 12 high, and bars are as high as there are.

    Its text in words is `chart.alt`, which stays with whoever shows it.
    """
    tall, drawn = _bars(chart, ink, locale, width) if chart.kind == "bars" else (height, _lines(chart, ink, locale, width, height))
    font = f'font-family="Libertinus Serif, Source Sans, sans-serif" font-size="12" fill="{ink.ink}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {tall}" {font}>{drawn}</svg>'


def ticks(low: float, high: float, most: int = LINES) -> list[float]:
    """Round numbers from below the lowest value to above the highest, `most` steps or fewer."""
    span = high - low or abs(high) or 1.0
    size = 10.0 ** floor(log10(span / most))
    step = next(size * times for times in (1, 2, 2.5, 5, 10, 20) if ceil(high / (size * times)) - floor(low / (size * times)) <= most)
    first, last = floor(low / step), ceil(high / step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def decimals(steps: Sequence[float]) -> int:
    """How many decimals numbers need to be written as they are."""
    return next((places for places in range(6) if all(abs(step - round(step, places)) < 1e-9 for step in steps)), 6)


def _lines(chart: Chart, ink: Palette, locale: str, width: int, height: int) -> str:
    values = [value for series in chart.series for value in series.values if value is not None]
    steps = ticks(min(values), max(values)) if values else [0.0, 1.0]
    places = decimals(steps)

    right = width - _beside(chart, width)

    def at(index: int, value: float) -> Point:
        across = (right - LEFT) * index / max(len(chart.labels) - 1, 1)
        return LEFT + across, height - BOTTOM - (height - TOP - BOTTOM) * (value - steps[0]) / (steps[-1] - steps[0])

    drawn = [f'<text x="0" y="11" fill="{ink.muted}">{escape(chart.unit)}</text>']
    for step in steps:
        y = at(0, step)[1]
        drawn.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="{ink.rule}"/>')
        drawn.append(_text(LEFT - 6, y + 4, formats.number(step, places, locale), ink.muted, "end"))
    shown = _shown(len(chart.labels), (right - LEFT) // LABEL)
    drawn += [_text(at(index, steps[0])[0], height - 8, chart.labels[index], ink.muted, "middle") for index in shown]
    drawn += [
        _line(series, [None if value is None else at(n, value) for n, value in enumerate(series.values)], ink) for series in chart.series
    ]
    return "".join(drawn) + _names(chart, at, right, ink)


def _beside(chart: Chart, width: int) -> int:
    """What the names at the lines' ends need, at most half of the chart."""
    return min(ceil(LETTER * max((len(series.name) for series in chart.series), default=0)) + 16, width // 2)


def _shown(labels: int, most: int) -> list[int]:
    """Which names of the time axis are written: evenly spread, the last always."""
    every = max(1, ceil(labels / most))
    return sorted(labels - 1 - index for index in range(0, labels, every))


def _colour(series: Series, ink: Palette) -> str:
    return ink.brand if series.brand else ink.muted


def _line(series: Series, points: Sequence[Point | None], ink: Palette) -> str:
    """The line, broken where a value is missing; a value between two gaps is a point."""
    parts: list[list[Point]] = [[]]
    for point in points:
        if point:
            parts[-1].append(point)
        elif parts[-1]:
            parts.append([])
    colour, dash = _colour(series, ink), ' stroke-dasharray="5 4"' if series.dashed else ""
    drawn = []
    for part in filter(None, parts):
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in part)
        drawn.append(
            f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
            if len(part) > 1
            else f'<circle cx="{part[0][0]:.1f}" cy="{part[0][1]:.1f}" r="3" fill="{colour}"/>'
        )
    return "".join(drawn)


def _names(chart: Chart, at: Callable[[int, float], Point], right: float, ink: Palette) -> str:
    """Each line's name beside its last value, moved down where two would lie on each other."""
    ends = []
    for series in chart.series:
        known = [(index, value) for index, value in enumerate(series.values) if value is not None]
        if known:
            x, y = at(*known[-1])
            ends.append((y, x, series))
    drawn, below = [], -float(APART)
    for y, x, series in sorted(ends, key=lambda end: end[0]):
        below = max(y + 4, below + APART)
        drawn.append(_text(min(x, right) + 6, below, series.name, _colour(series, ink), "start"))
    return "".join(drawn)


def _bars(chart: Chart, ink: Palette, locale: str, width: int) -> tuple[int, str]:
    """The height, and the bars: a group for each label, one for each series, its value at the end."""
    values = [value for series in chart.series for value in series.values if value is not None]
    highest, places = max([*values, 0.0]) or 1.0, decimals([round(value, 1) for value in values])
    said = [
        [_said(series, index, places, locale, alone=len(chart.series) == 1) for series in chart.series]
        for index in range(len(chart.labels))
    ]
    left = min(LETTER * max(map(len, chart.labels), default=0) + 10, MOST_NAMES)
    room = width - left - LETTER * max((len(one) for row in said for one in row), default=0) - 12
    drawn, y = [_text(0, 11, chart.unit, ink.muted, "start")], float(TOP)
    for index, label in enumerate(chart.labels):
        drawn.append(_text(left - 8, y + BAR - 4, label, ink.ink, "end"))
        for series, value_said in zip(chart.series, said[index], strict=True):
            wide = room * max(series.values[index] or 0.0, 0.0) / highest
            fill = f'fill="none" stroke="{_colour(series, ink)}"' if series.dashed else f'fill="{_colour(series, ink)}"'
            drawn.append(f'<rect x="{left:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{BAR - 3}" {fill}/>')
            drawn.append(_text(left + wide + 6, y + BAR - 5, value_said, ink.muted, "start"))
            y += BAR
        y += BETWEEN
    return ceil(y), "".join(drawn)


def _said(series: Series, index: int, places: int, locale: str, *, alone: bool) -> str:
    """A bar's value, and of which series it is where there are several."""
    value = formats.number(series.values[index], places, locale)
    return value if alone else f"{value} · {series.name}"


def _text(x: float, y: float, said: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{escape(said)}</text>'
