"""A number as somebody types it into a cell, or pastes it, understood as it is meant or asked back."""

import re
from decimal import Decimal

from data.ingest.numbers import is_exact
from data.problems import N_, Problem, Refused

PLAIN = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")
"""Without marks between thousands: 1234, 12,5 and 12.5 are clear in any country."""
MANY_MARKS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
BOTH_MARKS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+")
SPACED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
THOUSAND = re.compile(r"[-+]?[1-9][0-9]{0,2}([.,])[0-9]{3}")
"""A thousand in one country, one and some thousandths in another; of spaces nobody thinks so."""


def number(text: str, decimal: str, *, percent: bool = False) -> float | None:
    """The number that a cell says, None of an empty one. `decimal` is the reader's mark; a `percent` may carry its sign.

    Raises Refused with the one problem.
    """
    said = re.sub(r"[\u00a0\u202f\s]+", " ", text).strip()
    said = said.removesuffix("%").strip() if percent else said
    if not said:
        return None
    if (thousand := THOUSAND.fullmatch(said)) and thousand[1] != decimal:
        values = {"found": said, "whole": re.sub("[.,]", "", said), "fraction": re.sub("[.,]", decimal, said)}
        raise Refused([Problem(N_("{found} can be {whole} or {fraction}"), N_("write the one that is meant"), values=values)])
    if not any(form.fullmatch(said) for form in (PLAIN, MANY_MARKS, BOTH_MARKS, SPACED)):
        raise Refused([Problem(N_("{found!r} is not a number"), N_("write digits alone, without the unit"), values={"found": said[:60]})])
    exact = Decimal(_as_python(said))
    if not is_exact(exact):
        hint = N_("round it to 15 digits, or check for a slip of the keyboard")
        raise Refused([Problem(N_("{found} is beyond what can be stored exactly"), hint, values={"found": said[:60]})])
    return float(exact)


def _as_python(said: str) -> str:
    said = said.replace(" ", "")
    if MANY_MARKS.fullmatch(said):
        return re.sub("[.,]", "", said)
    if BOTH_MARKS.fullmatch(said):
        mark = max(".,", key=said.rfind)
        return said.replace("," if mark == "." else ".", "").replace(mark, ".")
    return said.replace(",", ".")
