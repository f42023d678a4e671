"""The columns beside the values: parts of a ratio, segments, codes, ranks, units, notes."""

import re

from data.problems import N_
from data.proposal.columns import Column, repeat
from data.proposal.roles.found import Roles
from data.proposal.roles.words import MOST_PARTS, WORDS


def find(roles: Roles) -> None:
    """What the names of columns tell, and the dimensions without which rows repeat."""
    _by_words(roles)
    _segments(roles)


def _by_words(roles: Roles) -> None:
    """Columns that their names tell: parts of a ratio, segments, and what is no observation."""
    for column in roles.left:
        words = column.words
        if column.numeric and words & WORDS["numerator"]:
            roles.settle(column, "numerator", N_("its name says so"))
        elif column.numeric and words & WORDS["denominator"]:
            roles.settle(column, "denominator", N_("its name says so"))
        elif not column.numeric and words & (WORDS["segment"] | WORDS["dimension"]):
            roles.settle(column, "segment", N_("its name says so"))
        elif words & WORDS["rank"] or column.counts_up():
            roles.settle(column, "not_read", N_("a rank or the number of a row, not something measured"))
        elif words & WORDS["code"] or _is_code(column) or _is_attribute(column, roles):
            roles.settle(column, "not_read", N_("a code, not something measured"))
        elif words & WORDS["located"]:
            roles.settle(column, "not_read", N_("a position on the map"))
        elif not column.numeric and words & WORDS["unit"]:
            roles.settle(column, "not_read", N_("it says the units"))
        elif not column.numeric and words & WORDS["note"]:
            roles.settle(column, "not_read", N_("it holds notes"))


def _is_code(column: Column) -> bool:
    """Digits that begin with 0 and are all of one length are no amounts."""
    said = list(column.first)
    if any(re.match(r"cod[^i]|codi|cve|clave|id_", word) for word in column.words):
        return True
    return bool(said) and any(re.fullmatch(r"0\d+", text) for text in said) and all(re.fullmatch(r"\d{2,}", text) for text in said)


def _is_attribute(column: Column, roles: Roles) -> bool:
    """Whole numbers that each place has alike in all its periods, as its code or that of its region."""
    places = roles.whole("place")
    if not places or not roles.of("period") or not all(re.fullmatch(r"\d+", text) for text in column.said):
        return False
    held: dict[str, set[str]] = {}
    for place, text in zip(places.texts, column.texts, strict=True):
        held.setdefault(place, set()).add(text)
    return len(held) * 2 <= len(places.texts) and len(column.said) > 1 and all(len(texts) == 1 for texts in held.values())


def _segments(roles: Roles) -> None:
    """A column without which rows repeat: then it tells what part of the place each row is about."""
    keys = [*roles.of("place"), *roles.of("period"), *roles.of("indicator"), *roles.of("segment")]
    without = {column.at: roles.leave_out.get(column.name, ()) for column in keys}
    parts = [column for column in roles.left if not column.numeric and not column.period and len(column.said) <= MOST_PARTS]
    if not keys or not repeat(keys, without) or repeat([*keys, *parts], without):
        return
    for column in parts:
        others = [other for other in parts if other is not column and other.at not in roles.guesses]
        if repeat([*keys, *roles.of("segment"), *others], without):
            roles.settle(column, "segment", N_("without it, rows repeat"))
