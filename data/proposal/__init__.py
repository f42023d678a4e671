"""Looks at a file that no source describes yet, and proposes how to read it: nothing is decided without being said.

    found = propose(path, definitions, "june.xlsx")
    found.questions            # what only a person can answer: the sheet, the period, whether 1.234 is a thousand
    found = propose(path, definitions, "june.xlsx", given={"sheet": "DATA", "period": "2018"})
    source = source_of(found, {"indicators": {"Infant mortality": "infant_mortality"}})

Everything is recognised from the texts of the file: `grid` reads them, `letters` finds encoding and delimiter, `layout` the
header and what stands around the data, `marks` and `dates` how numbers and periods are written, `roles` what each column
holds, `matches` the ids, and `compose` makes a source of it all.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data import sources
from data.definitions import Definitions
from data.ingest.table import header_problems
from data.problems import N_, Problem, Refused
from data.proposal import compose, layout, opening, questions, roles
from data.proposal.columns import columns
from data.proposal.matches import Known
from data.proposal.said import Guess, Match, Option, Proposal, Question, Remark, Role

__all__ = ["Guess", "Match", "Option", "Proposal", "Question", "Remark", "Role", "propose", "source_of"]

FIRST_ROWS = 30


def propose(path: Path, definitions: Definitions, name: str, *, given: Mapping[str, Any] = {}) -> Proposal:
    """How the file could be read; `name` is what messages call it (its ending counts, not the path's).

    `given` is what a person has declared so far, and comes before what the file seems to say:
        the keys of the questions (sheet, encoding, delimiter, open_end, decimal, date_format, fiscal_year_starts, year, period,
        place, indicator, value, nulls, fill_down), and header_row, header_rows, rows_below_header, footnotes, thousands, unit;
        roles: {column: role}, where several columns of a place, an indicator or a period are joined in this order;
        leave_out: {column: texts}, beside those that are proposed;
        places, indicators: {text of the file: id}, the id may be one that is still to be defined.
    Never raises for what is in the file: `problems` says what stands in the way.
    """
    try:
        opened = opening.look(path, name, given)
    except Refused as refused:
        return Proposal(sources.Mapping(), problems=tuple(refused.problems))
    if opened.grid is None:
        return Proposal(opened.source, opened.sheets, questions=opened.questions, remarks=opened.remarks)
    found = layout.find(opened.grid, given, name)
    shown = tuple(opened.grid.rows[:FIRST_ROWS])
    if isinstance(found, Problem):
        return Proposal(opened.source, opened.sheets, shown, questions=opened.questions, remarks=opened.remarks, problems=(found,))
    return _proposal(opened, found, definitions, name, given)


def source_of(proposal: Proposal, choices: Mapping[str, Any]) -> sources.Mapping:
    """The proposal's source with the choices that need no second look at the file.

    choices: id, name (of the source); place, indicator, period (of the whole file); places, indicators: {text: id}.
    A text that gets an id here needs none in `given`, and the other way round.
    """
    matches = {"places": proposal.places, "indicators": proposal.indicators}
    source = compose.with_ids(proposal.source, proposal.kind, matches, choices)
    whole = {part: choices[part] for part in ("place", "indicator", "period") if choices.get(part) is not None}
    named = {part: choices[part] for part in ("id", "name") if choices.get(part)}
    return source.model_copy(update={**named, "all": source.all.model_copy(update=whole)})


def _proposal(opened: opening.Opened, found: layout.Layout, definitions: Definitions, name: str, given: Mapping[str, Any]) -> Proposal:
    assert opened.grid is not None
    places = Known("place", definitions.places, given.get("places", {}))
    indicators = Known("indicator", definitions.indicators, given.get("indicators", {}))
    part = roles.find(columns(found, opened.grid), places, indicators, given)
    asked = questions.ask(part, found, opened, definitions, indicators, name, given)
    matches = {"places": questions.matches(part, "place", places), "indicators": questions.matches(part, "indicator", indicators)}
    source = compose.source(opened.source, found, part, asked, matches)
    problems = header_problems(found.header, source, name, list) or _unreadable(part, name)
    return Proposal(
        source,
        opened.sheets,
        tuple(opened.grid.rows[:FIRST_ROWS]),
        tuple(part.guesses[column.at] for column in part.columns),
        (*opened.questions, *asked.questions),
        (*opened.remarks, *found.remarks, *asked.remarks),
        matches["places"],
        matches["indicators"],
        tuple(problems),
        part.kind,
    )


def _unreadable(part: roles.Roles, name: str) -> list[Problem]:
    """What no source could declare."""
    if parted := roles.parted_period(part):
        year, month = (column.name for column in parted)
        hint = N_("write both in one column, as 2024-01 or 2024-Q1")
        return [
            Problem("the period stands in two columns, {year} and {part}", hint, name, column=month, values={"year": year, "part": month})
        ]
    if part.of("value") or part.of("wide") or part.rivals:
        return []
    return [Problem("no column could hold values", "check that the whole table was exported", name)]
