"""Charts. A specification is built once for a palette, a country, a unit and a frequency, and sent with fresh data by st.vega_lite_chart.

Building one with Altair takes longer than everything else a page does; a ready one costs nothing.
"""

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl
import streamlit as st
from babel.dates import get_day_names, get_month_names, get_quarter_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from dashboards import fan
from dashboards.palette import Palette
from data.periods import MONTHS, Frequency
from kpis.transform import with_gaps as with_gaps

FONT = '"Source Sans", sans-serif'
HEIGHT = 330
NAME_ROOM, NAMES_BELOW = 16, 26
"""Pixels above the highest and below the lowest value; more where a name may stand below that."""
LABEL_HEIGHT = 15
"""Pixels that a line's name needs, so that names do not lie on each other."""
LONGEST_MONTH = 31 * 24 * 3600 * 1000
"""In milliseconds, as the axis of time counts."""
PALE, THIN = 0.42, 1.2
"""Opacity and width of a line that does not stand out."""
NAMED = 9
"""Lines of one chart that carry their name; of more, only the strong ones do, and the others say theirs when pointed at."""
NARROW = 460
"""Pixels across below which a chart's names are small, and the start of a goal has none: it stands in the definition."""
VALUE, FIRST, PATH, START, DUE, NOW, TARGET = "value", "first", "path", "start", "due", "now", "target"
USUAL, UNUSUAL = "usual", "unusual"
RANGE = "range"
SCENARIO = "scenario"
"""What a row of a goal's chart is."""
LINES = {
    "period": pl.Date,
    "value": pl.Float64,
    "at": pl.Float64,
    "series": pl.String,
    "strong": pl.Boolean,
    "text": pl.String,
    "tip": pl.String,
}
"""The columns of the rows that `lines` draws, where no event stands among them."""


def show(frame: pl.DataFrame, specification: dict[str, Any], key: str, alt_text: str) -> None:
    """Draw the chart; `alt_text` says what it shows to whoever cannot see it."""
    st.vega_lite_chart(frame, specification, width="stretch", theme=None, key=key, alt=alt_text)


@lru_cache(maxsize=512)
def goal(palette: Palette, locale: str, unit: str, frequency: Frequency) -> dict[str, Any]:
    """A goal's history, path and target.

    For rows of period, value, kind (VALUE, FIRST as first known, PATH, START, DUE, NOW, TARGET) and tip, and those of
    dashboards.fan. A row with a text names a point (its kind is "now name" and so on), with the text's align and lift:
    pixels that it stands above the point. USUAL rows are a quiet band from value to upper, UNUSUAL ones are values that leave it, and
    RANGE ones the band of a target that is a range.
    Rows with an `event` are drawn as by `lines`, and a line breaks between two rows of another `year`.
    """
    time = time_axis(locale, frequency)
    base = alt.Chart().encode(x=time, y=amount_axis(unit, room=NAMES_BELOW))
    layers = [
        of_kinds(base, USUAL).mark_area(color=palette.muted, opacity=0.13, interpolate="step", aria=False).encode(y2="upper:Q"),
        *event_rules(palette, time),
        *fan.layers(base, amount_axis(unit, "low", NAMES_BELOW), palette),
        *_range(base, amount_axis(unit, "upper", NAMES_BELOW), palette),
        of_kinds(base, PATH).mark_line(color=palette.muted, strokeDash=[5, 4], strokeWidth=1.3),
        of_kinds(base, VALUE).mark_line(color=palette.brand, strokeWidth=2.4, strokeJoin="round").encode(detail="year:O"),
        of_kinds(base, FIRST).mark_line(color=palette.muted, strokeWidth=1),
        *_points(base, palette),
        *_point_names(base.transform_filter("datum.text"), palette),
        pointed_at(of_kinds(base, VALUE, FIRST, UNUSUAL)),
    ]
    return specified(alt.layer(*layers), palette, locale)


def _range(base: alt.Chart, upper: alt.Y, palette: Palette) -> list[alt.Chart]:
    """The band that a target asks for, between two dashed edges as a path has; `upper` is the axis of the upper one."""
    rows, edge = of_kinds(base, RANGE), {"color": palette.muted, "strokeDash": [5, 4], "strokeWidth": 1.3}
    return [
        rows.mark_area(color=palette.muted, opacity=0.12, aria=False).encode(y2="upper:Q"),
        rows.mark_line(**edge, aria=False),
        rows.mark_line(**edge, aria=False).encode(upper),
    ]


def _points(base: alt.Chart, palette: Palette) -> list[alt.Chart]:
    """The single values of a goal's chart that a reader looks for."""
    return [
        of_kinds(base, UNUSUAL).mark_point(size=52, stroke=palette.paper, strokeWidth=1.4, fill=palette.ink, opacity=1),
        of_kinds(base, START, DUE).mark_point(size=45, stroke=palette.muted, strokeWidth=1.4, fill=palette.paper, opacity=1),
        of_kinds(base, TARGET).mark_point(size=130, stroke=palette.muted, strokeWidth=1.6, fill=palette.paper, opacity=1),
        of_kinds(base, NOW).mark_point(size=260, stroke=palette.ink, strokeWidth=1.6, fill=palette.paper, opacity=1),
        of_kinds(base, NOW).mark_point(size=80, stroke=None, fill=palette.brand, opacity=1),
    ]


@lru_cache(maxsize=512)
def scenario(palette: Palette, locale: str, unit: str, frequency: Frequency) -> dict[str, Any]:
    """A history, its forecast as a fan, the target, and what would be expected under an assumption (SCENARIO, with its name)."""
    base = alt.Chart().encode(x=time_axis(locale, frequency), y=amount_axis(unit))
    named = of_kinds(base, f"{SCENARIO} name").encode(text="text:N")
    layers = [
        *fan.layers(base, amount_axis(unit, "low"), palette),
        of_kinds(base, VALUE).mark_line(color=palette.brand, strokeWidth=2.4, strokeJoin="round"),
        of_kinds(base, SCENARIO).mark_line(color=palette.ink, strokeWidth=1.6, strokeDash=[7, 4], aria=False),
        of_kinds(base, TARGET).mark_point(size=130, stroke=palette.muted, strokeWidth=1.6, fill=palette.paper, opacity=1),
        named.mark_text(
            align="right", dx=-10, dy=-10, stroke=palette.paper, strokeWidth=5, strokeJoin="round", color=palette.paper, fontSize=13
        ),
        named.mark_text(align="right", dx=-10, dy=-10, color=palette.ink, fontSize=13),
    ]
    return specified(alt.layer(*layers), palette, locale)


@lru_cache(maxsize=512)
def lines(palette: Palette, locale: str, unit: str, frequency: Frequency, *, still: bool = False) -> dict[str, Any]:
    """One line for each series: the strong ones in the city's colour, the others grey until pointed at.

    For rows of period, value, series, strong, tip; rows with a `text` name a line at its end, at the height `at`; rows with an
    `event` are a vertical rule with its name on its `side`, in a `lane` counted from the top. A line breaks between two rows of
    another `year`. A `still` one answers to nobody's pointer.
    """
    time = time_axis(locale, frequency)
    base = alt.Chart().encode(x=time, y=amount_axis(unit), detail=["series:N", "year:O"])
    values = base.transform_filter("!datum.text && !datum.event")
    weak = values.transform_filter("!datum.strong").mark_line(color=palette.muted, strokeJoin="round")
    names = base.transform_filter("datum.text").encode(y=amount_axis(unit, "at"), text="text:N")
    layers = [
        *event_rules(palette, time),
        weak.encode(opacity=alt.value(PALE), strokeWidth=alt.value(THIN)) if still else _brought_out(weak),
        values.transform_filter("datum.strong").mark_line(color=palette.brand, strokeWidth=2.6, strokeJoin="round"),
        names.transform_filter("!datum.strong").mark_text(align="left", dx=8, color=palette.muted, fontSize=12),
        names.transform_filter("datum.strong").mark_text(align="left", dx=8, color=palette.brand, fontSize=13, fontWeight=600),
        *([] if still else [pointed_at(values).add_params(_hovered())]),
    ]
    return specified(alt.layer(*layers), palette, locale)


def by_year(rows: pl.DataFrame, values: pl.Expr, year_starts: pl.Expr) -> pl.DataFrame:
    """The rows with a column `year` where they are `values`: a line breaks between two years, since the series begins anew there.

    `year_starts` is the month in which its year begins.
    """
    moved = pl.col("period").dt.month_start().dt.offset_by(pl.format("{}mo", 1 - year_starts.cast(pl.Int32)))
    return rows.with_columns(year=pl.when(values).then(moved.dt.year()))


def over_names(rows: pl.DataFrame, frequency: Frequency) -> pl.DataFrame:
    """The rows with each day moved to where the period begins that ends with it: there the axis has the period's name.

    Days stay, and so do weeks, which are called by their last day.
    """
    if frequency not in MONTHS:
        return rows
    return rows.with_columns(pl.col("period").dt.month_start().dt.offset_by(f"{1 - MONTHS[frequency]}mo"))


def apart(heights: list[float], least: float) -> list[float]:
    """The heights moved as little as needed for each to stand `least` from the next; in the order given."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    clusters: list[list[float]] = []
    for height in (heights[index] for index in order):
        clusters.append([height])
        while len(clusters) > 1 and _bottom(clusters[-1], least) < _top(clusters[-2], least) + least:
            clusters[-2:] = [clusters[-2] + clusters[-1]]
    placed = [_bottom(cluster, least) + least * step for cluster in clusters for step in range(len(cluster))]
    return [placed[order.index(index)] for index in range(len(heights))]


def _bottom(cluster: list[float], least: float) -> float:
    return sum(cluster) / len(cluster) - least * (len(cluster) - 1) / 2


def _top(cluster: list[float], least: float) -> float:
    return _bottom(cluster, least) + least * (len(cluster) - 1)


def time_axis(locale: str, frequency: Frequency) -> alt.X:
    """Ticks stand no closer than periods do, and each has a period's name."""
    named: dict[str, Any] = {}
    if months := MONTHS.get(frequency):
        named = {"format": _period_names(locale, frequency), "tickMinStep": months * LONGEST_MONTH}
    axis = alt.Axis(grid=False, tickCount=7, labelOverlap=True, labelSeparation=8, **named)
    return alt.X("period:T", scale=alt.Scale(type="utc"), title=None, axis=axis)


def _period_names(locale: str, frequency: Frequency) -> dict[str, str]:
    """What a tick is called that begins a year, else a quarter, else a month."""
    quarter = get_quarter_names("abbreviated", locale=locale)[1].replace("1", "%q")
    return {"year": "%Y", "quarter": quarter if frequency == "quarter" else "%b", "month": "%b"}


def amount_axis(unit: str, column: str = "value", room: int = NAME_ROOM) -> alt.Y:
    """The vertical axis, with the unit written once on top of it; its ends come from the data, with room for names."""
    axis = alt.Axis(titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-14, titleX=-6, ticks=False, domain=False, tickCount=5)
    return alt.Y(f"{column}:Q", scale=alt.Scale(zero=False, nice=True, padding=room), title=unit, axis=axis)


def _hovered() -> alt.Parameter:
    return alt.selection_point(name="hovered", fields=["series"], on="pointerover", clear="pointerout", empty=False)


def _brought_out(lines: alt.Chart) -> alt.Chart:
    """Thin and pale until pointed at."""
    hovered = alt.when(_hovered())
    opacity, width = hovered.then(alt.value(1)).otherwise(alt.value(PALE)), hovered.then(alt.value(2)).otherwise(alt.value(THIN))
    return lines.encode(opacity=opacity, strokeWidth=width)


def event_rules(palette: Palette, time: alt.X) -> list[alt.Chart]:
    """Rules behind the lines, each with its name at the top."""
    base = alt.Chart().transform_filter("datum.event").encode(x=time)
    where: dict[str, Any] = {
        "align": alt.expr("datum.side"),
        "dx": alt.expr("datum.side === 'left' ? 5 : -5"),
        "baseline": "top",
        "fontSize": 12,
    }
    named = base.encode(y=alt.value(alt.expr(f"datum.lane * {LABEL_HEIGHT}")), text="event:N")
    ground = named.mark_text(stroke=palette.paper, strokeWidth=4, strokeJoin="round", color=palette.paper, **where)
    rule = base.mark_rule(color=palette.muted, strokeWidth=1, opacity=0.6, aria=False)  # its name says it; where it is empty nothing would
    return [rule, ground, named.mark_text(color=palette.muted, **where)]


def of_kinds(chart: alt.Chart, *kinds: str) -> alt.Chart:
    return chart.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=list(kinds)))


def _point_names(chart: alt.Chart, palette: Palette) -> list[alt.Chart]:
    """Names beside the points, on a ground of paper that keeps them apart from the lines."""
    where: dict[str, Any] = {
        "align": alt.expr("datum.align"),
        "dx": alt.expr("datum.align === 'left' ? 12 : datum.align === 'right' ? -12 : 0"),
        "dy": alt.expr("-datum.lift"),
        "fontSize": alt.expr(f"(datum.kind === '{NOW} name' ? 15 : 13) - (width < {NARROW} ? 2 : 0)"),
        "opacity": alt.expr(f"datum.kind === '{START} name' && width < {NARROW} ? 0 : 1"),
        "fontWeight": alt.expr(f"datum.kind === '{NOW} name' ? 700 : 400"),
    }
    named = chart.encode(text="text:N")
    ground = named.mark_text(stroke=palette.paper, strokeWidth=5, strokeJoin="round", color=palette.paper, **where)
    return [ground, named.mark_text(color=alt.expr(f"datum.kind === '{NOW} name' ? '{palette.ink}' : '{palette.muted}'"), **where)]


def pointed_at(chart: alt.Chart) -> alt.Chart:
    """Says a value where somebody points at its line."""
    return chart.mark_point(size=220, opacity=0, filled=True).encode(tooltip=alt.Tooltip("tip:N"))


def specified(chart: alt.LayerChart | alt.FacetChart, palette: Palette, locale: str) -> dict[str, Any]:
    axis = {"labelColor": palette.muted, "titleColor": palette.muted, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400}
    lines_of_axis = {"gridColor": palette.rule, "domainColor": palette.rule, "tickColor": palette.rule, "labelPadding": 6}
    styled = chart.properties(height=HEIGHT).configure(
        background="transparent",
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(**axis, **lines_of_axis),
        locale=alt.Locale.from_dict(_locale(locale)),
        padding={"left": 4, "top": 22, "right": 6, "bottom": 4},
        # again after the first layout: an axis that grows by a digit then would be cut
        autosize=alt.AutoSizeParams(type="fit", contains="padding", resize=True),
    )
    drawn = styled.to_dict()
    for part in (drawn, *drawn["layer"]):
        part.pop("data", None)  # Altair's stand-in: the data is sent beside the specification
    del drawn["datasets"]
    return drawn


def _locale(locale: str) -> dict[str, Any]:
    """How the country writes numbers and months, in the form that d3 reads."""
    days = {width: _names(get_day_names(width, "stand-alone", locale)) for width in ("wide", "abbreviated")}
    months = {width: _names(get_month_names(width, "stand-alone", locale)) for width in ("wide", "abbreviated")}
    decimal, thousands = get_decimal_symbol(locale), get_group_symbol(locale)
    time = {"dateTime": "%x, %X", "date": "%d/%m/%Y", "time": "%H:%M", "periods": ["AM", "PM"]}
    return {
        "number": {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]},
        "time": {
            **time,
            "days": [days["wide"][-1], *days["wide"][:-1]],
            "shortDays": [days["abbreviated"][-1], *days["abbreviated"][:-1]],
            "months": months["wide"],
            "shortMonths": months["abbreviated"],
        },
    }


def _names(found: Any) -> list[str]:
    """The names in the order of their numbers, which Babel counts from Monday and from January."""
    return [found[number] for number in sorted(found)]
