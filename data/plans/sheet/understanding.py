"""What the rows of a sheet say of an area's actions, and everything that is wrong with them: row, column and cure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from data.plans import typed
from data.plans.checking import Found
from data.plans.comparing import Held, Values, tidy
from data.plans.sheet.reading import Line, Sheet
from data.problems import N_, Problem, Refused

Read = TypeVar("Read")
NAMED = 8
"""Actions that are listed where many are missing."""


@dataclass(frozen=True)
class Received:
    """What is understood of a sheet: values and versions by action, the row of each, and what is wrong with rows, or worth saying."""

    values: Mapping[int, Values] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    found: tuple[Found, ...] = ()


def understand(sheet: Sheet, held: Mapping[int, Held], elsewhere: Collection[int]) -> Received:
    """The rows of a sheet as values, by action; `held` are the area's own actions, `elsewhere` ids of actions of other areas.

    A row with anything wrong is left out whole, and said; so are actions that have no row.
    """
    reading = _Reading(sheet, held, elsewhere)
    for line in sheet.lines:
        reading.take(line)
    reading.say_missing()
    broken = {problem.line for problem in sheet.faults}
    good = {node: said for node, said in reading.values.items() if reading.rows[node] not in broken and node not in reading.twice}
    return Received(good, reading.versions, reading.rows, (*map(Found, sheet.faults), *reading.found))


class _Reading:
    """Goes through the rows of one sheet."""

    def __init__(self, sheet: Sheet, held: Mapping[int, Held], elsewhere: Collection[int]) -> None:
        self.sheet, self.held, self.elsewhere = sheet, held, elsewhere
        self.values: dict[int, Values] = {}
        self.versions: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.twice: set[int] = set()
        self.found: list[Found] = []

    def take(self, line: Line) -> None:
        node = self._node(line)
        if node is None:
            return
        self.rows[node] = line.number
        version = _whole(line.cells["version"])
        if version is None or not 1 <= version <= self.held[node].version:
            hint = N_("download the sheet again and copy your cells over")
            self._refuse(line, "version", N_("the hidden column says another version than was sent out: {found}"), hint,
                         found=line.cells["version"] or "-")  # fmt: skip
            return
        values = self._values(line, self.held[node].values.declared)
        if values is not None:
            self.values[node], self.versions[node] = values, version

    def say_missing(self) -> None:
        missing = [action.key for node, action in self.held.items() if node not in self.rows]
        if missing:
            keys = ", ".join(missing[:NAMED]) + (" ..." if len(missing) > NAMED else "")
            message, hint = N_("{count} actions of the area have no row: {keys}"), N_("they stay as they are")
            self.found.append(Found(Problem(message, hint, self.sheet.file, values={"count": len(missing), "keys": keys}), refuses=False))

    def _node(self, line: Line) -> int | None:
        """The action that a row is about; None where it is none of the area's, or the row does not say which."""
        said, node = line.cells["id"], _whole(line.cells["id"])
        again = N_("undo the change of the grey columns, or download the sheet again and copy your cells over")
        if not said:
            hint = N_("remove the row: an action is added to the plan by a decision")
            return self._refuse(line, "id", N_("this row was added: it names no action of the sheet"), hint)
        if node in self.elsewhere:
            hint = N_("remove the row: its own area reports it")
            return self._refuse(line, "id", N_("{key} is an action of another area"), hint, key=line.cells["key"] or said)
        if node is None or node not in self.held:
            return self._refuse(line, "id", N_("there is no action with the id {found}"), again, found=said[:60])
        if line.cells["key"] != self.held[node].key.strip():
            values = {"found": line.cells["key"][:60] or "-", "key": self.held[node].key}
            return self._refuse(line, "key", N_("the id and the number do not belong together: {found} instead of {key}"), again, **values)
        if node in self.rows:
            self.twice.add(node)
            hint = N_("keep one of the two rows")
            return self._refuse(line, "id", N_("{key} stands in row {row} too"), hint, key=self.held[node].key, row=self.rows[node])
        return node

    def _values(self, line: Line, shown: float | None) -> Values | None:
        before, said = len(self.found), line.cells
        declared = self._understood(line, "declared", lambda: typed.percent(said["declared"], shown))
        status = self._understood(line, "status", lambda: typed.status(said["status"], self._words()))
        if any(found.refuses for found in self.found[before:]):
            return None
        if not typed.is_plain(said["declared"]):
            problem = Problem(N_("{found!r} is a text"), N_("it is read as {value:g}"), self.sheet.file, line.number,
                              self.sheet.wording.titles["declared"], values={"found": said["declared"], "value": declared})  # fmt: skip
            self.found.append(Found(problem, refuses=False))
        return Values(declared, status, tidy(said["said"]), tidy(said["reason"]))

    def _understood(self, line: Line, column: str, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except Refused as refused:
            for problem in refused.problems:
                self._refuse(line, column, problem.message, problem.hint, **problem.values)
            return None

    def _words(self) -> dict[str, str]:
        return {word: status for status, word in self.sheet.wording.statuses.items()}

    def _refuse(self, line: Line, column: str, message: str, hint: str, **values: object) -> None:
        title = self.sheet.wording.titles[column]
        self.found.append(Found(Problem(message, hint, self.sheet.file, line.number, title, values=values)))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
