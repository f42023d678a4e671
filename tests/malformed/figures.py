"""Figures: decimal marks, thousands, signs, percent signs and currencies, and the marks of what is missing."""

from typing import Any

from tests.malformed.case import GOOD, HEADER, Case, accept, one, refuse, rows, two

COMMA: dict[str, Any] = {"decimal": ",", "delimiter": ";"}
DOT: dict[str, Any] = {"decimal": "."}


def _semicolons(value: str) -> str:
    return f"place;period;value\naurora;2025-04;{value}\n"


def _value(number: float | str) -> list:
    return [("aurora", "2025-04", number)]


def decimal_marks() -> list[Case]:
    """1.234 is two numbers."""
    return [
        accept("point.csv", "a point with other than three digits after it", one("12.5"), _value(12.5)),
        accept("comma_declared.csv", "a comma as declared", _semicolons("12,5"), _value(12.5), **COMMA),
        accept("point_declared.csv", "three digits after a declared point", one("1.234"), _value(1.234), **DOT),
        accept("leading.csv", "nothing before the mark", one(".5"), _value(0.5)),
        accept("trailing.csv", "nothing after the mark", one("5."), _value(5)),
        refuse("three_digits.csv", "a question", two("1.234"), "1.234 can be 1234 or 1.234", "declare `decimal:`"),
        refuse("comma_undeclared.csv", "a question", two('"12,5"'), "12,5 has a comma", "decimal: ','"),
        refuse("comma_three_digits.csv", "a question", two('"1,234"'), "1,234 can be 1234 or 1.234"),
        rows("point_for_comma.csv", "a point where a comma is declared", _semicolons("12.5"), [(2, "value")], ["contradicts"], **COMMA),
        rows("two_points.csv", "two decimal marks", one("1.2.3"), [(2, "value")], ["contradicts"], **DOT),
        rows("arabic_comma.csv", "a decimal mark of another script", two("1٫5"), [(3, "value")], ["not a number"], [GOOD]),
        refuse(
            "others_too.csv", "a question hides no other fault", f"{HEADER}aurora,2025-04,1.234\nbruma,2025-04,many\n", "can be", "'many'"
        ),
    ]


def thousands() -> list[Case]:
    """Marks between thousands."""
    spaces: dict[str, Any] = {"thousands": " "}
    dots: dict[str, Any] = {"thousands": ".", **COMMA}
    quotes: dict[str, Any] = {"thousands": "'"}
    return [
        accept("spaces.csv", "spaces as declared", one("1 234 567"), _value(1234567), **spaces),
        accept("hard_spaces.csv", "spaces that do not break", one("1\u00a0234\u202f567"), _value(1234567), **spaces),
        accept("points.csv", "points as declared", _semicolons("1.234.567,8"), _value(1234567.8), **dots),
        accept("swiss.csv", "apostrophes as declared", one("1'234'567.8"), _value(1234567.8), **quotes),
        accept("none_needed.csv", "no mark at all is as good", one("1234567"), _value(1234567), **spaces),
        rows("apart_by_two.csv", "12 34 is no number", one("12 34"), [(2, "value")], ["contradicts"], **spaces),
        rows(
            "indian.csv", "12,34,567 is not parted by thousands", one('"12,34,567"'), [(2, "value")], ["contradicts"], thousands=",", **DOT
        ),
        rows("after_the_mark.csv", "thousands after the decimal mark", _semicolons("1,234.5"), [(2, "value")], ["contradicts"], **dots),
        rows("undeclared.csv", "spaces undeclared", two("1 234"), [(3, "value")], ["contradicts"], [GOOD]),
        rows("lakh_mix.csv", "a comma and a point", two('"1,234.5"'), [(3, "value")], ["contradicts"], [GOOD]),
    ]


def signs_and_exponents() -> list[Case]:
    """Signs, powers of ten, and numbers that cannot be stored."""
    return [
        accept("minus.csv", "a minus", one("-1.5"), _value(-1.5)),
        accept("plus.csv", "a plus", one("+2"), _value(2)),
        accept("exponent.csv", "a power of ten", one("1.5e3"), _value(1500)),
        accept("zeros.csv", "zeros in front", one("007"), _value(7)),
        accept("exact.csv", "seventeen digits come back", one("69.65094757080078"), _value(69.65094757080078)),
        accept("largest.csv", "a large whole number comes back", one("999999999999999"), _value(999999999999999)),
        rows("true_minus.csv", "a minus that is a dash", two("−1"), [(3, "value")], ["not a number"], [GOOD]),
        rows("after.csv", "a minus after the number", two("1-"), [(3, "value")], ["not a number"], [GOOD]),
        rows("brackets.csv", "an accountant's minus", two("(1)"), [(3, "value")], ["not a number"], [GOOD]),
        rows(
            "too_precise.csv", "more digits than can be stored", two("0.12345678901234567890"), [(3, "value")], ["stored exactly"], [GOOD]
        ),
        rows("too_large.csv", "a number beyond the limit", two("2e15"), [(3, "value")], ["above the limit"], [GOOD]),
        rows("overflow.csv", "a number beyond all", two("1e999"), [(3, "value")], ["stored exactly"], [GOOD]),
        rows("underflow.csv", "a number next to nothing", two("1e-999"), [(3, "value")], ["stored exactly"], [GOOD]),
        rows("infinite.csv", "infinity", two("inf"), [(3, "value")], ["not a value"], [GOOD]),
        rows("hexadecimal.csv", "a programmer's number", two("0x1F"), [(3, "value")], ["not a number"], [GOOD]),
        rows("underscores.csv", "a programmer's thousands", two("1_000"), [(3, "value")], ["not a number"], [GOOD]),
        rows("arabic.csv", "digits of another script", two("١٢"), [(3, "value")], ["not a number"], [GOOD]),
        rows("fraction.csv", "a fraction", two("½"), [(3, "value")], ["not a number"], [GOOD]),
    ]


def percent_and_currency() -> list[Case]:
    """Signs that stand beside a number."""
    return [
        accept("percent.csv", "as declared", one("12.5%"), _value(12.5), unit="%"),
        accept("percent_spaced.csv", "with a space", one("12 %"), _value(12), unit="%"),
        accept(
            "percent_some.csv",
            "on some rows",
            f"{HEADER}aurora,2025-04,12%\nbruma,2025-04,3\n",
            [*_value(12), ("bruma", "2025-04", 3)],
            unit="%",
        ),
        rows("percent_undeclared.csv", "named with the cure", two("12%"), [(3, "value")], ["percent sign", 'unit: "%"'], [GOOD]),
        rows("per_mille.csv", "another sign", one("12‰"), [(2, "value")], ["not a number"], unit="%"),
        rows("dollar.csv", "a currency", two("$12"), [(3, "value")], ["not a number"], [GOOD]),
        rows("euro_after.csv", "a currency after the number", two("12 €"), [(3, "value")], ["not a number"], [GOOD]),
        rows("unit.csv", "a unit after the number", two("12 km"), [(3, "value")], ["not a number"], [GOOD]),
        rows("millions.csv", "a word of size", two("1.2M"), [(3, "value")], ["not a number"], [GOOD]),
    ]


def missing_marks() -> list[Case]:
    """What stands for a value that is not there."""
    marks = ["<5", "< 5", "*", "n.d.", "-", "..", "N/A", "s/d", "—"]
    usual = [
        rows(
            f"usual_{number}.csv",
            f"{mark} undeclared is named with the cure",
            two(mark),
            [(3, "value")],
            ["usually marks a missing value", "nulls"],
            [GOOD],
        )
        for number, mark in enumerate(marks)
    ]
    declared = [
        accept(f"declared_{number}.csv", f"{mark} as declared", one(mark), _value(mark), nulls=["<#", "< #", *marks[2:]])
        for number, mark in enumerate(marks)
    ]
    return [
        *usual,
        *declared,
        accept("empty.csv", "an empty cell", one(""), _value("empty")),
        accept("blank.csv", "a cell of spaces", one("  "), _value("empty")),
        accept("code.csv", "a number that means missing", one("-999"), _value("-999"), nulls=["-999"]),
        accept("between.csv", "a bound with decimals", one("<0.5"), _value("<0.5"), nulls=["<#"]),
        rows("bound_only.csv", "the declared bound is not another", one(">5"), [(2, "value")], ["usually marks"], nulls=["<#"]),
        rows("letter_after.csv", "a number with a footnote's letter", two("12a"), [(3, "value")], ["not a number"], [GOOD]),
        rows("star_after.csv", "a number with a footnote's star", two("12*"), [(3, "value")], ["not a number"], [GOOD]),
    ]


CLASSES = {
    "decimal marks": decimal_marks,
    "thousands": thousands,
    "signs and exponents": signs_and_exponents,
    "percent and currency": percent_and_currency,
    "marks of what is missing": missing_marks,
}
