"""A plan as rows of a format: those of the file that it came from, where it came in that format, else rows of our own making."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from data.plan_files import own, written
from data.plan_files.cells import Grid, Row, Table
from data.plan_files.formats import FORMATS
from data.plan_files.kept import Kept
from data.plan_files.plan_map import PlanMap, Said
from data.plan_files.reading_rows import RowReader, Setting
from data.plan_files.writing_rows import Now, RowWriter
from data.plans.document import PlanFile
from data.problems import N_, Problem, Refused


@dataclass(frozen=True)
class Written:
    """What went out: `rows` of data, of which so many are `changed` since the file came in or are `new`; 0 in a file of our making."""

    rows: int
    changed: int
    new: int


def export(kept: Kept, setting: Setting, kind: str, path: Path) -> Written:
    """Write a plan to a file in a format; `map` is the one that it was read by. Raises Refused."""
    if kind == own.NAME:
        rows = own.rows(kept, setting)
        written.write(path, rows, written.CSV)
        return Written(len(rows) - 1, 0, 0)
    if kept.file is not None and kept.file.format == kind:
        head, rows, done = _again(kept, kept.file, setting, FORMATS.get(kind))
        written.write(path, [*head, *rows], kept.file.layout)
        return done
    if kind not in FORMATS:
        raise Refused([Problem(N_("this plan was not read by a map"), N_("choose one of: {known}"), key="--format",
                               values={"known": ", ".join(FORMATS)})])  # fmt: skip
    head, rows = _anew(kept, setting, FORMATS[kind])
    written.write(path, [*head, *rows], written.CSV)
    return Written(len(rows), 0, 0)


def _again(kept: Kept, file: PlanFile, setting: Setting, kind: ModuleType | None) -> tuple[list[Row], list[Row], Written]:
    """The rows that came in, with what was changed since, and below them those of actions that are new."""
    head = [Row(0, tuple(row["cells"]), row["kept"], row["end"]) for row in file.layout["head"]]
    rows = [Row(number, _cells(kept, row.node, row.cells), row.kept, row.end) for number, row in enumerate(file.rows, start=len(head) + 1)]
    table = Table(Grid("", (*head, *rows), file.layout), file.layout["header"], len(head) - 1 - file.layout["header"])
    writer = _writer(table, PlanMap.model_validate(dict(file.map)), setting, kind)
    done = [_now(kept, writer, row, said.node) for row, said in zip(rows, file.rows, strict=True)]
    new = [_new(kept, writer, node) for node in _not_in(kept, file, writer.reader.map)]
    changed = sum(before.cells != after.cells for before, after in zip(rows, done, strict=True))
    return head, [*done, *new], Written(len(done) + len(new), changed, len(new))


def _anew(kept: Kept, setting: Setting, kind: ModuleType) -> tuple[list[Row], list[Row]]:
    deepest = max((len(kept.above(node)) for node in kept.nodes), default=0)
    header = Row(1, tuple(kind.columns(deepest, languages(kept))))
    table = Table(Grid("", (header,), written.CSV))
    writer = _writer(table, kind.mapping(table, Said()), setting, kind)
    every = writer.reader.map.parent is not None
    chosen = [node for node in kept.nodes if every or node["id"] not in kept.parents]
    return [header], [_new(kept, writer, node) for node in chosen]


def languages(kept: Kept) -> list[str]:
    """The languages that the plan is written in; Spanish where its texts are the same in all."""
    found = {
        language: None for node in kept.nodes for part in ("name", "description") if isinstance(node[part], dict) for language in node[part]
    }
    return list(found) or ["es"]


def _writer(table: Table, told: PlanMap, setting: Setting, kind: ModuleType | None) -> RowWriter:
    reader = RowReader(table.place, told, setting, workbook=table.grid.layout["kind"] == "workbook")
    reader.look_at(table, day_first=True)
    return RowWriter(reader, table.rows, getattr(kind, "SAMPLES", {}), getattr(kind, "WORDS", {}))


def _cells(kept: Kept, key: str | None, cells: tuple[str, ...] | None) -> tuple[str, ...]:
    if cells is not None:
        return cells
    return tuple(kept.by_key[key]["cells"] or ()) if key in kept.by_key else ()


def _now(kept: Kept, writer: RowWriter, row: Row, key: str | None) -> Row:
    found = kept.by_key.get(key) if key is not None else None
    if found is None:
        return row
    if found["level"] < len(writer.reader.map.levels):
        return _category(kept, writer, row, found)
    return replace(row, cells=writer.cells(row, _told(kept, found, writer.reader.map)))


def _category(kept: Kept, writer: RowWriter, row: Row, node: Mapping[str, Any]) -> Row:
    """A row that only names levels."""
    levels = [*(above["name"] for above in kept.above(dict(node))), node["name"]]
    return replace(row, cells=writer.level_cells(row, levels))


def _told(kept: Kept, node: Mapping[str, Any], told: PlanMap) -> Now:
    above = kept.above(dict(node))
    levels: list[Any] = [None] * len(told.levels)
    for each in above:
        if each["level"] < len(levels):
            levels[each["level"]] = each["name"]
    parent = above[-1] if above and above[-1]["level"] >= len(told.levels) else None
    return Now(node, levels, parent["key"] if parent else None, kept.lines.get(node["id"], []))


def _new(kept: Kept, writer: RowWriter, node: Mapping[str, Any]) -> Row:
    empty = Row(0, ("",) * len(writer.reader.at))
    told = replace(_told(kept, node, writer.reader.map), levels=_squeezed(kept, node, len(writer.reader.map.levels)))
    return replace(empty, cells=writer.cells(empty, told))


def _squeezed(kept: Kept, node: Mapping[str, Any], levels: int) -> list[Any]:
    """The names above a node in as many levels as the format has: where there are more, the lowest ones share the last."""
    names: Sequence[Any] = [each["name"] for each in kept.above(dict(node))]
    if levels and len(names) > levels:
        last = " / ".join(name if isinstance(name, str) else next(iter(name.values())) for name in names[levels - 1 :])
        return [*names[: levels - 1], last]
    return list(names) if levels else []


def _not_in(kept: Kept, file: PlanFile, told: PlanMap) -> Iterator[Mapping[str, Any]]:
    """Actions that the file did not have: added in Mandato."""
    there = {row.node for row in file.rows}
    above = {each["id"] for key in there if key in kept.by_key for each in kept.above(kept.by_key[key])}
    for node in kept.nodes:
        inside = node["id"] not in kept.parents or told.parent is not None
        if node["key"] not in there and node["id"] not in above and inside and node["level"] >= len(told.levels):
            yield node
