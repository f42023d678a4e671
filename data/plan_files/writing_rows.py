"""A row of a plan table written again: what was changed in Mandato in the column's own style, every other cell as it was."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.plan_files import days, numbers
from data.plan_files.cells import Row
from data.plan_files.plan_map import Budget, Worded, columns_of
from data.plan_files.reading_rows import RowReader
from data.plan_files.words import one_line
from data.plans.document import LineEntry

SIMPLE = ("weight", "beneficiaries", "latitude", "longitude")


@dataclass(frozen=True)
class Now:
    """What the records say of a row's node: its columns, the names of the nodes above it by level, its parent's key, its money."""

    node: Mapping[str, Any]
    levels: Sequence[Any] = ()
    parent: str | None = None
    lines: Sequence[Mapping[str, Any]] = ()


@dataclass
class RowWriter:
    """Writes rows of one table. `rows` are all of its rows, which show the style of each column; `samples` are used where none does."""

    reader: RowReader
    rows: Sequence[Row]
    samples: Mapping[str, str]
    words: Mapping[str, str]
    _styles: dict[str, str] = field(default_factory=dict)
    _used: dict[str, Counter[str]] | None = None

    def cells(self, row: Row, now: Now) -> tuple[str, ...]:
        """The row's cells as the node is now."""
        self.now, self.row, self.new = now, row, list(row.cells)
        was = self.reader.fields(row)
        self._levels()
        self._words(self.reader.map.name, self.reader.name_of(row), now.node["name"], name=True)
        self._words(self.reader.map.description, was.get("description"), now.node["description"])
        self._words(self.reader.map.limits, was.get("limits"), now.node["limits"])
        self._key()
        self._status(was)
        self._progress(was.get("declared"))
        self._days(was)
        self._figures(was)
        for number, budget in enumerate(self.reader.map.budget):
            self._budget(budget, number)
        return tuple(self.new)

    def level_cells(self, row: Row, levels: Sequence[Any]) -> tuple[str, ...]:
        """The cells of a row that only names levels."""
        self.now, self.row, self.new = Now({}, levels), row, list(row.cells)
        self._levels()
        return tuple(self.new)

    def set(self, column: str | None, text: str) -> None:
        at = self.reader.at.get(column) if column is not None else None
        if at is not None and at < len(self.new):
            self.new[at] = text

    def _levels(self) -> None:
        """A level that was renamed, in each row below it; one that the row leaves empty stays so, unless the row is new."""
        fresh = not any(self.row.cells)
        for level, name in zip(self.reader.map.levels, self.now.levels, strict=False):
            was = self.reader.words(self.row, level.column, one_line)
            if name is not None and was != name and (was is not None or fresh):
                self._words(level.column, was, name)

    def _words(self, said: Worded | None, was: Any, now: Any, *, name: bool = False) -> None:
        if said is None or was == now:
            return
        if name and self.reader.map.name_below and self.reader.text(self.row, self.reader.map.name_below):
            said = self.reader.map.name_below
        if isinstance(said, dict):
            for language, column in said.items():
                text = _in_language(now, language, said)
                if text != _in_language(was, language, said):
                    self.set(column, text)
        elif _plain(now) != _plain(was):
            self.set(said, _plain(now))

    def _key(self) -> None:
        if any(self.row.cells):
            return
        for column in columns_of(self.reader.map.key)[:1]:
            self.set(column, self.now.node["key"])
        self.set(self.reader.map.parent, self.now.parent or "")

    def _status(self, was: Mapping[str, Any]) -> None:
        status = self.now.node["status"]
        if was.get("status") == status:
            return
        self.set(self.reader.map.status, self.now.node["status_text"] or (self._word(status) if status else ""))

    def _word(self, status: str) -> str:
        """The file's own word for a status: the one that most of its rows use, else the format's."""
        if self._used is None:
            self._used = {}
            for row in self.rows:
                found = self.reader.fields(row)
                if found.get("status") and found.get("status_text"):
                    self._used.setdefault(found["status"], Counter())[found["status_text"]] += 1
        used = self._used.get(status)
        declared = next((word for word, means in self.reader.map.status_words.items() if means == status), None)
        return used.most_common(1)[0][0] if used else declared or self.words.get(status, status)

    def _progress(self, was: float | None) -> None:
        told, now = self.reader.map.declared, self.now.node["declared"]
        if told is None or was == now:
            return
        if told.of and told.over:
            whole = numbers.amount(self.reader.text(self.row, told.over), self.reader.marks)
            if isinstance(whole, float) and now is not None:
                self.set(told.of, numbers.written(now * whole / 100, self._style(told.of, "0")))
            return
        value = None if now is None else now / 100 if told.share else now
        sample = "0" if told.share else self.samples.get("progress", "0")
        self.set(told.column, "" if value is None else numbers.written(value, self._style(told.column, sample)))

    def _days(self, was: Mapping[str, Any]) -> None:
        told = self.reader.map
        for part, column in (("starts", told.starts), ("ends", told.ends)):
            now: date | None = self.now.node[part]
            if column is None or was.get(part) == now:
                continue
            order = next(iter(told.orders or self.reader.orders.get(column, ())), None)
            sample = self._style(column, self.samples.get("day", ""))
            self.set(column, "" if now is None else days.written(now, sample, order))

    def _figures(self, was: Mapping[str, Any]) -> None:
        told, node = self.reader.map, self.now.node
        for part in SIMPLE:
            if getattr(told, part) is not None and was.get(part) != node[part]:
                column = getattr(told, part)
                self.set(column, "" if node[part] is None else numbers.written(node[part], self._style(column, "0")))
        for part, column in (("area", told.area), ("place", told.place)):
            if column is not None and node[part] is not None and was.get(part) != node[part]:
                self.set(column, self._name_of(part, node[part]))
        if told.sdg is not None and was.get("sdg") != node["sdg"]:
            self.set(told.sdg, ", ".join(map(str, node["sdg"] or ())))

    def _name_of(self, part: str, found: str) -> str:
        """The file's own name of an area or place, else its id."""
        named = self.reader.map.areas if part == "area" else self.reader.map.places
        things = self.reader.setting.areas if part == "area" else self.reader.setting.places
        declared = next((name for name, means in named.items() if means == found), None)
        return declared or next((_plain(thing.name) for thing in things if thing.id == found), found)

    def _budget(self, budget: Budget, number: int) -> None:
        """Amounts of a line; a phase that the file splits over several columns cannot be split again, and stays."""
        was = next((line for line in [self.reader.line(self.row, budget, number)] if line), None)
        now = self._line_now(budget, number, was)
        for phase, columns in budget.phases.items():
            before, after = (was.phases.get(phase) if was else None), now.get(phase) if now else None
            if len(columns) == 1 and before != after:
                column = columns[0]
                self.set(column, "" if after is None else numbers.written(after / budget.factor, self._style(column, "0")))

    def _line_now(self, budget: Budget, number: int, was: LineEntry | None) -> Mapping[str, Any] | None:
        lines = self.now.lines
        code = was.code if was else budget.name if isinstance(budget.name, str) else str(number + 1)
        same = [line for line in lines if line["code"] == code and line["year"] == budget.year]
        if not same and len(self.reader.map.budget) == 1 and len(lines) == 1:
            same = list(lines)
        return same[0] if same else None

    def _style(self, column: str | None, default: str) -> str:
        """The cell itself where it has a text, else the first one of its column that has."""
        own = self.reader.text(self.row, column)
        if own:
            return own
        if column is not None and column not in self._styles:
            self._styles[column] = next((text for row in self.rows if (text := self.reader.text(row, column))), default)
        return self._styles.get(column or "", default)


def _plain(words: Any) -> str:
    if isinstance(words, dict):
        return next(iter(words.values()), "")
    return words or ""


def _in_language(words: Any, language: str, columns: Mapping[str, str]) -> str:
    """The text in one language; one text for all stands in the first column only."""
    if isinstance(words, dict):
        return words.get(language, "")
    return (words or "") if language == next(iter(columns)) else ""
