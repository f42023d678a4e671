"""The charts of a study: what happened beside what would have happened without the policy, the difference, and the years around a start.

Specifications are made and kept as those of dashboards.charts; a `frequency` of None is that of periods which are no calendar's.
"""

from functools import lru_cache
from typing import Any

import altair as alt

from dashboards.charts import NARROW, amount_axis, event_rules, of_kinds, pointed_at, specified, time_axis
from dashboards.palette import Palette
from data.periods import Frequency

ACTUAL, EXPECTED, BAND, PLACEBO, EVENT = "actual", "expected", "band", "placebo", "event study"
"""What a row is; `actual name` and `expected name` are those of the lines' ends."""
DASH, THIN, PALE = [6, 4], 1, 0.38
NAME_LIFT = 16
"""Pixels that a line's name stands above or below its end."""


@lru_cache(maxsize=256)
def beside(palette: Palette, locale: str, unit: str, frequency: Frequency | None) -> dict[str, Any]:
    """The treated and their counterfactual, for rows of period, value, kind (ACTUAL, EXPECTED, BAND with low and high), text and tip.

    Rows with an `event` are a vertical rule with its name, as in charts.lines. A name is lifted by its row's `lift`.
    """
    period = _periods(locale, frequency)
    base = alt.Chart().encode(x=period, y=amount_axis(unit))
    band = of_kinds(base, BAND).mark_area(color=palette.muted, opacity=0.16, aria=False).encode(amount_axis(unit, "low"), alt.Y2("high:Q"))
    layers = [
        *event_rules(palette, period),
        band,
        of_kinds(base, EXPECTED).mark_line(color=palette.ink, strokeWidth=1.6, strokeDash=DASH, strokeJoin="round"),
        of_kinds(base, ACTUAL).mark_line(color=palette.brand, strokeWidth=2.6, strokeJoin="round"),
        *_names(base, palette),
        pointed_at(of_kinds(base, ACTUAL, EXPECTED)),
    ]
    return specified(alt.layer(*layers), palette, locale)


@lru_cache(maxsize=256)
def gaps(palette: Palette, locale: str, unit: str, frequency: Frequency | None) -> dict[str, Any]:
    """The differences by period: PLACEBO rows grey behind the ACTUAL ones, one line for each `series`, around zero."""
    period = _periods(locale, frequency)
    base = alt.Chart().encode(x=period, y=amount_axis(unit), detail="series:N")
    layers = [
        *event_rules(palette, period),
        _zero(palette),
        of_kinds(base, PLACEBO).mark_line(color=palette.muted, strokeWidth=THIN, opacity=PALE, strokeJoin="round"),
        of_kinds(base, ACTUAL).mark_line(color=palette.brand, strokeWidth=2.6, strokeJoin="round"),
        *_names(base, palette),
        pointed_at(of_kinds(base, ACTUAL, PLACEBO)),
    ]
    return specified(alt.layer(*layers), palette, locale)


@lru_cache(maxsize=256)
def around(palette: Palette, locale: str, unit: str, since: str) -> dict[str, Any]:
    """An event study: rows of `step` (periods since the start), value, low, high and tip, as points with their intervals around zero."""
    steps = alt.X("step:Q", title=since, axis=alt.Axis(grid=False, tickMinStep=1, format="d"), scale=alt.Scale(padding=12))
    base = of_kinds(alt.Chart(), EVENT).encode(x=steps)
    start = alt.Chart().mark_rule(color=palette.muted, strokeWidth=1, opacity=0.6, aria=False).encode(x=alt.datum(-0.5))
    layers = [
        start,
        _zero(palette),
        base.mark_rule(color=palette.brand, strokeWidth=1.6, aria=False).encode(amount_axis(unit, "low"), alt.Y2("high:Q")),
        base.mark_point(size=60, filled=True, fill=palette.brand, stroke=palette.paper, strokeWidth=1.2, opacity=1).encode(
            amount_axis(unit), tooltip=alt.Tooltip("tip:N")
        ),
    ]
    return specified(alt.layer(*layers), palette, locale)


def _periods(locale: str, frequency: Frequency | None) -> alt.X:
    """An axis of time, or of names in the order in which they come."""
    if frequency:
        return time_axis(locale, frequency)
    axis = alt.Axis(grid=False, labelOverlap=True, labelAngle=0, labelSeparation=8)
    return alt.X("period:N", sort=None, title=None, axis=axis, scale=alt.Scale(type="point"))


def _zero(palette: Palette) -> alt.Chart:
    return alt.Chart().mark_rule(color=palette.ink, strokeWidth=1, opacity=0.75, aria=False).encode(y=alt.datum(0))


def _names(base: alt.Chart, palette: Palette) -> list[alt.Chart]:
    """The lines' names at their ends, on a ground of paper; a narrow chart has no room for them, and what stands below it says them."""
    named = of_kinds(base, f"{ACTUAL} name", f"{EXPECTED} name").encode(text="text:N")
    where: dict[str, Any] = {"align": "right", "dx": 0, "dy": alt.expr("-datum.lift"), "fontSize": 13}
    where["opacity"] = alt.expr(f"width < {NARROW} ? 0 : 1")
    ground = named.mark_text(stroke=palette.paper, strokeWidth=5, strokeJoin="round", color=palette.paper, **where)
    colour = alt.expr(f"datum.kind === '{ACTUAL} name' ? '{palette.brand}' : '{palette.ink}'")
    weight = alt.expr(f"datum.kind === '{ACTUAL} name' ? 600 : 400")
    return [ground, named.mark_text(color=colour, fontWeight=weight, **where)]
