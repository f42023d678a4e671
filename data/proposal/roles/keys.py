"""The columns that say what a row is about: place, indicator and period, and the rows that are not to be read."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

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
    for column in found:
        if column.at not in roles.guesses and roles.of("period") and not column.numeric:
            roles.settle(column, "not_read", N_("another column says the period"))


def parted_period(roles: Roles) -> tuple[Column, Column] | None:
    """The column of years and that of months or quarters beside it, where a period is written in two columns."""
    years = next((column for column in roles.columns if column.period == "year" and column.words & WORDS["period"]), None)
    parts = [column for column in roles.columns if column.words & WORDS["part"] and column.said and all(map(_is_part, column.said))]
    used = [column for column in parts if column.at in roles.guesses and roles.guesses[column.at].why != DECLARED]
    return (years, used[0]) if years and used else None


def _is_part(text: str) -> bool:
    """A month without its year, or the number of a month or a quarter."""
    return (
        dates.month_of(text) is not None or re.fullmatch(r"0?[1-9]|1[0-2]|[qts]\.?\s?[1-4]|[1-4]\s?[qts]|i{1,3}|iv", text, re.I) is not None
    )


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
