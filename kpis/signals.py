"""Signals, not noise: whether a value is more than what its series does by itself, by the limits of a process-behaviour chart.

Each value is held against the ones before it, of its own phase: their mean, and 2.66 mean moving ranges to both sides of it
(the natural process limits of an XmR chart). A phase begins where `data/city.yaml` declares an event that names the indicator.
All series and all their values are looked at in one pass, each value by what was known before it: what is said of a month never
changes because of later ones, except that a longer series may turn out to be seasonal. See docs/signals.md for the rules in words.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from data.definitions import Definitions
from kpis.attainment import EQUAL

LEAST, MOST = 12, 24
"""Values before the one that is judged: with fewer nothing is said, and of more the latest count."""
REACH, RANGE_REACH = 2.66, 3.268
"""Mean moving ranges from the centre to a limit, and to the longest usual step: 3 / 1.128, and D4 for two values."""
RUN, TREND = 8, 6
"""Values in a row on one side of the centre, and values in a row that rise or fall."""
SEASONAL = ("month", "quarter", "half")
"""Frequencies whose values may be held against the same period a year before."""

SERIES = ("indicator", "place")
PHASE = (*SERIES, "phase")
COLUMNS = (
    *("indicator", "place", "period", "value", "phase", "seasonal", "points"),
    *("low", "centre", "high", "rule", "side", "new", "since"),
)

VALUE, AGO, X, STEP, CENTRE, SPREAD = (pl.col(name) for name in ("value", "ago", "x", "step", "centre", "spread"))


def signals(observations: pl.DataFrame, definitions: Definitions) -> pl.DataFrame:
    """One row for each real value, sorted by series and period, with the columns COLUMNS.

    `low`, `centre` and `high` are in the value's unit, and null where fewer than LEAST values come before it; `points` counts
    those. `rule` is what makes it unusual (null: nothing), `side` 1 where that is upwards and -1 where downwards, `new` whether it
    was not so already in the period before, `since` when it began. With `seasonal` it is the change since a year before that is judged.
    """
    table = _with_a_year_ago(_in_phases(observations, definitions))
    for columns in STEPS_OF_LOOKING:
        table = table.with_columns(**columns)
    return table.select(COLUMNS)


def latest(observations: pl.DataFrame, definitions: Definitions) -> dict[str, dict[str, Any]]:
    """Of one place's observations the last real value of each indicator, as a row of `signals`."""
    rows = signals(observations, definitions).group_by("indicator", maintain_order=True).last()
    return {row["indicator"]: row for row in rows.iter_rows(named=True)}


def _in_phases(observations: pl.DataFrame, definitions: Definitions) -> pl.DataFrame:
    """The real values of defined indicators, sorted by series and period, each with the day on which its phase began."""
    values = (
        observations.filter((pl.col("segment") == "") & VALUE.is_finite())
        .select(*SERIES, "period", "value")
        .join(_kinds(definitions), on="indicator")
        .sort(*SERIES, "period")
    )
    begun = values.join_asof(
        _changes(definitions), left_on="period", right_on="phase", by=list(SERIES), coalesce=False, check_sortedness=False
    )
    return begun.with_columns(pl.col("phase").fill_null(date.min))


@lru_cache(maxsize=8)
def _kinds(definitions: Definitions) -> pl.DataFrame:
    rows = [(indicator.id, indicator.frequency in SEASONAL, indicator.min, indicator.max) for indicator in definitions.indicators]
    schema = {"indicator": pl.String, "has_seasons": pl.Boolean, "least": pl.Float64, "most": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@lru_cache(maxsize=8)
def _changes(definitions: Definitions) -> pl.DataFrame:
    """The declared changes of each series: events that name the indicator, at the places they concern and in the places inside."""
    city = definitions.city
    rows = [
        (indicator, place.id, event.date)
        for event in sorted(city.events, key=lambda event: event.date)
        for place in definitions.places
        if {place.id, place.parent} & set(event.places or [city.place])
        for indicator in event.indicators
    ]
    return pl.DataFrame(rows, schema={"indicator": pl.String, "place": pl.String, "phase": pl.Date}, orient="row")


def _with_a_year_ago(values: pl.DataFrame) -> pl.DataFrame:
    """`ago` is the value of the same period a year before, in the same phase."""
    later = pl.col("period").dt.offset_by("12mo").dt.month_end()
    ago = values.filter("has_seasons").select(*PHASE, later.alias("period"), VALUE.alias("ago"))
    return values.join(ago, on=[*PHASE, "period"], how="left", maintain_order="left")


def _before(column: pl.Expr) -> pl.Expr:
    return column.shift().over(PHASE)


def _is_seasonal() -> pl.Expr:
    """Whether the changes since a year before wander less from period to period than the values themselves."""
    year, own = pl.col("year_range"), pl.when(pl.col("year_range").is_not_null()).then(pl.col("value_range"))
    return ((year.mean() < own.mean()) & (pl.col("year").count() > LEAST)).over(PHASE).fill_null(value=False)


def _side(up: pl.Expr, down: pl.Expr) -> pl.Expr:
    return pl.when(up).then(1).when(down).then(-1).otherwise(0).cast(pl.Int8)


def _beyond(distance: pl.Expr, reach: pl.Expr) -> pl.Expr:
    """1 or -1 where a distance is longer than it may be, by more than rounding."""
    return _side(distance > reach + pl.col("rounding"), -distance > reach + pl.col("rounding"))


def _run() -> pl.Expr:
    above, below = X.rolling_min(RUN) > CENTRE + pl.col("rounding"), X.rolling_max(RUN) < CENTRE - pl.col("rounding")
    return _side(above, below).over(PHASE)


def _trend() -> pl.Expr:
    up = pl.col("step_side")
    return _side(up.rolling_min(TREND - 1) == 1, up.rolling_max(TREND - 1) == -1).over(PHASE)


def _near() -> pl.Expr:
    """Two of three, this one among them, beyond two thirds of the way to a limit: the median of three is the second farthest."""
    away, reach = X - CENTRE, 2 / 3 * REACH * SPREAD + pl.col("rounding")
    second = X.rolling_median(3) - CENTRE
    return _side((away > reach) & (second > reach), (-away > reach) & (-second > reach)).over(PHASE)


STATES = ("outside", "run", "trend", "near")
"""Rules that may go on holding, the first that holds is named; `jump` is of one period."""


def _first(names: tuple[str, ...]) -> pl.Expr:
    return pl.coalesce(*(pl.when(pl.col(name) != 0).then(pl.lit(name)) for name in names))


def _first_side(names: tuple[str, ...]) -> pl.Expr:
    return pl.coalesce(*(pl.when(pl.col(name) != 0).then(pl.col(name)) for name in names), pl.lit(0, pl.Int8))


JUMPED, STATE_NEW = pl.col("jump") != 0, pl.col("state_new")
LIMIT = pl.when("seasonal").then(AGO).otherwise(0.0) + CENTRE

STEPS_OF_LOOKING: tuple[dict[str, pl.Expr], ...] = (
    {"year": VALUE - AGO},
    {"value_range": (VALUE - _before(VALUE)).abs(), "year_range": (pl.col("year") - _before(pl.col("year"))).abs()},
    {"seasonal": _is_seasonal()},
    {"x": pl.when("seasonal").then("year").otherwise(VALUE)},
    {"step": X - _before(X)},
    {
        "centre": X.shift().rolling_mean(MOST, min_samples=LEAST).over(PHASE),
        "spread": STEP.abs().shift().rolling_mean(MOST - 1, min_samples=LEAST - 1).over(PHASE),
        "points": (X.is_not_null().cum_sum() - X.is_not_null()).over(PHASE),
        "rounding": EQUAL * pl.max_horizontal(VALUE.abs(), AGO.abs()),
    },
    {"step_side": _beyond(STEP, pl.lit(0.0))},
    {
        "outside": _beyond(X - CENTRE, REACH * SPREAD),
        "jump": _beyond(STEP, RANGE_REACH * SPREAD),
        "run": _run(),
        "trend": pl.when(SPREAD.is_not_null()).then(_trend()).otherwise(0).cast(pl.Int8),
        "near": _near(),
    },
    {"state": _first(STATES), "state_side": _first_side(STATES)},
    {"state_new": (pl.col("state_side") != 0) & (pl.col("state_side") != _before(pl.col("state_side")).fill_null(0))},
    {
        "rule": pl.when(JUMPED & STATE_NEW.not_()).then(pl.lit("jump")).otherwise("state"),
        "side": pl.when(JUMPED & STATE_NEW.not_()).then("jump").otherwise("state_side"),
        "new": JUMPED | STATE_NEW,
        "low": pl.max_horizontal(LIMIT - REACH * SPREAD, pl.when(SPREAD.is_not_null()).then("least")),
        "high": pl.min_horizontal(LIMIT + REACH * SPREAD, pl.when(SPREAD.is_not_null()).then("most")),
    },
    {"since": pl.when(pl.col("side") != 0).then(pl.when("new").then("period").forward_fill().over(PHASE)), "centre": LIMIT},
)
"""Columns by name; each group reads the columns of those before it."""
