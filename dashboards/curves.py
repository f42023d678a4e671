"""Curves over a number instead of over time: what options are worth, by the rate of discount."""

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from dashboards.charts import amount_axis, pointed_at, specified
from dashboards.palette import Palette

DECLARED = "declared"
"""The series of the row that marks the rate in force; no option is called so, for its row has no value."""
COLUMNS = {
    "rate": pl.Float64,
    "value": pl.Float64,
    "series": pl.String,
    "strong": pl.Boolean,
    "text": pl.String,
    "at": pl.Float64,
    "tip": pl.String,
}
NAME_SHARE = 0.1
"""Of the chart's height that the name of a line needs."""


@lru_cache(maxsize=128)
def by_rate(palette: Palette, locale: str, unit: str) -> dict[str, Any]:
    """A line for each series over percent a year, the strong one in the city's colour.

    For rows of COLUMNS. Those with a text name a line at its beginning, at the height `at`; a text without a height names a rule.
    """
    axis = alt.Axis(grid=False, tickCount=7, labelExpr="datum.label + ' %'")
    rate = alt.X("rate:Q", title=None, axis=axis, scale=alt.Scale(nice=False))
    base = alt.Chart().encode(x=rate, y=amount_axis(unit), detail="series:N")
    values = base.transform_filter("!datum.text")
    names = base.transform_filter("datum.text && isValid(datum.at)").encode(y=amount_axis(unit, "at"), text="text:N")
    layers = [
        *_declared(alt.Chart().transform_filter("datum.text && !isValid(datum.at)").encode(x=rate), palette),
        alt.Chart().transform_calculate(zero="0").mark_rule(color=palette.muted, strokeWidth=1, aria=False).encode(y=alt.Y("zero:Q")),
        values.transform_filter("!datum.strong").mark_line(color=palette.muted, strokeWidth=1.6),
        values.transform_filter("datum.strong").mark_line(color=palette.brand, strokeWidth=2.6),
        *_names(names, palette),
        pointed_at(values),
    ]
    return specified(alt.layer(*layers), palette, locale)


def _declared(base: alt.Chart, palette: Palette) -> list[alt.Chart]:
    """A rule with its name at the top, beside the line's names and clear of the curves, which fall."""
    rule = base.mark_rule(color=palette.muted, strokeWidth=1, opacity=0.6, aria=False)
    return [rule, base.mark_text(align="left", dx=5, color=palette.muted, fontSize=12).encode(y=alt.value(0), text="text:N")]


def _names(names: alt.Chart, palette: Palette) -> list[alt.Chart]:
    """Above the beginning of each line, from which it falls away, on a ground of paper."""
    where: dict[str, Any] = {"align": "left", "dx": 6, "dy": -9}
    ground = names.mark_text(stroke=palette.paper, strokeWidth=4, strokeJoin="round", color=palette.paper, fontSize=13, **where)
    weak = names.transform_filter("!datum.strong").mark_text(color=palette.muted, fontSize=13, **where)
    return [ground, weak, names.transform_filter("datum.strong").mark_text(color=palette.brand, fontSize=13, fontWeight=600, **where)]
