"""From the rows of a roll-up's SQL to observations: validated as a file's would be, and nothing that has vanished stays in force."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.ingest.rows import COLUMNS, KEY, read_rows
from data.ingest.table import Table
from data.loads import ROWS
from data.problems import N_, Problem, Refused
from data.rollup.reading import Rollup
from data.rollup.statement import GIVEN, column_problems
from data.sources import Columns, Names, Source

VANISHED = "no event counts for it any more"
"""Why a value that an earlier run computed is missing now."""
NUMBERS = ("value", "numerator", "denominator")
NOISE = 1e-12
"""Relative. A thousand million euros are exact to a cent with it."""
NO_ROWS = pl.DataFrame(schema=ROWS)


def observations(rollup: Rollup, result: pl.DataFrame, definitions: Definitions) -> pl.DataFrame:
    """The rows as observations, those left out left out. Raises Refused with every problem, each name once."""
    if problems := _shape_problems(rollup, result):
        raise Refused(problems)
    rows = _chosen(rollup, _texts(result))
    if rows.is_empty():
        return NO_ROWS
    try:
        return read_rows(_table(rows), _source(rollup, rows), definitions, rollup.sql_path).select(COLUMNS)
    except Refused as refused:
        raise Refused(_once(refused.problems)) from None


def unnamed(rollup: Rollup, result: pl.DataFrame) -> list[str]:
    """What the SQL computed and the roll-up fills no indicator with."""
    found = result["indicator"].cast(pl.String).unique().drop_nulls().to_list()
    return sorted(set(found) - set(rollup.declaration.indicators))


def settled(facts: Facts, rows: pl.DataFrame, window: tuple[date, date]) -> pl.DataFrame:
    """The rows, with the numbers in force where theirs differ by noise only.

    Engines add floats in any order, so that the last digits of the same sum differ from run to run: no revision, that.
    """
    held = facts.observations(segment=None, since=window[0], until=window[1]).select(*KEY, pl.col(NUMBERS).name.prefix("held_"))
    joined = rows.join(held, on=KEY, how="left", maintain_order="left")
    same = pl.all_horizontal(_noise(name) for name in NUMBERS)
    return joined.with_columns(pl.when(same).then(pl.col(f"held_{name}")).otherwise(name).alias(name) for name in NUMBERS).select(COLUMNS)


def _noise(name: str) -> pl.Expr:
    number, held = pl.col(name), pl.col(f"held_{name}")
    return number.eq_missing(held) | ((number - held).abs() <= NOISE * held.abs()).fill_null(False)


def vanished(facts: Facts, loads: Sequence[str], rows: pl.DataFrame, window: tuple[date, date]) -> pl.DataFrame:
    """Rows that take back what these loads hold in force, in the window, and the new rows no longer have."""
    numbers = [load.number for load in facts.loads() if load.id in set(loads)]
    held = facts.observations(segment=None, since=window[0], until=window[1])
    gone = held.filter(pl.col("load").is_in(numbers) & pl.col("value").is_not_null()).join(rows, on=KEY, how="anti")
    return gone.with_columns(pl.lit(None, pl.Float64).alias(name) for name in NUMBERS).with_columns(flag=pl.lit(VANISHED)).select(COLUMNS)


def _shape_problems(rollup: Rollup, result: pl.DataFrame) -> list[Problem]:
    problems = column_problems(tuple(result.columns), rollup.sql_path)
    wrong = [name for name in NUMBERS if name in result.columns and not (result[name].dtype.is_numeric() or result[name].dtype == pl.Null)]
    message, hint = N_("the result's column {name!r} holds no numbers"), N_("cast it to double")
    return problems + [Problem(message, hint, rollup.sql_path, key=name, values={"name": name}) for name in wrong]


def _texts(result: pl.DataFrame) -> pl.DataFrame:
    """The result with every column that there can be: names and periods as texts, numbers as they are."""
    missing = [pl.lit(None if name in NUMBERS else "").alias(name) for name in GIVEN if name not in result.columns]
    texts = [_text(name, kind) for name, kind in result.schema.items() if name not in NUMBERS]
    return result.with_columns(*texts, *missing).with_columns(pl.col(NUMBERS).cast(pl.Float64))


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    """A moment counts for its day: date_trunc gives the first one of the period."""
    days = pl.col(name).cast(pl.Date) if isinstance(kind, pl.Datetime) else pl.col(name)
    return days.cast(pl.String).fill_null("").str.strip_chars()


def _chosen(rollup: Rollup, rows: pl.DataFrame) -> pl.DataFrame:
    told = rollup.declaration
    return rows.filter(pl.col("indicator").is_in(list(told.indicators)), ~pl.col("place").is_in(list(told.leave_out.places)))


def _table(rows: pl.DataFrame) -> Table:
    """As a file would be read: a missing value is its reason, declared as one."""
    texts = [_written(name, pl.col("flag") if name == "value" else pl.lit("")) for name in NUMBERS]
    text = rows.select(*KEY, *texts)
    return Table(text, pl.Series("line", range(1, rows.height + 1), pl.UInt32), {name: _finite(rows[name]) for name in NUMBERS})


def _written(name: str, missing: pl.Expr) -> pl.Expr:
    """The text beside a number, which the number stands for; what is not a number is refused by its name."""
    number = pl.col(name)
    return (
        pl.when(number.is_null())
        .then(missing.fill_null(""))
        .when(number.is_finite())
        .then(pl.lit("number"))
        .otherwise(pl.lit("infinity"))
        .alias(name)
    )


def _finite(numbers: pl.Series) -> pl.Series:
    return pl.select(pl.when(numbers.is_finite()).then(numbers).alias(numbers.name)).to_series()


def _source(rollup: Rollup, rows: pl.DataFrame) -> Source:
    told = rollup.declaration
    reasons = tuple(rows.filter(pl.col("value").is_null())["flag"].unique().drop_nulls().to_list())
    return Source(
        id="rollup",
        name=told.name,
        nulls=tuple(reason for reason in reasons if reason),
        columns=Columns.model_validate({name: name for name in (*KEY, *NUMBERS)}),
        names=Names(places=told.names.places, indicators=told.indicators),
    )


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """An unknown place stands in many rows of a result, which has no lines that anybody could look up."""
    told = [Problem(problem.message, problem.hint, problem.path, None, problem.column, problem.key, problem.values) for problem in problems]
    return list({str(problem): problem for problem in told}.values())
