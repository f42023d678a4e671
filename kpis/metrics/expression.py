"""A formula's tree as a Polars expression over a table of place, period and one column for each name.

The table has a row for every period between a place's first and last, by place and period. A null makes what is computed
from it null, so does a division by zero, and nothing is ever an infinity or NaN.
"""

import polars as pl

from data.periods import MONTHS, Frequency
from kpis.metrics.formula import Call, Name, Negative, Node, Number

YEAR: dict[str, int] = {"week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}
"""How many periods ago the same one of last year was. Days have no fixed number."""
DAYS: dict[str, int] = {"day": 1, "week": 7}


def column(name: str) -> str:
    """The column that holds the values of an indicator or metric, whatever it is called."""
    return f"of {name}"


def expression(tree: Node, frequency: Frequency) -> pl.Expr:
    """The formula for every row of the table."""
    if isinstance(tree, Number):
        return pl.lit(tree.value)
    if isinstance(tree, Name):
        return pl.col(column(tree.id))
    if isinstance(tree, Negative):
        return -expression(tree.of, frequency)
    if isinstance(tree, Call):
        return _call(tree, frequency)
    left, right = expression(tree.left, frequency), expression(tree.right, frequency)
    if tree.operator == "/":
        return divided(left, right)
    return finite({"+": left + right, "-": left - right, "*": left * right}[tree.operator])


def divided(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """One over the other; null where the lower one is zero."""
    return finite(pl.when(below != 0).then(above / below))


def finite(number: pl.Expr) -> pl.Expr:
    """The number, or null where it is none: too large to be held, or NaN."""
    return pl.when(number.is_finite()).then(number)


def earlier(periods: int, frequency: Frequency) -> pl.Expr:
    """Last day of the period that lies so many before each row's."""
    if frequency in DAYS:
        return pl.col("period") - pl.duration(days=DAYS[frequency] * periods)
    return pl.col("period").dt.offset_by(f"-{MONTHS[frequency] * periods}mo").dt.month_end()


def _call(call: Call, frequency: Frequency) -> pl.Expr:
    arguments = [expression(argument, frequency) for argument in call.arguments]
    if call.function == "abs":
        return arguments[0].abs()
    if call.function in ("previous", "year_ago"):
        return _ago(arguments[0], 1 if call.function == "previous" else YEAR[frequency], frequency)
    extreme = pl.min_horizontal if call.function == "min" else pl.max_horizontal
    return pl.when(pl.all_horizontal(argument.is_not_null() for argument in arguments)).then(extreme(arguments))


def _ago(value: pl.Expr, periods: int, frequency: Frequency) -> pl.Expr:
    """The value so many rows before, where that row is of the same place and of the period meant."""
    same = (pl.col("place").shift(periods) == pl.col("place")) & (pl.col("period").shift(periods) == earlier(periods, frequency))
    return pl.when(same).then(value.shift(periods))
