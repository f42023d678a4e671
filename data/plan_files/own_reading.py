"""The rows of our own plan file, read one after another: the plan, its levels, nodes, milestones and budget lines."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from data.ingest.fault import Fault
from data.plan_files import own_columns as ours
from data.plan_files.cells import Row, Table
from data.plan_files.mapped import ACTION
from data.plan_files.plan_map import Said
from data.plan_files.reading_rows import Setting
from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.vocabulary import KINDS, PARTICIPATION_LEVELS, PHASES, WEIGHTS
from data.problems import N_, Problem

T = TypeVar("T")
LANGUAGE = re.compile(r"[a-z]{2}(_[A-Z]{2})?")
NODE_FIELDS = (
    "name", "parent", "area", "owner", "ladder", "status", "status_text", "status_reason", "declared", "starts", "ends", "first_starts",
    "first_ends", "place", "latitude", "longitude", "work", "sdg", "goals", "weight", "beneficiaries", "left_out", "participation", "pdca",
    "description", "limits", "pilot", "lines", "milestones",
)  # fmt: skip


class OwnRows:
    """What has been read so far; `problems` refuse the file, `warnings` are kept."""

    def __init__(self, table: Table, setting: Setting) -> None:
        self.table, self.setting = table, setting
        self.known = {
            "area": frozenset(area.id for area in setting.areas),
            "place": frozenset(place.id for place in setting.places),
        }
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.plan: dict[str, Any] = {}
        self.levels: dict[int, dict[str, Any]] = {}
        self.nodes: dict[str, int] = {}
        self.steps: dict[str, list[MilestoneEntry]] = {}
        self.lines: dict[str, list[LineEntry]] = {}
        self.spoken = {column: tuple(name for name in table.names if name.startswith(f"{column}/")) for column in ours.SPOKEN}
        self.entries: list[NodeEntry] = []

    def add(self, row: Row) -> None:
        if not any(cell.strip() for cell in row.cells):
            return
        kind = self._cell(row, "row")
        read: dict[str, Callable[[Row], None]] = {
            "plan": self._plan, "level": self._level, "node": self._node, "milestone": self._milestone, "budget": self._line,
        }  # fmt: skip
        if kind not in read:
            self._fault(row, "row", Fault(N_("{found!r} is no kind of row"), N_("write one of: {known}"),
                                          {"found": kind[:60], "known": ", ".join(ours.ROWS)}))  # fmt: skip
            return
        read[kind](row)

    def document(self, said: Said) -> PlanDocument:
        """The plan; what is `said` goes before what the file says."""
        given = {key: value for key, value in said.model_dump().items() if key in said.model_fields_set}
        found = {"place": self.setting.place, **self.plan, **given}
        if not self.entries:
            hint = N_("add a row for each node; the documentation shows them")
            self.problems.append(Problem(N_("the file has no row of a node"), hint, self.table.name))
        nodes = tuple(
            replace(entry, milestones=tuple(self.steps.get(entry.key, ())), lines=tuple(self.lines.get(entry.key, ())))
            for entry in self.entries
        )
        deepest = max((entry.level for entry in self.entries), default=0)
        levels = tuple(self.levels.get(number, ACTION) for number in range(max([deepest, *self.levels]) + 1))
        source = {"format": "own", "name": self.table.name, "columns": list(self.table.names)}
        defaults = {"key": "plan", "name": "Plan"}
        says = tuple(name for name in NODE_FIELDS if name in ("lines", "milestones", "parent") or self._has(name))
        return PlanDocument(**{**defaults, **found}, levels=levels, nodes=nodes, source=source, says=says)

    def _has(self, part: str) -> bool:
        """Whether the file has a column for a part of a node."""
        if part == "participation":
            return any(column in self.table.place for column in ours.PARTICIPATION)
        column = next((ours_ for ours_, field in ours.FIELDS.items() if field == part), part)
        return any(name.split("/")[0] == column for name in self.table.names)

    def _plan(self, row: Row) -> None:
        found = {"key": self._text(row, "key") or None, "name": self._words(row, "name"), "place": self._text(row, "place") or None}
        found |= {name: self._read(row, name, ours.day) for name in ("starts", "ends")}
        for name, known in (("kind", KINDS), ("weights", WEIGHTS)):
            found[name] = self._text(row, name) or None
            if found[name] is not None and found[name] not in known:
                self._unknown(row, name, known)
        self.plan = {name: value for name, value in found.items() if value is not None}

    def _level(self, row: Row) -> None:
        number = self._read(row, "level", ours.whole)
        one, many = self._words(row, "name"), self._words(row, "many")
        if number is not None and 0 <= number < 20 and one is not None:
            self.levels[number] = {"one": one, "many": many or one}

    def _node(self, row: Row) -> None:
        key, name, level = self._text(row, "key"), self._words(row, "name"), self._read(row, "level", ours.whole)
        for column, value in (("key", key or None), ("name", name), ("level", level)):
            if value is None:
                self._fault(row, column, Fault(N_("the row has no {column}"), N_("write it"), {"column": column}))
        self.nodes.setdefault(key, len(self.entries))
        parent = self._text(row, "parent") or None
        self.entries.append(
            NodeEntry(key=key, name=name or "-", level=max(level or 0, 0), parent=parent, fields=self._fields(row), line=row.line)
        )

    def _fields(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {ours.FIELDS.get(column, column): self._text(row, column) or None for column in ours.TEXTS}
        found |= {column: self._words(row, column) for column in ours.WORDS}
        found |= {column: self._read(row, column, ours.day) for column in ours.DAYS}
        found |= {ours.FIELDS.get(column, column): self._read(row, column, ours.number) for column in ours.NUMBERS}
        found |= {column: self._read(row, column, ours.read_list) for column in ours.LISTS}
        found |= {column: self._known(row, column, ids) for column, ids in self.known.items()}
        levels = {phase: text for column, phase in ours.PARTICIPATION.items() if (text := self._text(row, column))}
        for column, phase in ours.PARTICIPATION.items():
            if levels.get(phase, PARTICIPATION_LEVELS[0]) not in PARTICIPATION_LEVELS:
                self._unknown(row, column, PARTICIPATION_LEVELS)
        found |= {"participation": levels or None, "owner": self._owner(row)}
        self._check_ladder(row, found["ladder"])
        if self._text(row, "key_work") == ours.YES:
            found["work"] = True
        return {name: value for name, value in found.items() if value is not None}

    def _known(self, row: Row, column: str, ids: frozenset[str]) -> str | None:
        """An area or a place; one that this city does not have is warned of, and left out."""
        text = self._text(row, column)
        if text in ids or not text:
            return text or None
        hint = N_("define it first; it is left out until then")
        values = {"found": text[:80], "what": column}
        self.warnings.append(Problem(N_("{found!r} is not a known {what}"), hint, self.table.name, row.line, column, values=values))
        return None

    def _check_ladder(self, row: Row, found: str | None) -> None:
        """Without its ladder nobody would know which stages prove the action."""
        if found is not None and found not in self.setting.ladders:
            values = {"found": found[:60], "known": ", ".join(self.setting.ladders) or "-"}
            hint = N_("write one of: {known}; or declare it in data/ladders.yaml first")
            self._fault(row, "commitment_type", Fault(N_("{found} is no commitment type"), hint, values))

    def _owner(self, row: Row) -> int | None:
        label = self._text(row, "owner")
        found = self.setting.posts.get(label)
        if label and found is None:
            hint = N_("make the post first; the action has no owner until then")
            self.warnings.append(
                Problem(N_("there is no post {found!r}"), hint, self.table.name, row.line, "owner", values={"found": label[:80]})
            )
        return found

    def _milestone(self, row: Row) -> None:
        share, name = self._read(row, "share", ours.number), self._words(row, "name")
        if share is None or name is None:
            self._fault(row, "share", Fault(N_("a milestone needs a name and its share"), N_("write both")))
            return
        told = {column: self._read(row, column, ours.day) for column in ("due", "done_on")}
        step = MilestoneEntry(name=name, share=share, stage=self._text(row, "stage") or None, needs=self._words(row, "needs"), **told)
        self._join(row, self.steps, step)

    def _line(self, row: Row) -> None:
        amounts = {phase: self._read(row, phase, ours.number) for phase in PHASES}
        phases = {phase: amount for phase, amount in amounts.items() if amount is not None}
        line = LineEntry(
            code=self._text(row, "key") or "-", currency=self._text(row, "currency") or self.setting.currency, phases=phases,
            name=self._words(row, "name"), year=self._read(row, "year", ours.whole), source=self._words(row, "source"),
        )  # fmt: skip
        self._join(row, self.lines, line)

    def _join(self, row: Row, held: dict[str, list[T]], entry: T) -> None:
        """Keep a milestone or a line for the node that it names as its parent; it stands above."""
        key = self._text(row, "parent")
        if key not in self.nodes:
            hint = N_("write the row of its node above it, and the node's key as its parent")
            self._fault(row, "parent", Fault(N_("there is no node {key!r} above this row"), hint, {"key": key[:80]}))
            return
        held.setdefault(key, []).append(entry)

    def _text(self, row: Row, column: str) -> str:
        return ours.read_text(self._cell(row, column))

    def _cell(self, row: Row, column: str) -> str:
        at = self.table.place.get(column)
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def _words(self, row: Row, column: str) -> Any:
        spoken = {name.split("/")[1]: self._cell(row, name) for name in self.spoken[column]}
        found = {language: ours.read_words(text) for language, text in spoken.items() if text and LANGUAGE.fullmatch(language)}
        plain = self._cell(row, column)
        return found or (ours.read_words(plain) if plain else None)

    def _read(self, row: Row, column: str, read: Callable[[str], Any]) -> Any:
        text = self._cell(row, column)
        found = read(text) if text else None
        if isinstance(found, Fault):
            self._fault(row, column, found)
            return None
        return found

    def _unknown(self, row: Row, column: str, known: tuple[str, ...]) -> None:
        values = {"found": self._text(row, column)[:60], "name": column, "known": ", ".join(known)}
        self._fault(row, column, Fault(N_("{found} is no {name}"), N_("write one of: {known}"), values))

    def _fault(self, row: Row, column: str, fault: Fault) -> None:
        self.problems.append(Problem(fault.message, fault.hint, self.table.name, row.line, column, values=fault.values))
