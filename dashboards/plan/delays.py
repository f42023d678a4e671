"""How late a piece of the plan comes, in the same words on every page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.words import translator

NOTICED = 5
"""Days of delay below which a forecast says nothing."""
MONTH, YEAR, MOST_YEARS = 30.44, 365.25, 20


def late(row: Mapping[str, Any], locale: str) -> str:
    """At the pace until today, or already where nothing is proved to go by; "" where neither says so. `row` is one of `Truth.nodes`."""
    days = row["delay_days"]
    if days is not None and days > 0 and row["forecast_end"] is None:
        return overdue(days, locale)
    return at_pace(days, locale)


def overdue(days: int, locale: str) -> str:
    return translator(locale).ngettext("{n} day overdue", "{n} days overdue", days, n=formats.number(days, 0, locale))


def only_said(done_on: date, locale: str) -> str:
    """Of a stage that its area says was reached, and nothing shows: that alone clears no delay."""
    _ = translator(locale)
    return _("said to be reached on {day}; no evidence yet", day=formats.day(done_on, locale))


def at_pace(days: int | None, locale: str) -> str:
    """5 months late at this pace; "" of what nobody would notice."""
    _ = translator(locale)
    return "" if days is None or days < NOTICED else _("{time} late at this pace", time=span(days, locale))


def span(days: int, locale: str) -> str:
    """A number of days as people say it, for no pace is more exact than that: 40 days, 5 months, 3 years."""
    _ = translator(locale)
    if days < 2 * MONTH:
        return formats.age(days, locale)
    months, years = round(days / MONTH), round(days / YEAR)
    if months < 24:
        return _.ngettext("{n} month", "{n} months", months, n=months)
    return _.ngettext("{n} year", "{n} years", years, n=years) if years < MOST_YEARS else _("more than {n} years", n=MOST_YEARS)
