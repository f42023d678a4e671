"""Where something stands in a row, in words: the second of five, between 6th and 11th of 24."""

from dashboards.ordinals import ordinal
from dashboards.words import N_, translator

PLACED = (
    N_("first"),
    N_("second"),
    N_("third"),
    N_("fourth"),
    N_("fifth"),
    N_("sixth"),
    N_("seventh"),
    N_("eighth"),
    N_("ninth"),
    N_("tenth"),
)
COUNTED = (N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten"))


def placed(number: int, locale: str) -> str:
    """Second; past the tenth 11th."""
    return translator(locale)(PLACED[number - 1]) if number <= len(PLACED) else ordinal(number, locale)


def counted(number: int, locale: str) -> str:
    """Five; past ten 11."""
    _ = translator(locale)
    return _(COUNTED[number - 1]) if 0 < number <= len(COUNTED) else _.count(number)


def among(low: int, high: int, count: int, locale: str) -> str:
    """Between 6th and 11th of 24; or just 6th of 24."""
    _ = translator(locale)
    told = {"low": ordinal(low, locale), "high": ordinal(high, locale), "n": _.count(count)}
    return _("{low} of {n}", **told) if low == high else _("between {low} and {high} of {n}", **told)


def between(low: int, high: int, locale: str) -> str:
    """6th to 11th, for a table."""
    _ = translator(locale)
    return ordinal(low, locale) if low == high else _("{low} to {high}", low=ordinal(low, locale), high=ordinal(high, locale))


def moves(up: int, locale: str) -> str:
    """2 up, 3 down."""
    _ = translator(locale)
    return _("{n} up", n=_.count(up)) if up > 0 else _("{n} down", n=_.count(-up))
