"""The charts of slides: native ones, whose figures whoever gets the file can look up and change."""

from math import ceil
from typing import Any

from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboards.reports.document import Chart
from dashboards.reports.drawing import decimals, ticks
from dashboards.reports.paging import Box
from dashboards.reports.presentation.text import Letters, Style, clean, colour, describe, say

LETTERS = 13.0
LABELS = 6
"""Names that fit below a time axis."""
WIDE = 2.5
"""Points of a line."""


def add_chart(slide: Slide, box: Box, chart: Chart, style: Style) -> None:
    """Lines over time, or bars side by side from zero, in their box, with their title and in words."""
    kind = XL_CHART_TYPE.BAR_CLUSTERED if chart.kind == "bars" else XL_CHART_TYPE.LINE
    left, top, width, height = map(Inches, (box.left, box.top, box.width, box.height))
    frame: Any = slide.shapes.add_chart(kind, left, top, width, height, _data(chart))  # pyright: ignore[reportArgumentType]
    describe(frame, chart.alt)
    drawn = frame.chart
    _letters(drawn, chart, style)
    _axes(drawn, chart, style)
    for number, series in enumerate(chart.series):
        painted = colour(style.ink.brand if series.brand else style.ink.muted)
        plotted: Any = drawn.plots[0].series[number]
        if chart.kind == "bars":
            plotted.format.fill.solid()
            plotted.format.fill.fore_color.rgb = painted
            continue
        plotted.smooth, plotted.marker.style = False, XL_MARKER_STYLE.NONE
        plotted.format.line.color.rgb, plotted.format.line.width = painted, Pt(WIDE)
        if series.dashed:
            plotted.format.line.dash_style = MSO_LINE.DASH


def _data(chart: Chart) -> CategoryChartData:
    places = _places(chart)
    data = CategoryChartData(number_format=f"#,##0{'.' * bool(places)}{'0' * places}")
    data.categories = [clean(label) for label in chart.labels]
    for series in chart.series:
        data.add_series(clean(series.name), list(series.values))
    return data


def _places(chart: Chart) -> int:
    """Decimals of the axis for lines, of the values for bars."""
    values = [value for series in chart.series for value in series.values if value is not None]
    if not values:
        return 0
    return decimals([round(value, 1) for value in values] if chart.kind == "bars" else ticks(min(values), max(values)))


def _letters(drawn: Drawn, chart: Chart, style: Style) -> None:
    drawn.font.size = Pt(LETTERS)
    drawn.font.color.rgb = colour(style.ink.ink)
    drawn.has_title = bool(chart.title)
    if chart.title:
        say(drawn.chart_title.text_frame, [chart.title], style, Letters(LETTERS + 2, style.ink.ink, strong=True))
    drawn.has_legend = len(chart.series) > 1
    if drawn.legend is not None:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for part in drawn._chartSpace.iter(qn("a:defRPr")):  # the library has no languages of charts
        part.set("lang", style.tag)


def _spread(drawn: Drawn, labels: int) -> None:
    """So few names below a time axis that they stand upright."""
    axis = drawn._chartSpace.find(f".//{qn('c:catAx')}")  # the library has no way to it
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = axis.makeelement(qn(name), {"val": str(ceil(labels / LABELS))})
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _axes(drawn: Drawn, chart: Chart, style: Style) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    names.format.line.color.rgb = colour(style.ink.rule)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    values.format.line.fill.background()
    if chart.kind == "bars":
        names.reverse_order = True  # the first at the top
        values.visible, values.has_major_gridlines, values.minimum_scale = False, False, 0
        plot: Any = drawn.plots[0]
        plot.gap_width, plot.has_data_labels = 60, True
        plot.data_labels.show_value = True
        return
    _spread(drawn, len(chart.labels))
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(style.ink.rule)
    known = [value for series in chart.series for value in series.values if value is not None]
    if known:
        steps = ticks(min(known), max(known))
        values.minimum_scale, values.maximum_scale, values.major_unit = steps[0], steps[-1], steps[1] - steps[0]
    if chart.unit:
        values.has_title = True
        say(values.axis_title.text_frame, [chart.unit], style, Letters(LETTERS, style.ink.muted))
