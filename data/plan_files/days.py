"""Days as plan files write them: ISO, day first, month first, Excel's numbers; and a new day in the style of its column."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from data.ingest.fault import Fault
from data.problems import N_
from data.sources import MONTH_CODES

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})([ T].*)?")
PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})([ T].*)?")
EXCEL = re.compile(r"(\d{5})(\.0+)?")
EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's numbers, as they count from March 1900 on."""
NO_DAY = (N_("{found!r} is not a day"), N_("write it as 2025-01-31"))


def day(text: str, orders: Sequence[str] = (), *, last: bool = False) -> date | Fault:
    """A day. `orders` are the strptime formats that a map declares, tried one after another; without them, 31/01/2025 has its day first.

    A month or a year, by a format without %d, is its first day, or the last one.
    """
    text = text.strip()
    if found := ISO.fullmatch(text):
        return _made(int(found[1]), int(found[3]), int(found[4])) or _no_day(text)
    for order in orders:
        with suppress(ValueError, OverflowError):
            return _whole(datetime.strptime(text, order).date(), order, last=last)
    if not orders and (found := PARTS.fullmatch(text)):
        return _made(int(found[4]), int(found[3]), int(found[1])) or _no_day(text)
    if (found := EXCEL.fullmatch(text)) and 20_000 <= int(found[1]) <= 80_000:
        return EPOCH + timedelta(days=int(found[1]))
    return _no_day(text)


def _made(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _no_day(text: str) -> Fault:
    values = {"found": text[:60]}
    return Fault(*NO_DAY, values)


def _whole(found: date, order: str, *, last: bool) -> date:
    """The day that a format without a day, or without a month, stands for."""
    if "%d" in order or not last:
        return found
    month = found.month if any(code in order for code in MONTH_CODES) else 12
    return found.replace(month=month, day=monthrange(found.year, month)[1])


def order_of(texts: Iterable[str]) -> str | Fault | None:
    """Whether a column of days such as 31/01/2025 has the day or the month first; a fault where it says both, or neither."""
    found = [match for text in texts if (match := PARTS.fullmatch(text.strip()))]
    days, months = ([match for match in found if int(match[part]) > 12] for part in (1, 3))
    if days and months:
        values = {"first": days[0][0], "second": months[0][0]}
        return Fault(N_("{first} has its day first, and {second} its month"), N_("write all days of the column in one way"), values)
    if found and not days and not months and any(match[1] != match[3] for match in found):
        match = next(match for match in found if match[1] != match[3])
        values = {"found": match[0], "sign": match[2]}
        hint = N_("declare `date_format: '%d{sign}%m{sign}%Y'`, or `'%m{sign}%d{sign}%Y'`")
        return Fault(N_("{found} can be two days"), hint, values)
    sign = found[0][2] if found else "/"
    return f"%m{sign}%d{sign}%Y" if months else (f"%d{sign}%m{sign}%Y" if days else None)


def written(value: date, sample: str, order: str | None = None) -> str:
    """A day in the style of a sample; where the column has none, as 2025-01-31."""
    sample = sample.strip()
    if EXCEL.fullmatch(sample):
        return str((value - EPOCH).days)
    if found := ISO.fullmatch(sample):
        midnight = found[5] if found[5] and re.fullmatch(r"[ T][0:.]+", found[5]) else ""
        return f"{value:%Y}{found[2]}{value:%m}{found[2]}{value:%d}{midnight}"
    if found := PARTS.fullmatch(sample):
        first, second = (value.month, value.day) if order and order.startswith("%m") else (value.day, value.month)
        width = 1 if len(found[1]) == 1 or len(found[3]) == 1 else 2
        return f"{first:0{width}}{found[2]}{second:0{width}}{found[2]}{value:%Y}"
    return value.strftime(order) if order else value.isoformat()
