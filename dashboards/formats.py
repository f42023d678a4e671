"""Numbers, periods and days as the reader's country writes them. Nothing is shown of a value that is missing."""

from datetime import date, datetime
from functools import cache, lru_cache
from string import Formatter

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from dashboards.words import translator
from data.indicators import Indicator
from data.model import Text, say
from data.periods import Frequency, Month, written
from kpis.score import Amount, Difference, Period, Reason, Said, Score, Several, Share

NOTHING = "–"
"""Stands where a value is missing, so that a gap is seen and never read as zero."""
MOST_DECIMALS = 6
ONE = "1"
"""The number beside which a unit is written for one."""
SHORT_UNIT = 12
"""Letters of a unit that still fits beside a difference in a table."""
BOUND = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=16384)
def number(value: float | None, decimals: int, locale: str) -> str:
    """1,234.5 or 1.234,5, always with as many decimals."""
    if value is None:
        return NOTHING
    shown = round(value, decimals) + 0.0  # no minus sign before a zero
    return format_decimal(shown, "#,##0" + "." * bool(decimals) + "0" * decimals, locale=locale)


def with_unit(value: float | None, unit: Text, decimals: int, locale: str, one: Text | None = None) -> str:
    """The number and its unit, kept on one line: 68.2 %, 31.4 per 1,000 residents, 1,250 EUR; beside exactly 1 it is `one`."""
    if value is None:
        return NOTHING
    shown = number(value, decimals, locale)
    return f"{shown}{BOUND}{say(one if one and shown == ONE else unit, locale)}".rstrip(BOUND)  # a study may name no unit


def measured(value: float | None, indicator: Indicator, locale: str) -> str:
    """A value of an indicator with its decimals and its unit."""
    return with_unit(value, indicator.unit, indicator.decimals, locale, indicator.unit_one)


def headline(value: float | None, decimals: int, locale: str) -> str:
    """The number with at most three significant digits, for sentences; tables say it exactly."""
    if value is None:
        return NOTHING
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return number(value, max(0, min(decimals, 3 - whole)), locale)


def in_table(value: float | None, indicator: Indicator, locale: str) -> str:
    """The exact number for a column whose rows name their units: only a percentage carries its sign."""
    if value is not None and indicator.unit == "%":
        return with_unit(value, "%", indicator.decimals, locale)
    return number(value, indicator.decimals, locale)


def difference(value: float, indicator: Indicator, locale: str, *, whole: bool = False) -> str:
    """The size of a difference, never shown as zero: 2.1 points, 0.04 days; one is just 1 where nobody said how its unit is called.

    A long unit is left out, as what stands around names it, unless the `whole` is asked for.
    """
    decimals = indicator.decimals
    while value and decimals < MOST_DECIMALS and round(value, decimals) == 0:
        decimals += 1
    shown = number(abs(value), decimals, locale)
    unit = _unit_of_one(indicator.unit, indicator.unit_one, locale) if shown == ONE else difference_unit(indicator.unit, locale)
    return f"{shown}{BOUND}{unit}" if unit and (whole or len(unit) <= SHORT_UNIT) else shown


def signed(change: float, indicator: Indicator, locale: str, *, whole: bool = False) -> str:
    """A change with its sign, never shown as zero: +0.4 points, −1.2 days."""
    return f"{'−' if change < 0 else '+' if change > 0 else ''}{difference(change, indicator, locale, whole=whole)}"


def gain(amount: float, indicator: Indicator, locale: str) -> str:
    """Better or worse, and by how much: "2.1 points better"; an amount below zero is worse."""
    _, size = translator(locale), difference(amount, indicator, locale)
    if amount == 0:
        return _("no change")
    return _("{amount} better", amount=size) if amount > 0 else _("{amount} worse", amount=size)


def change(score: Score, amount: float, locale: str) -> str:
    """The same for what a goal gained since the period before; plainly more or less where neither way is better."""
    last = score.value if score.reported is None else score.reported
    better = score.gain(last - amount, last) if last is not None else None
    if better is not None:
        return gain(better, score.indicator, locale)
    _, size = translator(locale), difference(amount, score.indicator, locale)
    if amount == 0:
        return _("no change")
    return _("{amount} more", amount=size) if amount > 0 else _("{amount} less", amount=size)


def difference_unit(unit: Text, locale: str) -> str:
    """The unit of a difference: two percentages differ by points."""
    _, said = translator(locale), say(unit, locale)
    return _("points") if said == "%" else said


def _unit_of_one(unit: Text, one: Text | None, locale: str) -> str:
    """What a difference of exactly 1 is called; "" where only the word for many is known."""
    if unit == "%":
        _ = translator(locale)
        return _("point")
    return say(one, locale) if one else ""


def period(end: date, frequency: Frequency, locale: str) -> str:
    """The period that ends on `end`: June 2026, 2nd quarter 2026, 2025, 2022/23, 30 Jun 2026."""
    _ = translator(locale)
    if frequency == "month":
        return month_name(Month.of(end), locale)
    if frequency == "quarter" and end.month % 3 == 0:
        return format_skeleton("yQQQQ", end, locale=locale)
    if frequency == "half" and end.month % 6 == 0:
        return _("1st half of {year}", year=end.year) if end.month == 6 else _("2nd half of {year}", year=end.year)
    if frequency == "week":
        return _("week to {day}", day=day(end, locale))
    return written(end, "year") if frequency == "year" else day(end, locale)


@cache
def month_name(month: Month, locale: str) -> str:
    """June 2026, junio de 2026."""
    return format_skeleton("yMMMM", month.first, locale=locale)


@lru_cache(maxsize=4096)
def chosen_month(month: str, locale: str) -> str:
    """June 2026, Junio de 2026, of 2026-06: every run names every month that can be chosen."""
    return sentence(month_name(Month.parse(month), locale))


def name_of_month(number: int, locale: str) -> str:
    """July, julio, of a year that is not named."""
    return format_date(date(2000, number, 1), "MMMM", locale=locale)


def short_month(month: Month, locale: str) -> str:
    """Jun 2026, for tight columns."""
    return format_skeleton("yMMM", month.first, locale=locale)


def short_period(end: date, frequency: Frequency, locale: str) -> str:
    """The period for a tight column: Jun 2026, Q2 2026, 2025."""
    if frequency == "month":
        return short_month(Month.of(end), locale)
    if frequency == "quarter" and end.month % 3 == 0:
        return format_skeleton("yQQQ", end, locale=locale)
    return period(end, frequency, locale)


def day(when: date, locale: str) -> str:
    """30 Jun 2026."""
    return format_date(when, "medium", locale=locale)


def days(first: date, last: date, locale: str) -> str:
    """1–5 Nov 2026."""
    return format_interval(first, last, "yMMMd", locale=locale)


def moment(when: datetime, locale: str) -> str:
    """30 Jun 2026, 09:15, by the clock of the city's machine."""
    return f"{day_of(when, locale)}, {when.astimezone():%H:%M}"


def day_of(when: datetime, locale: str) -> str:
    """The day of a moment, by the same clock: what is done late in the evening is not done on the day after."""
    return day(when.astimezone().date(), locale)


def age(days: int | None, locale: str) -> str:
    """How old a value is at the reviewed month's review day."""
    if days is None:
        return NOTHING
    return translator(locale).ngettext("{n} day", "{n} days", days, n=days)


def sentence(text: str) -> str:
    """Begins with a capital letter, as titles and sentences do: Junio de 2026."""
    return text[:1].upper() + text[1:]


def reason(why: Reason, locale: str) -> str:
    """Why a status holds, translated, its numbers written as the country writes them; a long unit is said once."""
    template = translator(locale)(why.sentence)
    names = [name for _text, name, _spec, _conversion in Formatter().parse(template) if name]
    said, long_units = {}, set()
    for name in names:
        value = why.values[name]
        unit = say(value.unit, locale) if isinstance(value, Amount) else ""
        said[name] = (
            number(value.number, value.decimals, locale) if isinstance(value, Amount) and unit in long_units else _inside(value, locale)
        )
        if len(unit) > SHORT_UNIT:
            long_units.add(unit)
    return template.format(**said)


def amount(value: Amount, locale: str) -> str:
    """A number with its unit: 68.2 %."""
    return with_unit(value.number, value.unit, value.decimals, locale, value.one)


def _inside(value: object, locale: str) -> object:
    if isinstance(value, Difference):
        shown = number(value.number, value.decimals, locale)
        one = _unit_of_one(value.unit, value.one, locale) if shown == ONE else ""
        return f"{shown}{BOUND}{one or difference_unit(value.unit, locale)}".rstrip(BOUND)
    if isinstance(value, Amount):
        return amount(value, locale)
    if isinstance(value, Share):
        return f"{number(value.number * 100, 0, locale)}{BOUND}%"
    if isinstance(value, Said | Several):
        return say(value.text, locale) if isinstance(value, Said) else ", ".join(reason(each, locale) for each in value.reasons)
    if isinstance(value, Period):
        return period(value.end, value.frequency, locale)
    return day(value, locale) if isinstance(value, date) else value
