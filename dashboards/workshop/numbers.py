"""A number as somebody types it into the form, with the decimal mark of their language; the text has it as YAML writes it."""

import re

from babel.numbers import get_decimal_symbol

from data.problems import N_, Problem, Refused

NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""With a decimal comma this may be a whole number, or a fraction written as in the text."""


def number(typed: str, locale: str) -> int | float | str:
    """The number, or what was typed where it is none: the text then says what is wrong with it.

    Raises Refused where it can be two numbers a thousand times apart.
    """
    plain = typed
    if get_decimal_symbol(locale) == ",":
        if THOUSANDS.fullmatch(typed):
            values = {"found": typed, "whole": typed.replace(".", ""), "fraction": typed.replace(".", ",")}
            raise Refused([Problem(N_("{found} can be {whole} or {fraction}"), N_("write the one that is meant"), values=values)])
        plain = typed.replace(",", ".") if "." not in typed else typed
    if not NUMBER.fullmatch(plain):
        return typed
    return float(plain) if "." in plain else int(plain)
