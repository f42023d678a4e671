"""What one of the two databases would refuse is refused for both: SQLite takes texts and numbers of any size, PostgreSQL does not."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Integer, String, Table

from data.problems import N_, Problem, Refused

LARGEST = 2**31 - 1
"""What an Integer holds."""


def require_fits(table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raises Refused where a value of a row does not fit its column."""
    texts, numbers = _limits(table)
    problems = [problem for row in rows for name, value in row.items() for problem in _problems(table, name, value, texts, numbers)]
    if problems:
        raise Refused(problems)


def _problems(table: Table, name: str, value: Any, texts: Mapping[str, int | None], numbers: frozenset[str]) -> Iterable[Problem]:
    if isinstance(value, str) and name in texts:
        most = texts[name]
        if "\0" in value:
            yield Problem(
                N_("{name} holds a character that cannot be kept"), N_("type the text again"), values={"name": f"{table.name}.{name}"}
            )
        if most is not None and len(value) > most:
            values = {"name": f"{table.name}.{name}", "found": len(value), "most": most}
            yield Problem(N_("{name} has {found} letters, and {most} are kept at most"), N_("shorten it"), values=values)
    elif isinstance(value, int) and name in numbers and abs(value) > LARGEST:
        yield Problem(N_("{name} is too large a number"), N_("correct it"), values={"name": f"{table.name}.{name}"})


@cache
def _limits(table: Table) -> tuple[dict[str, int | None], frozenset[str]]:
    """The columns of text with the most letters each may hold, and those of whole numbers."""
    texts = {column.name: column.type.length for column in table.columns if isinstance(column.type, String)}
    return texts, frozenset(column.name for column in table.columns if isinstance(column.type, Integer))
