"""An area's sheet: its actions as a workbook that goes out to a spreadsheet program and comes back with what the area reports.

    write         the workbook; its first columns are locked, the version of each action is hidden
    read          a workbook that came back, row by row; `read_apart` does it in a process of its own
    understand    what its rows say, and everything that is wrong with them

Words are given in the reader's language; a sheet that comes back may be in any language that it went out in.
"""

from data.plans.sheet.apart import read_apart
from data.plans.sheet.reading import Line, Sheet, read
from data.plans.sheet.understanding import Received, understand
from data.plans.sheet.wording import COLUMNS, FILLED, LOCKED, Wording
from data.plans.sheet.writing import write

__all__ = ["COLUMNS", "FILLED", "LOCKED", "Line", "Received", "Sheet", "Wording", "read", "read_apart", "understand", "write"]
