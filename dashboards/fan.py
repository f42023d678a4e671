"""A forecast as a fan: what is likely, less likely, and just possible, around what is expected."""

from datetime import date

import altair as alt
import polars as pl

from dashboards.palette import Palette
from data.indicators import Indicator
from kpis.foresight.outlook import Outlook

BANDS = ((5, 95), (10, 90), (25, 75))
"""Per cent that the value stays below, at the lower and the upper edge."""
EXPECTED = "expected"
OPACITY = 0.13
COLUMNS = {"period": pl.Date, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "kind": pl.String, "tip": pl.String}


def kind(low: int) -> str:
    """What a row of a band is called."""
    return f"fan {low}"


def rows(outlook: Outlook, indicator: Indicator, until: date) -> pl.DataFrame:
    """From the last value to a day, as `layers` draws it."""
    (last, value), forecast = outlook.known()[-1], outlook.forecast
    told: list[tuple] = [(last, None, value, value, kind(low), None) for low, _high in BANDS] + [(last, value, None, None, EXPECTED, None)]
    for step, end in enumerate(outlook.ends(), start=1):
        if end > until:
            break
        for low, high in BANDS:
            edges = (within(forecast.quantile(step, level / 100), indicator) for level in (low, high))
            told.append((end, None, *edges, kind(low), None))
        told.append((end, within(forecast.mean[step - 1], indicator), None, None, EXPECTED, None))
    return pl.DataFrame(told, schema=COLUMNS, orient="row")


def within(value: float, indicator: Indicator) -> float:
    """The value, no further than the indicator can go."""
    low = value if indicator.min is None else max(value, indicator.min)
    return low if indicator.max is None else min(low, indicator.max)


def layers(base: alt.Chart, low: alt.Y, palette: Palette) -> list[alt.Chart]:
    """The bands, each over the one before, and the dotted line of what is expected; `base` has the axes, `low` that of the lower edge.

    A reader who cannot see them is told by the chart's own text: where they are empty, they would be symbols without a name.
    """
    bands = [
        _of(base, kind(lower))
        .mark_area(color=palette.brand, opacity=OPACITY, interpolate="monotone", aria=False)
        .encode(low, alt.Y2("high:Q"))
        for lower, _upper in BANDS
    ]
    return [*bands, _of(base, EXPECTED).mark_line(color=palette.muted, strokeWidth=1.2, strokeDash=[1, 3], aria=False)]


def _of(chart: alt.Chart, name: str) -> alt.Chart:
    return chart.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=[name]))
