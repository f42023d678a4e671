"""Months, quarters, years and days: how they are written, where they begin and end.

A period is kept as its last day, together with the frequency of its indicator. A year may end in any month: the fiscal
year that ends in June 2023 is the year period whose last day is 2023-06-30.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.month_names import month_number

Frequency = Literal["day", "week", "month", "quarter", "half", "year"]

YEARS = range(1583, 2200)
"""From the first whole year of today's calendar on, as some series begin long before our time; a slip of the keyboard ends up outside."""

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months a period of each frequency lasts; days and weeks are counted in days."""

FRESH_DAYS: dict[str, int] = {"day": 31, "week": 38, "month": 45, "quarter": 100, "half": 190, "year": 400}
"""After how many days from its end a period's value is out of date, unless the indicator declares its own limit.

Month, quarter and year are the product's rule. A month is reviewed up to 28 days after its end, so a day is fresh for that
long and a week, which may end six days before the month does, for a week longer.
"""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, such as the one under review. `Month.parse("2026-06").last == date(2026, 6, 30)`"""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Reads `2026-06`. Raises ValueError for anything else, and for years outside YEARS."""
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII) or int(text[:4]) not in YEARS:
            raise ValueError(f"{text!r} is not a month such as 2026-06")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return end_of_month(self.year, self.number)

    def plus(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def year_of(day: date, fiscal_year_starts: int = 1) -> int:
    """The year that a day lies in, named by the one it ends in: with `fiscal_year_starts=7` 1 July 2025 lies in 2026."""
    return ending(day, "year", fiscal_year_starts).year


def end_of_year(year: int, fiscal_year_starts: int = 1) -> date:
    """Last day of the year that is named so: with `fiscal_year_starts=7` that of 2026 is 30 June 2026."""
    return end_of_month(year, (fiscal_year_starts - 2) % 12 + 1)


def start(end: date, frequency: Frequency) -> date:
    """First day of the period that ends on `end`."""
    if frequency == "day":
        return end
    if frequency == "week":
        return end - timedelta(days=6)
    return Month.of(end).plus(1 - MONTHS[frequency]).first


def previous(end: date, frequency: Frequency) -> date:
    """Last day of the period just before the one that ends on `end`."""
    return start(end, frequency) - timedelta(days=1)


def year_ago(end: date, frequency: Frequency) -> date:
    """Last day of the same period one year earlier; 52 weeks for weeks, the same day for days."""
    if frequency == "week":
        return end - timedelta(weeks=52)
    if frequency == "day":
        return end.replace(year=end.year - 1, day=28) if (end.month, end.day) == (2, 29) else end.replace(year=end.year - 1)
    return Month.of(end).plus(-12).last


def written(end: date, frequency: Frequency) -> str:
    """The period as files and commands write it: 2025-06-30, 2025-W23, 2025-06, 2025-Q2, 2025-H1, 2025.

    A year that ends before December is written 2022/23.
    """
    if frequency == "day":
        return end.isoformat()
    if frequency == "week":
        year, week, _ = end.isocalendar()
        return f"{year}-W{week:02}"
    if frequency == "month":
        return f"{end:%Y-%m}"
    if frequency == "year":
        return str(end.year) if end.month == 12 else f"{end.year - 1}/{end.year % 100:02}"
    part = -(-end.month // MONTHS[frequency])
    return f"{end.year}-{'Q' if frequency == 'quarter' else 'H'}{part}"


class NotAPeriod(ValueError):
    """A text that is no period of the frequency asked for; the message says what was expected."""


class NoSuchDay(NotAPeriod):
    """A day that no calendar has, as 30 February."""


EXAMPLES: dict[str, str] = {
    "day": "2025-06-30",
    "week": "2025-W23",
    "month": "2025-06",
    "quarter": "2025-Q2",
    "half": "2025-H1",
    "year": "2025",
}

_YEAR = r"(?P<year>158[3-9]|159\d|(?:1[6-9]|20|21)\d\d)"
"""One of YEARS."""
_MONTH = r"(?P<part>0?[1-9]|1[0-2])"
_FORMS: dict[str, tuple[str, ...]] = {
    "week": (_YEAR + r"[-/]?W(?P<part>0[1-9]|[1-4]\d|5[0-3])",),
    "month": (_YEAR + "[-/]" + _MONTH, _YEAR + "M" + _MONTH, _MONTH + "[-/]" + _YEAR),
    "quarter": (_YEAR + "[-/ ]?[QT](?P<part>[1-4])", "[QT](?P<part>[1-4])[-/ ]?" + _YEAR, "(?P<part>[1-4])[QT][-/ ]?" + _YEAR),
    "half": (_YEAR + "[-/ ]?[HS](?P<part>[12])", "[HS](?P<part>[12])[-/ ]?" + _YEAR, "(?P<part>[12])[HS][-/ ]?" + _YEAR),
    "year": (_YEAR + r"(?:[-/](?P<next>\d{4}|\d\d))?", "FY ?" + _YEAR),
}
_NAMED_MONTH = re.compile(r"(?:(\d{4})[-/ ]?)?([^\W\d_]+\.?)(?:(?:[-/ ]|, ?| del? )?(\d{4}))?", re.IGNORECASE)
_NAMED_DAY = re.compile(r"(\d{1,2})(?:[-/ ]| de )([^\W\d_]+\.?)(?:[-/ ]| del? )(\d{4})", re.IGNORECASE)


def parse(text: str, frequency: Frequency, fiscal_year_starts: int = 1) -> date:
    """Last day of the period written in `text`, for an indicator of this frequency.

    Months may be named in Spanish or English: 2005/Ago, agosto de 2005, 3 de agosto de 2005. A full date is taken for a
    longer period only where it is that period's first or last day. With `fiscal_year_starts=7` the year 2023 is the one
    that ends in June 2023, and so are 2022/23 and FY2023. Raises NotAPeriod.
    """
    text = _numbered(text.strip())
    if re.fullmatch(_YEAR + r"-\d{2}-\d{2}", text):
        return _from_day(text, frequency, fiscal_year_starts)
    found = next((match for form in _FORMS.get(frequency, ()) if (match := re.fullmatch(form, text, re.IGNORECASE))), None)
    if not found:
        raise NotAPeriod(frequency)
    year = int(found["year"])
    if frequency == "week":
        return _week(year, int(found["part"]))
    if frequency == "year":
        return _year(year, found.groupdict().get("next"), fiscal_year_starts, text)
    return end_of_month(year, int(found["part"]) * MONTHS[frequency])


def _numbered(text: str) -> str:
    """A month or day with a name as one of digits; a day with slashes and the year in front, as one with hyphens."""
    if slashed := re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", text):
        return f"{slashed[1]}-{slashed[2]:>02}-{slashed[3]:>02}"
    if (named := _NAMED_DAY.fullmatch(text)) and (number := month_number(named[2])):
        return f"{named[3]}-{number:02}-{named[1]:>02}"
    named = _NAMED_MONTH.fullmatch(text)
    if named and bool(named[1]) != bool(named[3]) and (number := month_number(named[2])):
        return f"{named[1] or named[3]}-{number:02}"
    return text


def _week(year: int, week: int) -> date:
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        raise NotAPeriod("week") from None


def _year(year: int, following: str | None, fiscal_year_starts: int, text: str) -> date:
    if following is None:
        if fiscal_year_starts == 1 and not text.isdigit():
            raise NotAPeriod("year")
        return end_of_year(year, fiscal_year_starts)
    if following not in (str(year + 1), str(year + 1)[2:]) or fiscal_year_starts == 1:
        raise NotAPeriod("year")
    return end_of_year(year + 1, fiscal_year_starts)


def _from_day(text: str, frequency: Frequency, fiscal_year_starts: int) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay("day") from None
    end = ending(day, frequency, fiscal_year_starts)
    if day not in (end, start(end, frequency)):
        raise NotAPeriod(frequency)
    return end


def ending(day: date, frequency: Frequency, fiscal_year_starts: int = 1) -> date:
    """Last day of the period of this frequency that contains `day`; weeks end on Sunday."""
    if frequency == "day":
        return day
    if frequency == "week":
        return day + timedelta(days=7 - day.isoweekday())
    length = MONTHS[frequency]
    offset = (fiscal_year_starts - 1) % length if frequency == "year" else 0
    months = day.year * 12 + day.month - 1 - offset
    return Month.of(date(day.year, 1, 1)).plus(months - months % length + length - 1 + offset - day.year * 12).last
