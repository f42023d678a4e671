"""Tables that leave the house as files: nothing in them can be mistaken for a formula."""

from pathlib import Path

import polars as pl
import polars.selectors as cs

FORMULA = r"^[=+\-@\t\r]"
"""What a spreadsheet would run, where a text begins with it; numbers keep their minus."""
NUMBER = r"^[+\-]?[\d., ]*%?$"
"""What begins as a formula does and is none: a number as somebody wrote it, or a dash for a missing one."""


def csv(table: pl.DataFrame, delimiter: str = ",") -> str:
    """The table as CSV, its texts made harmless by a leading apostrophe."""
    text = cs.string()
    runs = text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
    return table.with_columns(pl.when(runs).then("'" + text).otherwise(text).name.keep()).write_csv(separator=delimiter)


def write(table: pl.DataFrame, path: Path, form: str) -> None:
    """Write the table as csv, parquet or json (a list of rows)."""
    if form == "parquet":
        table.write_parquet(path)
    else:
        path.write_text(csv(table) if form == "csv" else table.write_json(), encoding="utf-8")
