"""What a document says otherwise than the plan that is there: nodes matched by key, each column with what it was and is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.plans.document import LineEntry, MilestoneEntry, NodeEntry, PlanDocument
from data.plans.vocabulary import PHASES
from data.problems import N_

Row = dict[str, Any]
GONE = "not in the file of "
"""How the reason begins for which a node is left out that an import no longer found."""
EMPTY = N_("nothing is part of it yet")
"""Why a level of a file is left out that has no action."""
STEP = ("stage", "share", "needs", "due", "done_on")


@dataclass(frozen=True)
class There:
    """The plan as it is: its nodes by key, their lines and milestones by the node's id, and the keys that its last file had."""

    nodes: Mapping[str, Row]
    lines: Mapping[int, list[Row]]
    milestones: Mapping[int, list[Row]]
    file_keys: frozenset[str]


@dataclass(frozen=True)
class Changed:
    """A node that is there, and what the document says otherwise: {column: (was, is)}; `lines`, `milestones` and `cells` are whole."""

    entry: NodeEntry
    row: Row
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Difference:
    """`removed` are the rows of nodes that the last file had and the document has not."""

    added: tuple[NodeEntry, ...]
    changed: tuple[Changed, ...]
    removed: tuple[Row, ...]
    entries: tuple[NodeEntry, ...]
    """All nodes of the document, by the keys that they have in the plan."""

    @property
    def moves(self) -> bool:
        """Whether anything of the plan changes, and so makes a version of it: more than cells that nobody understands."""
        changed = any(set(each.fields) != {"cells"} for each in self.changed)
        return changed or bool(self.added) or any(row["left_out"] is None for row in self.removed)


def difference(document: PlanDocument, there: There) -> Difference:
    """How a document differs from a plan that is there."""
    entries = _aligned(document.nodes, there)
    keys = {entry.key for entry in entries}
    parents = {row["id"]: key for key, row in there.nodes.items()}
    says = document.says or tuple({name for entry in entries for name in entry.fields} | {"name", "parent"})
    changed = []
    for entry in entries:
        if (row := there.nodes.get(entry.key)) is not None:
            fields = dict(_fields(entry, row, says, there, parents))
            if fields:
                changed.append(Changed(entry, row, fields))
    held = set(there.nodes) if document.file is None else there.file_keys
    removed = tuple(row for row in there.nodes.values() if row["key"] not in keys and row["key"] in held)
    return Difference(tuple(entry for entry in entries if entry.key not in there.nodes), tuple(changed), removed, entries)


def _aligned(entries: Sequence[NodeEntry], there: There) -> tuple[NodeEntry, ...]:
    """A node that has another key, and stands at the same level under the same parent by the same name, is the same node.

    Only nodes that have others below them: their keys are made up by the program where the file only names them.
    """
    parents = {entry.parent for entry in entries}
    keys = {row["id"]: key for key, row in there.nodes.items()}
    by_name = {(keys.get(row["parent"]), row["level"], _plain(row["name"])): key for key, row in there.nodes.items()}
    same: dict[str, str] = {}
    given = {entry.key for entry in entries}
    for entry in sorted(entries, key=lambda entry: entry.level):
        above = same.get(entry.parent, entry.parent) if entry.parent is not None else None
        key = by_name.get((above, entry.level, _plain(entry.name)))
        if entry.key not in there.nodes and entry.key in parents and key is not None and key not in given:
            same[entry.key] = key
    if not same:
        return tuple(entries)
    return tuple(replace(entry, key=same.get(entry.key, entry.key), parent=same.get(entry.parent or "", entry.parent)) for entry in entries)


def _fields(
    entry: NodeEntry, row: Row, says: Sequence[str], there: There, parents: Mapping[int, str]
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in says:
        if name == "lines":
            was, now = [_line(line) for line in there.lines.get(row["id"], ())], [_entry_line(line) for line in entry.lines]
        elif name == "milestones":
            was, now = [_step(step) for step in there.milestones.get(row["id"], ())], [_entry_step(step) for step in entry.milestones]
        elif name == "parent":
            was, now = parents.get(row["parent"]), entry.parent
        elif name == "name":
            was, now = row["name"], entry.name
        else:
            was, now = row[name], entry.fields.get(name, False if name == "work" else None)
        if was != now:
            yield name, (was, now)
    was, now = row["left_out"], entry.fields.get("left_out")
    if "left_out" not in says and was != now and (now is not None or _by_an_import(was)):
        yield "left_out", (was, now)
    if entry.cells is not None and row["cells"] != list(entry.cells):
        yield "cells", (row["cells"], list(entry.cells))


def _by_an_import(reason: str | None) -> bool:
    """Whether an import left a node out, and not somebody."""
    return reason is not None and (reason == EMPTY or reason.startswith(GONE))


def _line(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("code", "name", "year", "source", "currency", *PHASES)}


def _entry_line(entry: LineEntry) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in ("code", "name", "year", "source", "currency")}
    return {**told, **{phase: entry.phases.get(phase) for phase in PHASES}}


def _step(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("name", *STEP)}


def _entry_step(entry: MilestoneEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("name", *STEP)}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _plain(words: Any) -> str:
    return words if isinstance(words, str) else next(iter(words.values()), "")
