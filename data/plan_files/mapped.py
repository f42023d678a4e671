"""A plan read from a table by a map: every row a node, the levels above it made of what the rows name, every problem at once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from data.ids import id_of
from data.plan_files.cells import Row, Table
from data.plan_files.nesting import nested, without_empty
from data.plan_files.plan_map import PlanMap, columns_of
from data.plan_files.reading_rows import RowReader, Setting
from data.plan_files.words import joined_key, made_key, one_line
from data.plans.checking import check
from data.plans.document import FileRow, NodeEntry, PlanDocument, PlanFile, Words
from data.problems import N_, Problem, Refused

ACTION = {"one": {"es": "Acción", "en": "Action"}, "many": {"es": "Acciones", "en": "Actions"}}


def read(table: Table, told: PlanMap, setting: Setting, kind: str = "map") -> PlanDocument:
    """The plan in a table. Raises Refused with every problem, each with its row and cure."""
    _require_columns(table, told)
    reader = RowReader(table.place, told, setting, table.name, workbook=table.grid.layout["kind"] == "workbook")
    reader.look_at(table, day_first=kind != "map")
    rows = _Rows(table, reader)
    for row in table.rows:
        rows.add(row)
    problems = [*table.ragged(), *reader.problems]
    entries = without_empty(nested(rows.entries, told, rows.homes), told)
    if not entries and not problems:
        problems.append(Problem("there are no rows below the header", "check that the whole file was exported", table.name))
    document = _document(table, told, setting, kind, entries, rows.rows)
    found = check(document, table.name)
    problems += [each.problem for each in found if each.refuses]
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.line or 0))
    warnings = (
        *table.grid.warnings,
        *reader.warnings(),
        *_outside(entries, told, table),
        *(each.problem for each in found if not each.refuses),
    )
    return replace(document, warnings=warnings)


def _outside(entries: Sequence[NodeEntry], told: PlanMap, table: Table) -> list[Problem]:
    """Parents that the file only names."""
    hint = N_("a node was made with its number as its name; import the file that has it")
    made = [entry for entry in entries if told.parents_outside == "name" and entry.line is None]
    first = {entry.parent: entry.line for entry in reversed(entries)}
    return [
        Problem(N_("its parent {key} is not in the file"), hint, table.name, first.get(entry.key), told.parent, values={"key": entry.key})
        for entry in made
    ]


def says(told: PlanMap) -> tuple[str, ...]:
    """The columns of a node that a file read by a map says something of, be it that they are empty."""
    single = ("description", "limits", "starts", "ends", "area", "place", "latitude", "longitude", "weight", "beneficiaries", "sdg")
    found = ["name", "parent", *(part for part in single if getattr(told, part) is not None)]
    found += ["declared"] if told.declared else []
    found += ["status", "status_text"] if told.status else []
    return (*found, "lines") if told.budget else tuple(found)


def plan_words(table: Table, told: PlanMap) -> tuple[str, Words]:
    """The key and name of a plan: declared, or made of the name of its file."""
    stem = PurePath(table.name).stem
    return told.plan.key or id_of(stem, ()), told.plan.name or stem.replace("_", " ")


def _document(
    table: Table, told: PlanMap, setting: Setting, kind: str, entries: Sequence[NodeEntry], rows: Sequence[FileRow]
) -> PlanDocument:
    key, name = plan_words(table, told)
    plan = told.plan
    head = [{"cells": list(row.cells), "kept": row.kept, "end": row.end} for row in table.head]
    layout = {**table.grid.layout, "head": head, "header": table.header}
    return PlanDocument(
        key=key, name=name, place=plan.place or setting.place, kind=plan.kind, weights=plan.weights, starts=plan.starts, ends=plan.ends,
        says=says(told),
        levels=_levels(told, entries), nodes=tuple(entries), source={"format": kind, "name": table.name, "columns": list(table.names)},
        file=PlanFile(format=kind, layout=layout, map=told.model_dump(mode="json", exclude_defaults=True), rows=tuple(rows)),
    )  # fmt: skip


def _levels(told: PlanMap, entries: Sequence[NodeEntry]) -> tuple[dict[str, Any], ...]:
    """The names of the levels, down to the deepest one that the plan has."""
    named = [{"one": level.one, "many": level.many} for level in (*told.levels, *told.row_levels)]
    rows = {"one": told.rows.one, "many": told.rows.many} if told.rows else ACTION
    deepest = max((entry.level for entry in entries), default=0)
    return tuple(named[number] if number < len(named) else rows for number in range(deepest + 1))


def _require_columns(table: Table, told: PlanMap) -> None:
    missing = [column for column in told.wanted if column not in table.place]
    line = table.grid.rows[table.header].line
    hint = N_("the file has: {found}; correct the map, or the file")
    values = {"found": ", ".join(name for name in table.names if name)[:300]}
    problems = [
        Problem(N_("the column {column} is missing"), hint, table.name, line, column, values={"column": column, **values})
        for column in missing
    ]
    if problems:
        raise Refused(problems)


class _Rows:
    """The rows read so far: a node for each, and for each level that they name."""

    def __init__(self, table: Table, reader: RowReader) -> None:
        self.table, self.reader, self.map = table, reader, reader.map
        self.entries: list[NodeEntry] = []
        self.rows: list[FileRow] = []
        self.known: dict[str, int] = {}
        self.implied: set[str] = set()
        self.above: dict[str, str] = {}
        self.homes: dict[str, str | None] = {}

    def add(self, row: Row) -> None:
        full = self._filled_down(row)
        if not any(cell.strip() for cell in row.cells) or len(row.cells) != len(self.table.names) or self._left_out(full):
            return self._keep(row, None)
        path, parent = self._path(full)
        name = self.reader.name_of(full)
        if name is not None:
            return self._node(row, full, path, parent, name)
        if path and not self._says_more(full):
            return self._keep(row, parent, own=parent)
        problem = Problem(N_("the row has no name"), N_("write it, or leave the row out"), self.table.name, row.line, _first(self.map.name))
        self.reader.problems.append(problem)
        return None

    def _node(self, row: Row, full: Row, path: list[str], parent: str | None, name: Words) -> None:
        reader, told = self.reader, self.map
        level = len(told.levels)
        if told.name_below and reader.text(full, told.name_below):
            above = reader.words(full, told.name, one_line)
            if above is not None:
                parent, level = self._implied([*path, _plain(above)], above, parent, level), level + 1
                path = [*path, _plain(above)]
        if stated := joined_key([reader.text(full, told.parent)]):
            self.homes.setdefault(stated, parent)
        key = self._key(full, [*path, _plain(name)])
        entry = NodeEntry(key=key, name=name, level=level, parent=stated or parent, fields=reader.fields(full), lines=reader.lines(full),
                          line=row.line, cells=row.cells)  # fmt: skip
        if key in self.implied:  # named before by a row that is part of it
            self.implied.discard(key)
            self.entries[self.known[key]] = entry
        else:
            self._add(entry)
        self._keep(row, key)

    def _key(self, row: Row, path: list[str]) -> str:
        columns = columns_of(self.map.key)
        key = joined_key([self.reader.text(row, column) for column in columns])
        if columns and key and not self.map.numbered_keys:
            return key
        found = key or made_key(path)
        return found if found in self.implied or found not in self.known else self._numbered(found)

    def _numbered(self, key: str) -> str:
        number = 2
        while f"{key}-{number}" in self.known:
            number += 1
        return f"{key}-{number}"

    def _path(self, row: Row) -> tuple[list[str], str | None]:
        """The texts that the row names above itself, and the key of the lowest of them; each is made a node the first time."""
        path: list[str] = []
        parent: str | None = None
        for number, level in enumerate(self.map.levels):
            name = self.reader.words(row, level.column, one_line)
            if name is None:
                continue
            path.append(self.reader.text(row, level.key) or _plain(name))
            key = made_key([str(number), *path])
            if key not in self.known:
                self._add(NodeEntry(key=key, name=name, level=number, parent=parent, line=row.line))
            parent = key
        return path, parent

    def _implied(self, path: list[str], name: Words, parent: str | None, level: int) -> str:
        key = made_key(path)
        if key not in self.known:
            self.implied.add(key)
            self._add(NodeEntry(key=key, name=name, level=level, parent=parent))
        return key

    def _add(self, entry: NodeEntry) -> None:
        self.known.setdefault(entry.key, len(self.entries))
        self.entries.append(entry)

    def _keep(self, row: Row, node: str | None, own: str | None = None) -> None:
        """The row for whoever writes the file again; its cells stay with its node, where it is the node's own."""
        at = self.known.get(node) if node is not None else None
        entry = self.entries[at] if at is not None else None
        if own is not None and entry is not None and entry.cells is None:
            self.entries[self.known[own]] = entry = replace(entry, cells=row.cells)
        with_node = entry is not None and entry.cells is row.cells
        self.rows.append(FileRow(node=node, cells=None if with_node else row.cells, kept=row.kept, end=row.end))

    def _filled_down(self, row: Row) -> Row:
        cells = list(row.cells)
        for column in self.map.fill_down:
            at = self.table.place[column]
            if at < len(cells):
                cells[at] = self.above[column] = cells[at] if cells[at].strip() else self.above.get(column, "")
        return replace(row, cells=tuple(cells)) if self.map.fill_down else row

    def _left_out(self, row: Row) -> bool:
        kept = all(self.reader.text(row, column) in texts for column, texts in self.map.keep.items())
        return not kept or any(self.reader.text(row, column) in texts for column, texts in self.map.leave_out.items())

    def _says_more(self, row: Row) -> bool:
        """Whether a row without a name says what only an action has."""
        told = self.map
        progress = told.declared.columns if told.declared else ()
        return any(self.reader.text(row, column) for column in (*columns_of(told.key), *progress, told.status, told.parent))


def _plain(words: Words) -> str:
    return words if isinstance(words, str) else next(iter(words.values()))


def _first(said: Any) -> str | None:
    return next(iter(columns_of(said)), None)
