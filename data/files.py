"""Tables that leave the house as files: nothing in them can be mistaken for a formula."""

from pathlib import Path

import polars as pl
import polars.selectors as cs

FORMULA = r"^[=+\-@\t\r]"
"""What a spreadsheet would run, where a text begins with it; numbers keep their minus."""


def csv(table: pl.DataFrame) -> str:
    """The table as CSV, its texts made harmless by a leading apostrophe."""
    text = cs.string()
    return table.with_columns(pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text).name.keep()).write_csv()


def write(table: pl.DataFrame, path: Path, form: str) -> None:
    """Write the table as csv, parquet or json (a list of rows)."""
    if form == "parquet":
        table.write_parquet(path)
    else:
        path.write_text(csv(table) if form == "csv" else table.write_json(), encoding="utf-8")
