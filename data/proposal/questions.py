"""What the columns leave open: the marks, the dates, the period, place and indicator of the whole file, and odd texts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from data.definitions import Definitions
from data.ingest.missing import usual
from data.problems import N_
from data.proposal import dates, marks
from data.proposal.columns import Column
from data.proposal.layout import Layout
from data.proposal.matches import Known
from data.proposal.opening import Opened
from data.proposal.roles import JOINED, WORDS, Roles
from data.proposal.said import Match, Option, Question, Remark

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHOWN = 5
"""Texts that a sentence names."""


@dataclass(frozen=True)
class Asked:
    """What was found about numbers and periods, and what is asked about them and the whole file."""

    marks: marks.Marks
    date_format: str | None
    nulls: tuple[str, ...]
    fill_down: tuple[str, ...]
    questions: tuple[Question, ...]
    remarks: tuple[Remark, ...]


def ask(roles: Roles, layout: Layout, opened: Opened, definitions: Definitions, known: Known, name: str, given: Mapping[str, Any]) -> Asked:
    """Everything that is to be asked; `known` are the indicators."""
    numbers = _numbers(roles)
    found = marks.find({text: line for column in reversed(numbers) for text, line in column.numbers.items()}, given)
    periods = _period_texts(roles)
    date_format, date_remarks, date_questions = dates.order(periods, given)
    nulls, null_remarks, null_questions = _nulls(roles, numbers, given)
    fill_down, fill_questions = _fill_down(roles, given)
    questions = [
        *_year(roles, layout, opened, name, given),
        *_value(roles, given),
        *found.questions,
        *date_questions,
        *filter(None, [dates.fiscal(periods, given)]),
        *_whole(roles, layout, opened, definitions, known, name, given),
        *null_questions,
        *fill_questions,
    ]
    remarks = (*_left_out(roles), *_wholes(roles), *found.remarks, *date_remarks, *null_remarks)
    return Asked(found, date_format, nulls, fill_down, tuple(questions), remarks)


def matches(roles: Roles, part: Literal["place", "indicator"], known: Known) -> tuple[Match, ...]:
    """The texts of the file for places or indicators: those of the one column, or the names of the wide ones."""
    if roles.kind == f"{part}s":
        wide = roles.of("wide")
        return known.matches({column.name: sum(column.said.values()) for column in wide}, {column.name: column.unit for column in wide})
    column = roles.whole(part)
    return known.matches(_read(roles, column), _units(roles, column) if part == "indicator" else {}) if column else ()


def _numbers(roles: Roles) -> list[Column]:
    """The columns in which numbers are read."""
    return [column for role in ("value", "wide", "numerator", "denominator") for column in roles.of(role)]  # type: ignore[arg-type]


def _period_texts(roles: Roles) -> list[str]:
    if roles.kind == "periods":
        wide = [guess for guess in roles.guesses.values() if guess.role == "wide"]
        in_digits = [guess.name for guess in wide if dates.kind(guess.name) == "date"]
        return in_digits or [guess.meaning for guess in wide if guess.meaning]
    column = roles.whole("period")
    return list(_read(roles, column)) if column else []


def _read(roles: Roles, column: Column) -> Counter[str]:
    """The different texts on the lines that are read, with how often each stands there."""
    gone = _lines_left_out(roles)
    return Counter(text for line, text in zip(column.lines, column.texts, strict=True) if text and line not in gone)


def _units(roles: Roles, indicator: Column) -> dict[str, str | None]:
    """The unit that a column of units says beside each indicator."""
    said = next((column for column in roles.columns if column.words & WORDS["unit"] and not column.numeric), None)
    pairs = zip(indicator.texts, said.texts, strict=True) if said else ()
    return {text: unit for text, unit in pairs if unit}


def _nulls(roles: Roles, numbers: Sequence[Column], given: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Remark], list[Question]]:
    """Texts that mean a missing value, and those of which only a person knows what they mean."""
    gone = _lines_left_out(roles)
    missing = tuple(dict.fromkeys(text for column in numbers for text in column.missing if _stands(column, text, gone)))
    odd = tuple(dict.fromkeys(text for column in numbers for text in column.odd if _stands(column, text, gone)))
    message = N_("{text!r} means that a value is missing (cells: {count}); the text is kept as the reason")
    remarks = [
        Remark(message, {"text": text, "count": sum(column.said[text] for column in numbers)}, _line(numbers, text)) for text in missing
    ]
    nulls = tuple(dict.fromkeys(usual(text) or text for text in missing))
    if not odd:
        return nulls, remarks, []
    answer = given.get("nulls")
    options = (
        Option(odd, N_("They mean that the value is missing"), {}, tuple((text, "") for text in odd[:SHOWN])),
        Option((), N_("They are mistakes: their lines are refused")),
    )
    question = N_("{texts} stand where numbers should be: what do they mean?")
    shown = ", ".join(repr(text[:40]) for text in odd[:SHOWN]) + (", ..." if len(odd) > SHOWN else "")
    nulls = tuple(dict.fromkeys([*nulls, *(answer or ())]))
    return nulls, remarks, [Question("nulls", question, {"texts": shown}, options, answer=None if answer is None else tuple(answer))]


def _lines_left_out(roles: Roles) -> frozenset[int]:
    gone: set[int] = set()
    for column in roles.columns:
        if texts := roles.leave_out.get(column.name):
            gone |= {line for line, text in zip(column.lines, column.texts, strict=True) if text in texts}
    return frozenset(gone)


def _stands(column: Column, text: str, gone: frozenset[int]) -> bool:
    """The text stands on a line that is read."""
    if column.first.get(text) not in gone:
        return True
    return any(cell == text and line not in gone for line, cell in zip(column.lines, column.texts, strict=True))


def _line(numbers: Sequence[Column], text: str) -> int:
    return min(column.first[text] for column in numbers if text in column.first)


def _left_out(roles: Roles) -> list[Remark]:
    total = N_("lines where {column} is {text!r} are left out: they would count everything twice")
    header = N_("lines that repeat the header are left out")
    return [
        Remark(header if text == column else total, {"column": column, "text": text})
        for column, texts in roles.leave_out.items()
        for text in texts
    ]


def _wholes(roles: Roles) -> list[Remark]:
    message = N_("{text!r} among the segments means all of them")
    return [Remark(message, {"text": text}) for text in roles.wholes]


def _fill_down(roles: Roles, given: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Question]]:
    """Names that stand only on the first line of their group: empty cells below may say the same, as merged ones do."""
    gone = _lines_left_out(roles)
    named = [column for role in JOINED for column in roles.of(role)]
    holes = [column for column in named if _has_holes(column, gone)]
    if not holes:
        return (), []
    names = tuple(column.name for column in holes)
    column = holes[0]
    at = next(at for at, text in enumerate(column.texts) if not text and column.lines[at] not in gone and any(column.texts[:at]))
    above = next(text for text in reversed(column.texts[:at]) if text)
    values = {"columns": ", ".join(names), "line": column.lines[at], "above": above}
    alone = any(holed in roles.of(role) and len(roles.of(role)) > 1 for holed in holes for role in JOINED)
    no = N_("They say nothing: the column they are joined with is enough") if alone else N_("They are empty: their lines are refused")
    options = (Option("yes", N_("Each says what the cell above it says"), {}, (("", above),)), Option("no", no))
    answer = given.get("fill_down")
    question = Question(
        "fill_down", N_("Cells of {columns} are empty, first on line {line}: what do they mean?"), values, options, answer=answer
    )
    return names if answer == "yes" else (), [question]


def _has_holes(column: Column, gone: frozenset[int]) -> bool:
    """Some line that is read has no text in it, below one that has."""
    empty = [at for at, text in enumerate(column.texts) if not text and column.lines[at] not in gone]
    return bool(empty) and any(column.texts[: empty[-1]])


def _year(roles: Roles, layout: Layout, opened: Opened, name: str, given: Mapping[str, Any]) -> list[Question]:
    """Columns that are called January, February, ... do not say of which year."""
    wide = [guess for guess in roles.guesses.values() if guess.role == "wide" and roles.kind == "periods"]
    months = [guess.name for guess in wide if dates.month_of(guess.name) and (guess.meaning is None or "year" in given)]
    if not months:
        return []
    message = N_("Columns are months, such as {example}: of which year?")
    options = _years_seen(layout, opened, name)
    return [Question("year", message, {"example": months[0]}, options, free=True, answer=given.get("year"))]


def _value(roles: Roles, given: Mapping[str, Any]) -> list[Question]:
    """Several columns of numbers in a long file: one of them holds the values."""
    if not roles.rivals:
        return []
    options = tuple(
        Option(column.name, N_("{column}"), {"column": column.name}, tuple((text, "") for text in column.examples))
        for column in roles.rivals
    )
    return [Question("value", N_("Which column holds the values?"), {}, options, answer=given.get("value"))]


def _whole(
    roles: Roles, layout: Layout, opened: Opened, definitions: Definitions, known: Known, name: str, given: Mapping[str, Any]
) -> list[Question]:
    """What no column says must be said once, for the whole file."""
    asked: list[Question] = []
    if not roles.of("place") and roles.kind != "places":
        first = definitions.city.place
        ids = [first, *(place.id for place in definitions.places if place.id != first)]
        asked.append(_of_all("place", N_("No column names a place: which one is the file about?"), ids, given))
    if not roles.of("indicator") and roles.kind != "indicators":
        near = known.near(roles.hint) if roles.hint else ()
        ids = [*near, *(found for found in known.ids if found not in near)]
        asked.append(_of_all("indicator", N_("No column names an indicator: what do the numbers measure?"), ids, given))
    if not roles.of("period") and roles.kind != "periods":
        message = N_("No column says when: of which period are the values?")
        asked.append(Question("period", message, {}, _years_seen(layout, opened, name), free=True, answer=given.get("period")))
    return asked


def _of_all(part: str, message: str, ids: Sequence[str], given: Mapping[str, Any]) -> Question:
    return Question(part, message, {}, tuple(Option(found, found) for found in ids), answer=given.get(part))


def _years_seen(layout: Layout, opened: Opened, name: str) -> tuple[Option, ...]:
    """Years that the name of the file, its title, its sheet or its header mention: to choose from, never taken by themselves."""
    titles = [str(remark.values.get("text", "")) for remark in layout.remarks]
    said = " ".join([name, str(opened.source.sheet or ""), *titles, *layout.header])
    years = sorted(set(YEAR.findall(said.replace("_", " "))))
    return tuple(Option(year, N_("{year}, which the file mentions"), {"year": year}) for year in years[:SHOWN])
