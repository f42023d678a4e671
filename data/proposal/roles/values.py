"""The columns of numbers: wide by period, by place or by indicator, or the one of a long file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from data.ingest.names import TOTAL
from data.problems import N_
from data.proposal import dates
from data.proposal.columns import Column
from data.proposal.matches import Known
from data.proposal.roles.found import DECLARED, Roles
from data.proposal.roles.words import WORDS


def find(roles: Roles, places: Known, indicators: Known, given: Mapping[str, Any]) -> None:
    """The columns of numbers: wide by period, by place or by indicator, or the one of a long file."""
    declared = [column for column in roles.left if given.get("roles", {}).get(column.name) == "wide"]
    numbers = declared or [column for column in roles.left if column.numeric]
    totals = [column for column in numbers if TOTAL.fullmatch(column.name) and len(numbers) > 1 and column not in declared]
    for column in totals:
        roles.settle(column, "not_read", N_("a total of the other columns: it would count everything twice"))
    numbers = [column for column in numbers if column not in totals]
    if not numbers:
        return
    if not roles.of("value") and (_by_period(roles, numbers, given) or _by_place(roles, numbers, places)):
        return
    if roles.of("indicator") or roles.of("value"):
        _long(roles, numbers, given)
    elif len(numbers) == 1 and numbers[0].words & WORDS["value"] and not declared:
        roles.settle(numbers[0], "value", N_("the one column of numbers"))
    else:
        _by_indicator(roles, numbers, indicators)


def _by_period(roles: Roles, numbers: Sequence[Column], given: Mapping[str, Any]) -> bool:
    """Columns that are called by periods, alone or each beside the same words: Population 2022, Population 2023."""
    given = _with_order(numbers, _with_one_year(roles, numbers, given))
    told = {column.at: _period_in(column.name, given) for column in numbers}
    found = [column for column in numbers if told[column.at]]
    if not found or len(found) < len(numbers) / 2 or _one_period_of_many(told):
        return False
    if roles.of("period"):
        return _across_and_down(roles, found)
    rest = (told[found[0].at] or ("", ""))[1]
    roles.kind, roles.hint = "periods", rest
    for column in found:
        period, words = told[column.at] or (None, "")
        if words != rest:
            roles.settle(column, "not_read", N_("of another indicator, {indicator}: load the file once more for it"), indicator=words)
        else:
            roles.settle(column, "wide", N_("its name is a period, {period}"), period, period=period or "?")
    for column in numbers:
        if column.at not in roles.guesses:
            roles.settle(column, "not_read", N_("its name is no period, as those of the other columns are"))
    return True


def _with_order(numbers: Sequence[Column], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Columns that are called by dates in digits: their format, where it is known."""
    names = [column.name for column in numbers if dates.kind(column.name) == "date"]
    return {**given, "date_format": dates.order(names, given)[0]} if names else given


def _one_period_of_many(told: Mapping[int, tuple[str | None, str] | None]) -> bool:
    """Life_2021, income_2021, schooling_2021: many indicators of one period."""
    said = [one for one in told.values() if one]
    return len({words for _, words in said}) > 1 and len({period for period, _ in said}) == 1


def _with_one_year(roles: Roles, numbers: Sequence[Column], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A column that says the same year on every line tells the year of columns that are called by months."""
    said = roles.of("period")
    if not said or said[0].period != "year" or len(said[0].said) != 1 or not all(dates.month_of(column.name) for column in numbers):
        return given
    year = said[0].examples[0].removesuffix(".0")
    roles.settle(said[0], "not_read", N_("it says the year of the columns of months, {year}"), year=year)
    return {"year": year, **given}


def _across_and_down(roles: Roles, found: Sequence[Column]) -> bool:
    """Periods as columns beside a column of periods: which of them a value belongs to cannot be declared."""
    if not all(dates.month_of(column.name) or dates.kind(column.name) for column in found):
        return False
    for column in found:
        roles.settle(column, "not_read", N_("its name is a period, and another column says a period too: keep one line for each value"))
    return True


def _period_in(name: str, given: Mapping[str, Any]) -> tuple[str | None, str] | None:
    """The period that a column's name says, and the words beside it; (None, words) where something of it is to be asked."""
    plain = re.sub(r"\s*(\((p|r|e|a|\*|\d)\)|\*+)$", "", name.strip())
    if dates.kind(plain) or dates.month_of(plain):
        return dates.meaning(plain, given.get("year"), given.get("date_format")), ""
    beside = re.fullmatch(r"(?P<before>.*\D)[\s_\-]*(?P<year>(?:19|20)\d\d)|(?P<first>(?:19|20)\d\d)[\s_\-]+(?P<after>.*\D)", plain)
    if not beside:
        return None
    return beside["year"] or beside["first"], (beside["before"] or beside["after"]).strip(" _-(")


def _by_place(roles: Roles, numbers: Sequence[Column], places: Known) -> bool:
    """Columns that are called by places, most of them known."""
    names = [column.name for column in numbers]
    if roles.of("place") or len(numbers) < 2 or places.share(names) < 0.5:
        return False
    roles.kind = "places"
    for column in numbers:
        found = places.find(column.name)[0]
        why = N_("its name is a known place") if found else N_("other columns are called by known places")
        roles.settle(column, "wide", why, found)
    return True


def _long(roles: Roles, numbers: Sequence[Column], given: Mapping[str, Any]) -> None:
    """One column of values; which of several is asked, unless one is called so."""
    if roles.of("value"):
        return
    chosen = [column for column in numbers if column.name == given.get("value")]
    called = [column for column in numbers if column.words & WORDS["value"]]
    if len(numbers) > 1 and len(called) != 1:
        roles.rivals = tuple(numbers)
    for column in chosen or (called if len(called) == 1 else numbers if len(numbers) == 1 else []):
        roles.settle(column, "value", N_("the one column of numbers") if len(numbers) == 1 else N_("its name says so"))
    if roles.of("value"):
        for column in numbers:
            if column.at not in roles.guesses:
                roles.settle(column, "not_read", N_("another column holds the values"))


def last_resort(roles: Roles, given: Mapping[str, Any]) -> None:
    """Where no column seems to hold values, a person says which does."""
    if roles.of("value") or roles.of("wide"):
        return
    unread = [column for column in roles.of("not_read") if column.said and column.name]
    roles.rivals = tuple(unread) or roles.rivals
    for column in unread:
        if column.name == given.get("value"):
            roles.settle(column, "value", DECLARED)


def _by_indicator(roles: Roles, numbers: Sequence[Column], indicators: Known) -> None:
    roles.kind = "indicators"
    for column in numbers:
        found = indicators.find(column.name)[0]
        why = N_("its name is a known indicator") if found else N_("a column of numbers is taken for an indicator")
        roles.settle(column, "wide", why, found)
