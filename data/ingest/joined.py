"""Columns that say one thing together: an id and its units, a year and a month."""

from collections.abc import Sequence

import polars as pl

MARKS = {"place": " ", "indicator": " ", "period": "/"}
"""What stands between the texts of two columns; 2005/Ago is a month, and 2024/T1 a quarter."""


def heading(columns: Sequence[str]) -> str:
    """What messages call the columns of one part; "" where there is none."""
    return " + ".join(columns)


def joined(text: pl.DataFrame, columns: Sequence[str], part: str) -> pl.Series:
    """The text of each row for a part; an empty cell adds nothing."""
    if len(columns) == 1:
        return text[columns[0]].alias(part)
    cells = [pl.when(pl.col(column) != "").then(pl.col(column)) for column in columns]
    return text.select(pl.concat_str(cells, separator=MARKS[part], ignore_nulls=True).fill_null("").alias(part)).to_series()
