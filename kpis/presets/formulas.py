"""How presets measure: each formula a column over a table of rows, null or infinite where it has no answer.

The columns are those of kpis.presets.table, empty where a rule does not ask for them; `sign` is 1 where higher is better.
"""

import polars as pl

from kpis.bands import EQUAL
from kpis.presets.preset import Formula

VALUE, TARGET, BASELINE, DUE, SIGN = (pl.col(name) for name in ("value", "target", "baseline", "due", "sign"))
LOW, HIGH, PREVIOUS, KIND = (pl.col(name) for name in ("low", "high", "previous", "accumulation"))

LEAST_GROWN = 0.001
"""What Open SDG puts in the place of a base or target of zero."""
NEARNESS = 4.44
"""How steeply Open SDG's thresholds shrink towards a natural limit."""
FROM_BASELINE = ("capacity", "reduction", "maintain")
ACCUMULATIONS = ("level", "flow", "cumulative", *FROM_BASELINE, "reduction_annual")


def ratio(asked: pl.Expr = TARGET) -> pl.Expr:
    """Value over what is asked, turned over where lower is better; a value of zero or less is then better than any share."""
    higher = pl.when(asked > 0).then(VALUE / asked)
    lower = pl.when(asked > 0).then(pl.when(VALUE > 0).then(asked / VALUE).otherwise(float("inf")))
    return pl.when(SIGN > 0).then(higher).otherwise(lower)


def way(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """How much of the way from start to end is done; null where there is no way."""
    return pl.when((end - start).abs() > EQUAL * pl.max_horizontal(start.abs(), end.abs())).then((VALUE - start) / (end - start))


def met() -> pl.Expr:
    """Whether the target is met."""
    return _ahead() >= -_hair()


def beyond() -> pl.Expr:
    """Whether the value is better than the target."""
    return _ahead() > _hair()


def _ahead() -> pl.Expr:
    return SIGN * (VALUE - TARGET)


def _hair() -> pl.Expr:
    return EQUAL * pl.max_horizontal(VALUE.abs(), TARGET.abs())


def _by_accumulation() -> pl.Expr:
    kind = KIND.fill_null(pl.when(SIGN > 0).then(pl.lit("level")).otherwise(pl.lit("reduction")))
    return (
        pl.when(kind == "reduction_annual").then(way(PREVIOUS, TARGET))
        .when(kind.is_in(FROM_BASELINE)).then(way(BASELINE, TARGET))
        .when(TARGET > 0).then(VALUE / TARGET)
    )  # fmt: skip


def _growth() -> pl.Expr:
    base, target = (pl.when(column == 0).then(LEAST_GROWN).otherwise(column) for column in (BASELINE, TARGET))
    began = pl.col("baseline_year").fill_null(2015)
    years, all_years = pl.col("year") - began, pl.col("target_year").fill_null(2030) - began
    direction = SIGN * pl.when(BASELINE < 0).then(-1).otherwise(1)
    so_far = direction * _yearly(VALUE, base, years)
    needed = _yearly(target, base, all_years).abs()
    found = pl.when(TARGET.is_null()).then(so_far).when(needed > 0).then(so_far / needed)
    return pl.when((years >= 1) & (base * VALUE >= 0)).then(found)


def _growth_near_limit() -> pl.Expr:
    """Without a target, growth by the thresholds that shrink near a natural limit: in parts of what is left of them.

    With base and limit without their signs, the thresholds keep 1 - (base / limit)^4.44 up to the limit, from there up to twice as much
    1 - ((2 limit - base) / limit)^4.44, and all of themselves beyond. At the limit nothing is left: what is kept is progress enough.
    """
    growth, base, limit = _growth(), BASELINE.abs(), pl.col("limit").abs()
    near = pl.when(base <= limit).then(base / limit).otherwise((2 * limit - base) / limit)
    left = pl.when(base >= 2 * limit).then(1.0).otherwise(1 - near**NEARNESS)
    shrunk = pl.when(left > 0).then(growth / left).otherwise(float("inf"))
    return pl.when(TARGET.is_null() & limit.is_not_null() & (growth >= 0)).then(shrunk).otherwise(growth)


def _yearly(later: pl.Expr, earlier: pl.Expr, years: pl.Expr) -> pl.Expr:
    return pl.when((later / earlier >= 0) & (years > 0)).then((later / earlier) ** (1 / years) - 1)


def _lead() -> pl.Expr:
    """How far the value is ahead of what is due, towards the target; null where nothing is gained since the baseline."""
    toward, ahead = (TARGET - BASELINE).sign(), VALUE - DUE
    equal = ahead.abs() <= EQUAL * pl.max_horizontal(VALUE.abs(), DUE.abs())
    return pl.when(way(BASELINE, TARGET) > 0).then(pl.when(equal).then(0.0).otherwise(toward * ahead))


FORMULAS: dict[Formula, pl.Expr] = {
    "ratio": ratio(),
    "ratio_or_zero": pl.when((VALUE == 0) & (TARGET > 0)).then(pl.when(pl.col("trend").not_()).then(0.0)).otherwise(ratio()),
    "ratio_to_due": ratio(DUE.fill_null(TARGET)),
    "progress": way(BASELINE, TARGET),
    "on_schedule": way(BASELINE.fill_null(0.0), DUE),
    "by_accumulation": _by_accumulation(),
    "growth": _growth(),
    "growth_near_limit": _growth_near_limit(),
    "normalised": way(LOW, HIGH).clip(0.0, 1.0),
    "value": VALUE,
    "lead": _lead(),
}
UNANSWERED: dict[Formula, str] = {
    "ratio": "a ratio to a target of zero or less says nothing",
    "ratio_or_zero": "a ratio to a target of zero or less says nothing, nor does a day of a trend on which nothing happened",
    "ratio_to_due": "a ratio to zero or less says nothing",
    "progress": "target and baseline are equal, so there is no way between them",
    "on_schedule": "what is due equals the baseline, so there is no way between them",
    "by_accumulation": "it takes a target above zero; or a baseline that differs from it, or for reduction_annual the previous value",
    "growth": "growth needs a year after the baseline's, and values of one sign that differ from the target's",
    "growth_near_limit": "growth needs a year after the baseline's, and values of one sign",
    "normalised": "the two goalposts are equal",
    "value": "there is no value",
    "lead": "nothing is gained since the baseline, and the published rule gives no status then",
}
"""Why a formula has no answer on a row that has every number it asks for."""
NUMBERS: dict[Formula, tuple[str, ...]] = {
    "ratio": ("value", "target"),
    "ratio_or_zero": ("value", "target"),
    "ratio_to_due": ("value",),
    "progress": ("value", "baseline", "target"),
    "on_schedule": ("value", "due"),
    "by_accumulation": ("value", "target"),
    "growth": ("value", "baseline", "year"),
    "growth_near_limit": ("value", "baseline", "year"),
    "normalised": ("value",),
    "value": ("value",),
    "lead": ("value", "baseline", "target", "due"),
}
"""The numbers without which a row cannot be measured."""


def growth_score() -> pl.Expr:
    """Open SDG's score from -5 to 5, from the growth as the bands read it."""
    growth, target = pl.col("read"), TARGET.is_not_null()
    with_target = pl.when(growth >= 0.6).then(7.1429 * growth - 4.2857).otherwise(4.1667 * growth - 2.5)
    without = (
        pl.when(growth >= 0.015).then(500 * growth - 5)
        .when(growth >= 0.005).then(250 * growth - 1.25)
        .when(growth >= 0).then(500 * growth - 2.5)
        .otherwise(125 * growth - 2.5)
    )  # fmt: skip
    return pl.when(target).then(with_target).otherwise(without).clip(-5.0, 5.0)
