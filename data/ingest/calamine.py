"""The texts of a sheet by the reader of workbooks that we build on; what it says of a damaged one becomes a problem."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fastexcel
import polars as pl

from data.problems import N_, Problem, Refused

FAULTS = (fastexcel.FastExcelError, pl.exceptions.PolarsError, UnicodeError)


def texts_of(path: Path, name: str, sheet: str) -> tuple[pl.DataFrame, list[int]]:
    """All rows of a sheet from line 1 on as texts, and the numbers of its columns from 0. Raises Refused."""
    with _readable(name):
        # skip_rows=0 keeps empty first rows, so that a row's number is its line.
        found = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        columns = [column.absolute_index for column in found.available_columns()]
        text = found.to_polars()
    return text.rename(dict(zip(text.columns, map(str, columns), strict=True))), columns


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """The reader panics at some damaged workbooks; that is no Exception, and has no name that could be imported."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, FAULTS) and type(error).__name__ != "PanicException":
            raise
        why = (str(error).splitlines() or ["damaged"])[0][:200]
        hint = N_("open it in a spreadsheet program and save it again")
        raise Refused([Problem("not a readable workbook: {why}", hint, name, values={"why": why})]) from None
