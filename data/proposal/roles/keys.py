"""The columns that say what a row is about: place, indicator and period, and the rows that are not to be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from data import periods
from data.ingest.joined import MARKS
from data.ingest.names import TOTAL
from data.problems import N_
from data.proposal import dates
from data.proposal.columns import Column
from data.proposal.matches import Known
from data.proposal.roles.found import DECLARED, Roles
from data.proposal.roles.words import WORDS

PART = re.compile(r"0?[1-9]|1[0-2]|[qts]\.?\s?[1-4]|[1-4]\s?[qts]|i{1,3}|iv", re.IGNORECASE)
"""The number of a month, or of a quarter or a half, without its year."""


def find(roles: Roles, places: Known, indicators: Known, given: Mapping[str, Any]) -> None:
    """Place, period and indicator, and the rows of totals."""
    _named(roles, "place", places, _place_by_name)
    _period(roles)
    _named(roles, "indicator", indicators, _indicator_by_name)
    _leave_out(roles, places, given)


def _named(roles: Roles, part: Literal["place", "indicator"], known: Known, by_name: Callable[[Roles], Column | None]) -> None:
    """The column whose texts are known places or indicators; where none are, the one that is called so."""
    if roles.of(part):
        return
    shares = {column.at: known.share(list(column.said)) for column in roles.left if not column.period}
    best = max(roles.left, key=lambda column: shares.get(column.at, 0.0), default=None)
    if best and shares.get(best.at, 0.0) >= 0.5:
        count = sum(known.find(text)[0] is not None for text in best.said)
        message = N_("{count} of its {total} texts are known")
        roles.settle(best, part, message, count=count, total=len(best.said))
    elif called := by_name(roles):
        roles.settle(called, part, N_("its name says so, but few of its texts are known yet"))


def _place_by_name(roles: Roles) -> Column | None:
    """Names before codes: a code is only a place where there is no name beside it."""
    called = [column for column in roles.left if column.words & WORDS["place"] and not column.period and not column.counts_up()]
    names = [column for column in called if not column.numeric and not column.words & WORDS["code"]]
    codes = [column for column in called if column.words & WORDS["code"]]
    return next(iter([*names, *codes]), None)


def _indicator_by_name(roles: Roles) -> Column | None:
    called = [column for column in roles.left if column.words & WORDS["indicator"] and not column.numeric and not column.period]
    return next((column for column in called if not column.words & WORDS["code"]), next(iter(called), None))


def _period(roles: Roles) -> None:
    """Texts that can only be periods, or years in a column that is called so."""
    if roles.of("period"):
        return
    found = [column for column in roles.left if column.period or _is_old(column)]
    sure = [column for column in found if column.words & WORDS["period"]] or [column for column in found if not column.numeric]
    for column in (sure or found)[:1]:
        roles.settle(column, "period", N_("its texts are periods, such as {example}"), example=column.examples[0])
        _part_beside(roles, column)
    finer = any(column.period not in (None, "year", "fiscal") for column in roles.of("period"))
    for column in found:
        said = not column.numeric or (finer and column.words & WORDS["period"])
        if column.at not in roles.guesses and roles.of("period") and said:
            roles.settle(column, "not_read", N_("another column says the period"))
    for column in _parts(roles.left) if finer or len(roles.of("period")) > 1 else ():
        roles.settle(column, "not_read", N_("another column says the period"))


def _part_beside(roles: Roles, years: Column) -> None:
    """A column of months or quarters beside the one of years: both together say the period, where that can be read."""
    parts = _parts(roles.left) if years.period == "year" else []
    for part in [part for part in parts if _is_read(years, part)][:1]:
        roles.settle(part, "period", N_("it says the month or quarter of the year in {year}"), year=years.name)


def parted_period(roles: Roles) -> tuple[Column, Column] | None:
    """The column of years and that of months or quarters beside it, where nobody could read the two as one period."""
    said = [column for column in roles.of("period") if column.period == "year" and roles.guesses[column.at].why != DECLARED]
    beside = [column for column in _parts(roles.columns) if roles.guesses[column.at].why != DECLARED]
    return (said[0], beside[0]) if len(said) == len(roles.of("period")) == 1 and beside else None


def _parts(columns: Sequence[Column]) -> list[Column]:
    """The columns that are called months or quarters, and hold them without their year."""
    called = [column for column in columns if column.words & WORDS["part"]]
    return [column for column in called if (texts := _untotalled(column)) and all(map(_is_part, texts))]


def _is_part(text: str) -> bool:
    return dates.month_of(text) is not None or PART.fullmatch(text) is not None


def _untotalled(column: Column) -> list[str]:
    return [text for text in column.said if not TOTAL.fullmatch(text) and text != column.name]


def _is_read(years: Column, part: Column) -> bool:
    """The loader knows each text beside a year; a bare 1 under Quarter would be taken for January."""
    year = next(text for text in years.said if dates.kind(text) == "year")
    kinds: tuple[periods.Frequency, ...] = ("month",) if part.words & WORDS["month"] else ("quarter", "half")
    written = [f"{year}{MARKS['period']}{text}" for text in _untotalled(part)]
    return any(all(_is_period(text, kind) for text in written) for kind in kinds)


def _is_period(text: str, frequency: periods.Frequency) -> bool:
    try:
        periods.parse(text, frequency)
    except periods.NotAPeriod:
        return False
    return True


def _is_old(column: Column) -> bool:
    """A column called year that begins before our time is one of years all the same."""
    return bool(column.said) and bool(column.words & WORDS["period"]) and all(re.fullmatch(r"\d{3,4}", text) for text in column.said)


def _leave_out(roles: Roles, places: Known, given: Mapping[str, Any]) -> None:
    """Rows of totals, headers that are repeated on each printed page, and what a person leaves out besides."""
    watched = [*roles.of("place"), *roles.of("period")] or [column for column in roles.left if not column.numeric][:1]
    for column in watched:
        totals = tuple(text for text in column.said if TOTAL.fullmatch(text) and places.find(text)[0] is None)
        again = (column.name,) if column.name in column.said else ()
        if totals or again:
            roles.leave_out[column.name] = (*totals, *again)
    for name, texts in given.get("leave_out", {}).items():
        roles.leave_out[name] = tuple(dict.fromkeys([*roles.leave_out.get(name, ()), *texts]))
