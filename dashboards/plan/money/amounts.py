"""Amounts of money as people read them: exact in tables, with three digits in sentences, never without their currency."""

from babel.numbers import format_compact_decimal, get_currency_name

from dashboards import formats
from dashboards.words import translator

MILLION = 1_000_000
CENTS_BELOW = 1_000
"""Amounts below it are shown with cents: money per person, not budgets."""


def count(number: int, locale: str) -> str:
    """A number of things: 2,010."""
    return formats.number(number, 0, locale)


def exact(value: float | None, locale: str) -> str:
    """The number alone, for a column whose heading or caption names the currency: 1,234,567."""
    cents = value is not None and abs(value) < CENTS_BELOW and round(value) != round(value, 2)
    return formats.number(value, 2 if cents else 0, locale)


def with_currency(value: float | None, currency: str, locale: str) -> str:
    """1,234,567 EUR, kept on one line."""
    return formats.NOTHING if value is None else f"{exact(value, locale)}{formats.BOUND}{currency}"


def beside(value: float | None, currency: str | None, alone: str | None, locale: str) -> str:
    """The number, with its currency unless the whole table is in that `alone`."""
    return exact(value, locale) if currency in (None, alone) else with_currency(value, currency, locale)


def named_in(title: str, alone: str | None) -> str:
    """A heading of amounts, with the currency where the whole table has one: Budget in force, EUR."""
    return f"{title}, {alone}" if alone else title


def said(value: float | None, currency: str, locale: str) -> str:
    """For sentences: 182 million euros, 29.5 billion US dollars, 12,500 euros."""
    if value is None:
        return formats.NOTHING
    _, name = translator(locale), get_currency_name(currency, count=2, locale=locale)
    if abs(value) < MILLION:
        return _("{amount} {currency}", amount=exact(value, locale), currency=name)
    return _("{millions} {currency}", millions=_compact(value, locale), currency=name)


def _compact(value: float, locale: str) -> str:
    """Three significant digits and the word for millions."""
    leading = abs(value) / 10 ** (3 * ((len(str(int(abs(value)))) - 1) // 3))
    return format_compact_decimal(value, format_type="long", locale=locale, fraction_digits=max(0, 3 - len(str(int(leading)))))
