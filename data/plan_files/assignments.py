"""A table that says of each action who answers for it, of which commitment type it is, and when its stages are due."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from data.ingest.fault import Fault
from data.ingest.names import Register
from data.plan_files import days
from data.plan_files.cells import Row, Table, grids
from data.plans.assigning import Assignment
from data.plans.ladder import Ladder
from data.problems import N_, Problem, Refused

COLUMNS = ("key", "area", "owner", "commitment_type", "stage", "due")


@dataclass(frozen=True)
class Known:
    """What cells may say: keys of the plan's nodes, areas, posts by their labels, commitment types by their ids."""

    keys: Mapping[str, int]
    areas: Register
    posts: Mapping[str, int]
    ladders: Mapping[str, Ladder]


def read(path: Path, name: str, known: Known) -> list[Assignment]:
    """What each action gets, by all its rows. Raises Refused with every problem."""
    table = Table(grids(path, name, {})[0])
    line, values = table.head[-1].line, {"columns": ", ".join(COLUMNS)}
    hint = N_("the columns are {columns}")
    strange = [column for column in table.place if column not in COLUMNS]
    problems = [Problem(N_("this column is not known"), hint, name, line, column, values=values) for column in strange]
    if "key" not in table.place:
        problems.append(Problem(N_("there is no column `key`"), hint, name, line, "key", values=values))
        raise Refused(problems)
    reader = _Reader(table, known)
    for row in table.rows:
        if any(cell.strip() for cell in row.cells):
            reader.add(row)
    problems += [*table.ragged(), *reader.problems]
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.line or 0))
    return list(reader.found.values())


@dataclass
class _Reader:
    table: Table
    known: Known
    found: dict[int, Assignment] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: Row) -> None:
        number = self.known.keys.get(self._text(row, "key"))
        if number is None:
            values = {"key": self._text(row, "key")[:80] or "-"}
            self._problem(row, "key", Fault(N_("{key} is not in the plan"), N_("write the key of an action, as the plan has it"), values))
            return
        before = self.found.get(number, Assignment(number, line=row.line))
        told = {"area": self._area(row), "owner": self._owner(row), "ladder": self._ladder(row, before)}
        said = {name: value for name, value in told.items() if value is not None}
        self.found[number] = replace(before, **said, due={**before.due, **self._due(row)})

    def _area(self, row: Row) -> str | None:
        text = self._text(row, "area")
        return self._checked(row, "area", self.known.areas.find(text)) if text else None

    def _owner(self, row: Row) -> int | None:
        text = self._text(row, "owner")
        if text and text not in self.known.posts:
            hint = N_("make it first: `python -m data people FILE`")
            self._problem(row, "owner", Fault(N_("there is no post {found!r}"), hint, {"found": text[:80]}))
        return self.known.posts.get(text)

    def _ladder(self, row: Row, before: Assignment) -> Ladder | None:
        text = self._text(row, "commitment_type")
        if not text:
            return None
        if text not in self.known.ladders:
            values = {"found": text[:60], "known": ", ".join(self.known.ladders) or "-"}
            self._problem(row, "commitment_type", Fault(N_("{found} is no commitment type"), N_("write one of: {known}"), values))
        elif before.ladder and before.ladder.id != text:
            self._problem(row, "commitment_type", Fault(N_("the action has another commitment type above"), N_("leave one of them")))
        return self.known.ladders.get(text)

    def _due(self, row: Row) -> dict[str, date]:
        stage, text = self._text(row, "stage"), self._text(row, "due")
        if bool(stage) != bool(text):
            self._problem(row, "due", Fault(N_("a stage and its day go together"), N_("write both, or neither")))
        found = self._checked(row, "due", days.day(text)) if stage and text else None
        return {stage: found} if found else {}

    def _checked(self, row: Row, column: str, found: Any) -> Any:
        if isinstance(found, Fault):
            self._problem(row, column, found)
            return None
        return found

    def _text(self, row: Row, column: str) -> str:
        at = self.table.place.get(column)
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def _problem(self, row: Row, column: str, fault: Fault) -> None:
        self.problems.append(Problem(fault.message, fault.hint, self.table.name, row.line, column, values=fault.values))
