"""Reads a roll-up's two files, the city's own or those that come with the program, and checks the one against the other."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from data.definitions import Definitions, at, unknown
from data.home import REPOSITORY, Home
from data.located import near
from data.model import read_model
from data.problems import N_, Problem, Refused
from data.rollup.declaration import DATE_CODES, Declaration
from data.rollup.statement import Statement, check
from data.yaml_file import Document, read_yaml

CITY = "city"
"""The parameter that every roll-up has: the id of the city's own place."""


@dataclass(frozen=True, eq=False)
class Rollup:
    """One roll-up, both of its files read and sound."""

    name: str
    declaration: Declaration
    document: Document
    sql: str
    sql_path: str
    parameters: dict[str, float | str]
    """The values of what the SQL writes as $name."""

    @property
    def fingerprint(self) -> str:
        """Changes with anything that could change a result, the events apart."""
        told = self.declaration.model_dump_json(exclude={"events": {"path"}})
        return hashlib.sha256("\n".join([told, self.sql, str(sorted(self.parameters.items()))]).encode()).hexdigest()


def names(home: Home) -> list[str]:
    """The roll-ups there are, the city's own and those that come with the program."""
    return sorted({path.stem for folder in _folders(home) for path in folder.glob("*.yaml")})


def read(name: str, home: Home, definitions: Definitions) -> Rollup:
    """The roll-up of this name. Raises Refused with every problem of its two files."""
    yaml_path = _path(home, f"{name}.yaml")
    if name not in names(home) or yaml_path is None:
        values = {"name": name, "known": ", ".join(names(home)), "near": near(name, names(home))}
        raise Refused([Problem("{name!r} is not a roll-up", "choose one of: {known}; or write data/rollups/{name}.yaml", values=values)])
    document = read_yaml(yaml_path, home.short(yaml_path))
    declaration: Declaration = read_model(Declaration, document)
    sql, sql_path, statement, problems = _statement(declaration.sql or name, home, document)
    problems += _problems(declaration, definitions, document)
    parameters = {CITY: definitions.city.place, **declaration.parameters}
    if statement:
        problems += _parameter_problems(statement, declaration, document, sql_path)
        parameters = {key: value for key, value in parameters.items() if key in statement.parameters}
    if problems:
        raise Refused(problems)
    return Rollup(name, declaration, document, sql, sql_path, parameters)


def _folders(home: Home) -> tuple[Path, ...]:
    return home.rollups, Home(REPOSITORY).rollups


def _path(home: Home, file: str) -> Path | None:
    """The city's own file, or the program's."""
    return next((folder / file for folder in _folders(home) if (folder / file).is_file()), None)


def _statement(name: str, home: Home, document: Document) -> tuple[str, str, Statement | None, list[Problem]]:
    """The SQL, what messages call its file, and what is wrong with it."""
    path = _path(home, f"{name}.sql")
    if path is None:
        problem = at(document, ("sql",), "there is no {name}.sql beside it", "write it, or name another's under `sql`", name=name)
        return "", "", None, [problem]
    shown = home.short(path)
    raw = path.read_bytes()
    try:
        sql = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", shown, None, [Problem("not UTF-8 text", "save the file as UTF-8", shown, line)]
    statement, problems = check(sql, shown)
    return sql, shown, statement, problems


def _problems(told: Declaration, definitions: Definitions, document: Document) -> Iterator[Problem]:
    for name, indicator in told.indicators.items():
        if indicator not in definitions.indicator:
            yield unknown(document, ("indicators", name), "indicator", indicator, definitions.indicator)
    for name, place in told.names.places.items():
        if place not in definitions.place:
            yield unknown(document, ("names", "places", name), "place", place, definitions.place)
    if told.events.time_zone is not None and told.events.time_zone not in available_timezones():
        hint = N_("write it as America/Bogota or Europe/Madrid")
        yield at(document, ("events", "time_zone"), "{name!r} is not a time zone", hint, name=told.events.time_zone)
    if told.events.decimal == told.events.thousands:
        location = ("events", "thousands")
        yield at(document, location, "the decimal and the thousands mark are the same", "correct one of them")
    yield from _column_problems(told, document)
    yield from _period_problems(told, document)


def _column_problems(told: Declaration, document: Document) -> Iterator[Problem]:
    for name, column in told.columns.items():
        if column.format is not None and column.type not in ("date", "timestamp"):
            hint = N_("remove it, or declare `type: date` or `type: timestamp`")
            yield at(document, ("columns", name, "format"), "only a date or a timestamp has a format", hint)
        codes = re.findall("%.?", column.format or "")
        if unread := [code for code in codes if code not in DATE_CODES or codes.count(code) > 1]:
            hint = N_("use each of {known} once at most, and the marks between them")
            values = {"codes": ", ".join(dict.fromkeys(unread)), "known": " ".join(DATE_CODES)}
            yield at(document, ("columns", name, "format"), "the format cannot be read: {codes}", hint, **values)
        if both := sorted(set(column.true) & set(column.false)):
            yield at(
                document, ("columns", name), "{word!r} is declared with two meanings", "keep it under one of true, false", word=both[0]
            )


def _period_problems(told: Declaration, document: Document) -> Iterator[Problem]:
    if told.period is None:
        return
    column = told.columns.get(told.period.column)
    if column is None:
        yield unknown(document, ("period", "column"), "column", told.period.column, told.columns)
    elif column.type not in ("date", "timestamp") or column.column is None:
        hint = N_("name a column of the files that is a date or a timestamp")
        yield at(document, ("period", "column"), "{name!r} does not say when", hint, name=told.period.column)


def _parameter_problems(statement: Statement, told: Declaration, document: Document, sql_path: str) -> Iterator[Problem]:
    for name in sorted(statement.parameters - {CITY, *told.parameters}):
        if not name.isdigit():
            yield at(document, ("parameters",), "the SQL asks for ${name}, which has no value", "write `{name}:` here", name=name)
    for name in told.parameters:
        if name == CITY:
            yield at(document, ("parameters", name), "$city is the city's own place already", "remove it; data/city.yaml names the place")
        elif name not in statement.parameters:
            hint = N_("remove it, or correct it to what {path} writes as $name")
            yield at(document, ("parameters", name), "the SQL does not use ${name}", hint, name=name, path=sql_path)
