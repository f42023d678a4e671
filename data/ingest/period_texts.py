"""From the period that a file writes to the last day of that period."""

import re
from datetime import date, datetime

from data import periods
from data.ingest.fault import Fault
from data.month_names import month_number, numbered
from data.problems import N_
from data.sources import Source

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?")
NEEDED_CODE = {"year": "", "half": "%m", "quarter": "%m", "month": "%m", "week": "%d", "day": "%d"}
"""What a declared format must hold, so that a missing month or day is not taken for the first."""
OWN_DAYS = ("xlsx", "xls", "ods", "parquet")
"""The formats that keep days themselves, and give them as moments, whatever `date_format` says of texts."""
SLASHED = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d{2})")
SHORT_NAMED = re.compile(r"([^\W\d_]+)\.?[-/ ]\d{2}|\d{1,2}[-/ ]([^\W\d_]+)\.?(?P<year>[-/ ]\d{2})?")
SHORT_PART = re.compile(r"[QTSH][1-4][-/ ]?\d\d|[1-4][QTSH][-/ ]?\d\d|\d\d[-/ ]?[QTSH][1-4]", re.IGNORECASE)
FISCAL_YEAR = re.compile(r"([12]\d{3})[-/](\d{4}|\d\d)|FY ?[12]\d{3}", re.IGNORECASE)


def read_period(text: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    """The last day of the period, or what is wrong with its text."""
    if not text:
        return Fault("no period is given", "write it, as {example}", {"example": periods.EXAMPLES[frequency]})
    moment = ISO_MOMENT.fullmatch(text)
    if moment and moment["offset"]:
        hint = N_("write the day as it was at the place, without an offset")
        return Fault("{found!r} carries an offset from UTC ({offset})", hint, {"found": text, "offset": moment["offset"]})
    if source.date_format and not (moment and source.format in OWN_DAYS):
        return _declared(text, frequency, source)
    return _parsed(moment[1] if moment else text, text, frequency, source)


def question(text: str, source: Source) -> Fault | None:
    """01/02/2024 says nothing until its order is declared, nor does Jan-24, which may be a day."""
    if source.date_format:
        return None
    if (short := SHORT_NAMED.fullmatch(text)) and month_number(short[1] or short[2]):
        hint = N_("declare `date_format:`, as '%b-%y' for Jan-24, or write the year with four digits")
        return Fault("{found}: is the number a year, or a day?", hint, {"found": text})
    if not SLASHED.fullmatch(text):
        return None
    return Fault("{found}: does the day come first, or the month?", "declare `date_format:`, as %d/%m/%Y or %m/%d/%Y", {"found": text})


def _declared(text: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    values = {"found": text, "format": source.date_format, "frequency": frequency, "code": NEEDED_CODE[frequency]}
    form, written = _in_digits(source.date_format or "", text)
    if NEEDED_CODE[frequency] not in form:
        hint = N_("the indicator is measured once a {frequency}: declare a `date_format` with {code}, and write the period so")
        return Fault("{found!r} is not a {frequency}", hint, values)
    try:
        day = datetime.strptime(written, form).date()
    except ValueError as error:
        if "does not match" in str(error) or "unconverted" in str(error):
            return Fault("{found!r} is not in the declared format {format}", "write it so, or correct `date_format`", values)
        return Fault("{found!r}: there is no such day", "correct the day, the month or the year", values)
    return _parsed(day.isoformat(), text, frequency, source)


def _in_digits(form: str, text: str) -> tuple[str, str]:
    """A format of names, and a text in it, with the month as a number; strptime knows the names of one language only."""
    digits = re.sub("%[bB]", "%m", form)
    if digits == form:
        return form, text
    return digits, "" if (written := numbered(text)) == text else written


def _parsed(text: str, found: str, frequency: periods.Frequency, source: Source) -> date | Fault:
    values = {"found": found, "frequency": frequency, "example": periods.EXAMPLES[frequency]}
    if fault := _unclear(text, frequency, source, values):
        return fault
    try:
        end = periods.parse(text, frequency, source.fiscal_year_starts)
    except periods.NoSuchDay:
        return Fault("{found!r}: there is no such day", "correct the day, the month or the year", values)
    except periods.NotAPeriod:
        return Fault("{found!r} is not a {frequency}", "the indicator is measured once a {frequency}: write it as {example}", values)
    if end.year not in periods.YEARS:
        return Fault("{found!r} is of no year from 1583 to 2199", "correct the year", values)
    return end


def _unclear(text: str, frequency: periods.Frequency, source: Source, values: dict) -> Fault | None:
    """What could be two periods, by how the city counts its years."""
    if frequency == "year" and source.fiscal_year_starts == 1 and _is_fiscal_year(text):
        hint = N_("declare `fiscal_year_starts:`, a month from 2 to 12")
        return Fault("{found!r} is a fiscal year, and it is not said when it starts", hint, values)
    if frequency not in ("quarter", "half"):
        return None
    if SHORT_PART.fullmatch(text):
        return Fault("{found!r} has a year of two digits", "write it with four, as {example}", values)
    if source.fiscal_year_starts != 1 and not ISO_DAY.fullmatch(text):
        hint = N_("write its last day, as {day}; a {frequency} is one of the calendar year")
        return Fault("{found!r} may be counted from the start of the fiscal year", hint, {**values, "day": "2025-06-30"})
    return None


def _is_fiscal_year(text: str) -> bool:
    found = FISCAL_YEAR.fullmatch(text)
    return found is not None and (found[2] is None or found[2] in (str(int(found[1]) + 1), str(int(found[1]) + 1)[2:]))
