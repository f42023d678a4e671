"""How a file writes its periods: years, months, quarters and days in words or digits, and what of it must be asked."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data.month_names import month_number
from data.problems import N_
from data.proposal.said import Option, Question, Remark

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_SHORT = r"(?P<year>(?:19|20|21)\d\d|\d\d)"
_BETWEEN = r"(?:\s+(?:de|del|of)\s+|[\s\-/._']*)"
_PART = r"(?P<part>[1-4]|i{1,3}|iv)"
FORMS: dict[str, tuple[re.Pattern[str], ...]] = {
    kind: tuple(re.compile(form, re.IGNORECASE) for form in forms)
    for kind, forms in {
        "year": (r"(?:año|year|ejercicio)?\s*" + _YEAR + r"(?:\.0)?",),
        "fiscal": (_YEAR + r"\s?[-/–]\s?(?P<next>\d{4}|\d\d)", r"fy ?" + _YEAR),
        "month": (_YEAR + r"[-/](?P<part>0?[1-9]|1[0-2])", _YEAR + r"m(?P<part>0?[1-9]|1[0-2])", r"(?P<part>0?[1-9]|1[0-2])[-/]" + _YEAR),
        "named": (rf"(?P<name>[^\W\d_]+\.?){_BETWEEN}{_SHORT}", rf"{_YEAR}{_BETWEEN}(?P<name>[^\W\d_]+\.?)"),
        "quarter": (
            rf"{_YEAR}[-\s/]?[qt]\.?\s?{_PART}",
            rf"[qt]\.?\s?{_PART}{_BETWEEN}{_SHORT}",
            rf"{_PART}\.?[ºo°]?\s?(?:[qt]|trim(?:estre)?\.?|quarter){_BETWEEN}{_SHORT}",
        ),
        "half": (
            rf"{_YEAR}[-\s/]?[hs]\.?\s?(?P<part>[12])",
            rf"[hs]\.?\s?(?P<part>[12]){_BETWEEN}{_SHORT}",
            rf"(?P<part>[12]|ii?)\.?[ºo°]?\s?(?:[hs]|sem(?:estre)?\.?|half){_BETWEEN}{_SHORT}",
        ),
        "week": (_YEAR + r"-?w(?P<part>0[1-9]|[1-4]\d|5[0-3])",),
        "day": (
            r"(?P<year>(?:19|20|21)\d\d)-\d\d-\d\d(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?",
            r"(?P<year>(?:19|20|21)\d\d)/\d{1,2}/\d{1,2}",
        ),
        "date": (
            r"\d{1,2}([/.\-])\d{1,2}\1(?:\d{4}|\d\d)(?: \d{1,2}:\d\d(?::\d\d)?)?",
            r"(?:19|20|21)\d\d([/.])\d{1,2}\1\d{1,2}(?: \d{1,2}:\d\d(?::\d\d)?)?",
        ),
    }.items()
}
SHORT = re.compile(r"(?P<name>[^\W\d_]+\.?)(?P<mark>[-/ ])(?P<year>\d\d)")
"""A month's name and two digits."""
ORDERS = {
    "%d/%m/%Y": N_("The day comes first, then the month"),
    "%m/%d/%Y": N_("The month comes first, then the day"),
    "%y/%m/%d": N_("The year comes first, then the month"),
}


def kind(text: str) -> str | None:
    """What kind of period a text is: year, fiscal, month, named (a month by its name), quarter, half, week, day, date."""
    return next((name for name in FORMS if _fits(text, name)), None)


def month_of(text: str) -> int | None:
    """The number of a month that is named without its year."""
    return month_number(text.strip())


def meaning(text: str, year: str | int | None = None, form: str | None = None) -> str | None:
    """The period as a source declares it: 2024, 2018/19, 2024-01, 2024-Q1; None where it is none, or something is to be asked.

    A month without its year is of the `year` given, a date in digits in the format `form`.
    """
    if month := month_of(text):
        return None if year is None else f"{year}-{month:02}"
    found, name = next(((found, name) for name in FORMS if (found := _fits(text, name))), (None, ""))
    if not found:
        return None
    if name == "date":
        day = _day(text, form) if form else None
        return day.date().isoformat() if day else None
    if name == "day":
        return "-".join(f"{int(part):02}" for part in re.split("[-/]", text[:10]))
    said = found.groupdict()
    return _written(name, _full(said["year"]), said)


def fiscal(texts: Sequence[str], given: Mapping[str, Any]) -> Question | None:
    """2018/19 is a year that begins in some month, which the file does not say."""
    years = [text for text in texts if _is_fiscal(text)]
    if not years or len(years) < len([text for text in texts if text]):
        return None
    example = years[0]
    names = (
        N_("January: these are months, not years"),
        *(N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"), N_("October")),
        *(N_("November"), N_("December")),
    )
    could_be_months = all(_fits(text, "month") for text in years)
    options = tuple(
        Option(number, label, {}, ((example, _span(example, number)),))
        for number, label in enumerate(names, start=1)
        if number > 1 or could_be_months
    )
    message = N_("{example} is a fiscal year: in which month does it begin?")
    return Question("fiscal_year_starts", message, {"example": example}, options, answer=given.get("fiscal_year_starts"))


def order(texts: Sequence[str], given: Mapping[str, Any]) -> tuple[str | None, list[Remark], list[Question]]:
    """The format of dates in digits: proposed where every other order is impossible, asked otherwise."""
    written = [text for text in texts if text]
    if short := [text for text in written if SHORT.fullmatch(text) and kind(text) == "named"]:
        return _short(short, given)
    if not written or not all(kind(text) == "date" or re.fullmatch(r"\d{8}", text) for text in written):
        return given.get("date_format"), [], []
    fitting = [form for form in _formats(written[0]) if all(_day(text, form) for text in written)]
    if len(fitting) == 1:
        decisive = next((text for text in written if len([form for form in _formats(text) if _day(text, form)]) == 1), written[0])
        message = N_("dates are written as {format}: {example} cannot be read otherwise")
        remarks = [Remark(message, {"format": fitting[0], "example": decisive}), *_two_digits(fitting[0])]
        return given.get("date_format", fitting[0]), remarks, []
    answer = given.get("date_format")
    forms = fitting or _formats(written[0])
    if not forms:
        return answer, [], []
    options = tuple(_order_option(form, written) for form in forms)
    message = (
        N_("{example}: does the day come first, or the month?")
        if fitting
        else N_("Some dates have the day first and others the month: which one is right?")
    )
    return answer, _two_digits(str(answer)), [Question("date_format", message, {"example": written[0]}, options, answer=answer)]


def _short(texts: Sequence[str], given: Mapping[str, Any]) -> tuple[str | None, list[Remark], list[Question]]:
    """Jan-24 may be a month of 2024 or a day of any January: several months with one number tell, and numbers that no month has."""
    found = [match for text in texts if (match := SHORT.fullmatch(text))]
    form = f"%b{found[0]['mark']}%y"
    years, months = {int(match["year"]) for match in found}, {month_number(match["name"]) for match in found}
    values = {"format": form, "example": texts[0], "year": _full(found[0]["year"])}
    if len(months) > len(years) or max(years) > 31:
        message = N_("in {example} the number is the year {year}: other months have the same, or no month has so many days")
        return given.get("date_format", form), [Remark(message, values), *_two_digits(form)], []
    option = Option(form, N_("The number is a year"), values, ((texts[0], meaning(texts[0]) or ""),))
    question = N_("{example}: is the number a year, or a day? A day needs its year written beside it")
    return given.get("date_format"), [], [Question("date_format", question, values, (option,), answer=given.get("date_format"))]


def _two_digits(form: str) -> list[Remark]:
    return [Remark(N_("years have two digits: 69 to 99 are read as 1969 to 1999"))] if "%y" in form else []


def _order_option(form: str, texts: Sequence[str]) -> Option:
    plain = re.sub(r"[.\-]", "/", form.partition(" ")[0])
    label = ORDERS.get(plain.replace("%y", "%Y") if not plain.startswith("%y") else plain, N_("Written as {format}"))
    examples = tuple((text, day.date().isoformat()) for text in texts[:3] if (day := _day(text, form)))
    return Option(form, label, {"format": form}, examples)


def _fits(text: str, name: str) -> re.Match[str] | None:
    found = next((match for form in FORMS[name] if (match := form.fullmatch(text.strip()))), None)
    if found and name == "named" and month_number(found["name"]) is None:
        return None
    if found and name == "fiscal" and not _is_fiscal(text):
        return None
    return found


def _is_fiscal(text: str) -> bool:
    if FORMS["fiscal"][1].fullmatch(text.strip()):
        return True
    found = FORMS["fiscal"][0].fullmatch(text.strip())
    return bool(found) and found["next"] in (str(int(found["year"]) + 1), str(int(found["year"]) + 1)[2:])


def _full(year: str) -> str:
    """Years of two digits as dates have them: 69 to 99 are of the last century."""
    if len(year) == 4:
        return year
    return f"19{year}" if int(year) >= 69 else f"20{year}"


def _written(name: str, year: str, said: Mapping[str, str]) -> str:
    if name == "year":
        return year
    if name == "fiscal":
        return f"{year}/{said['next'][-2:]}" if said.get("next") else f"FY{year}"
    if name == "named":
        return f"{year}-{month_number(said['name']):02}"
    part = ROMAN.get(said["part"].casefold()) or int(said["part"])
    return {"month": f"{year}-{part:02}", "quarter": f"{year}-Q{part}", "half": f"{year}-H{part}", "week": f"{year}-W{part:02}"}[name]


def _span(text: str, starts: int) -> str:
    if starts == 1:
        return text.replace("/", "-")
    found = FORMS["fiscal"][0].fullmatch(text.strip())
    year = int(found["year"]) if found else int(text[-4:]) - 1
    return f"{year}-{starts:02} – {year + 1}-{starts - 1:02}"


def _formats(text: str) -> list[str]:
    """The formats in which a date in digits may be written."""
    if re.fullmatch(r"\d{8}", text):
        return ["%Y%m%d", "%d%m%Y", "%m%d%Y"]
    marks = re.match(r"\d+([/.\-])", text)
    if not marks:
        return []
    mark, time = marks[1], text.partition(" ")[2]
    ending = {0: "", 1: " %H:%M", 2: " %H:%M:%S"}[time.count(":")]
    plain = ("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%y/%m/%d")
    return [form.replace("/", mark) + ending for form in plain]


def _day(text: str, form: str) -> datetime | None:
    try:
        found = datetime.strptime(text, form)
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None
