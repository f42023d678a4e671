"""From the period that a file writes to the last day of that period."""

import re
from datetime import date, datetime

from data import periods
from data.ingest.fault import Fault
from data.problems import N_
from data.sources import Source

ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?")
NEEDED_CODE = {"year": "", "half": "%m", "quarter": "%m", "month": "%m", "week": "%d", "day": "%d"}
"""What a declared format must hold, so that a missing month or day is not taken for the first."""
SLASHED = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})")


def read_period(text: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    """The last day of the period, or what is wrong with its text."""
    if not text:
        return Fault("no period is given", "write it, as {example}", {"example": periods.EXAMPLES[frequency]})
    moment = ISO_MOMENT.fullmatch(text)
    if moment and moment["offset"]:
        hint = N_("write the day as it was at the place, without an offset")
        return Fault("{found!r} carries an offset from UTC ({offset})", hint, {"found": text, "offset": moment["offset"]})
    if source.date_format and not (moment and source.format in ("xlsx", "parquet")):
        return _declared(text, frequency, source)
    return _parsed(moment[1] if moment else text, text, frequency, source)


def question(text: str, source: Source) -> Fault | None:
    """01/02/2024 says nothing until its order is declared."""
    if source.date_format or not SLASHED.fullmatch(text):
        return None
    return Fault("{found}: does the day come first, or the month?", "declare `date_format:`, as %d/%m/%Y or %m/%d/%Y", {"found": text})


def _declared(text: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    values = {"found": text, "format": source.date_format, "frequency": frequency, "code": NEEDED_CODE[frequency]}
    if NEEDED_CODE[frequency] not in (source.date_format or ""):
        hint = N_("the indicator is measured once a {frequency}: declare a `date_format` with {code}, and write the period so")
        return Fault("{found!r} is not a {frequency}", hint, values)
    try:
        day = datetime.strptime(text, source.date_format or "").date()
    except ValueError as error:
        if "does not match" in str(error) or "unconverted" in str(error):
            return Fault("{found!r} is not in the declared format {format}", "write it so, or correct `date_format`", values)
        return Fault("{found!r}: there is no such day", "correct the day, the month or the year", values)
    return _parsed(day.isoformat(), text, frequency, source)


def _parsed(text: str, found: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    values = {"found": found, "frequency": frequency, "example": periods.EXAMPLES[frequency]}
    try:
        end = periods.parse(text, frequency, source.fiscal_year_starts)
    except periods.NotAPeriod:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and not _exists(text):
            return Fault("{found!r}: there is no such day", "correct the day, the month or the year", values)
        return Fault("{found!r} is not a {frequency}", "the indicator is measured once a {frequency}: write it as {example}", values)
    if not 1900 <= end.year < 2200:
        return Fault("{found!r} is no year of our time", "correct the year", values)
    return end


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
