"""Gobierto's file of table fields: a row for each value of an indicator, linked to the nodes of a plan that is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.access import Actor
from data.plan_files import written
from data.plan_files.cells import Row, Table, grids
from data.plan_files.kept import Kept
from data.plans.adopting import PLAN, keep_file
from data.plans.document import FileRow, PlanFile
from data.problems import N_, Problem, Refused
from data.records.records import Records

NAME = "gobierto_indicators"
PART = "indicators"
KEYS = ("Node.external_id", "external_id")


@dataclass(frozen=True)
class Linked:
    """The file, and how many nodes its rows are about."""

    file: PlanFile
    nodes: int


def recognise(table: Table) -> bool:
    """Whether the header has the field's name and the positions of its columns."""
    return {"custom_field", "col_1"} <= set(table.names) and any(name in table.place for name in KEYS)


def is_one(path: Path, name: str) -> bool:
    """Whether a file is one of indicators. Raises Refused where it cannot be read."""
    return any(recognise(Table(grid)) for grid in grids(path, name, {}))


def read(path: Path, name: str, kept: Kept) -> Linked:
    """The rows, each linked to its node by the city's own id. Raises Refused with every row whose node is not in the plan."""
    table = Table(grids(path, name, {})[0])
    if not recognise(table):
        hint = N_("it needs the columns custom_field, col_1 and external_id; leave --format out for a plan")
        raise Refused([Problem(N_("this is not a file of indicators"), hint, name, 1)])
    problems = [*table.ragged()]
    key_at = table.place[next(key for key in KEYS if key in table.place)]
    rows: list[FileRow] = []
    for row in table.rows:
        key = row.cells[key_at].strip() if key_at < len(row.cells) else ""
        if any(row.cells) and key not in kept.by_key:
            problems.append(_unknown(table, row, key, kept))
        rows.append(FileRow(node=key or None, cells=row.cells, kept=row.kept, end=row.end))
    if problems:
        raise Refused(problems)
    head = [{"cells": list(row.cells), "kept": row.kept, "end": row.end} for row in table.head]
    layout = {**table.grid.layout, "head": head, "header": 0}
    return Linked(PlanFile(format=NAME, layout=layout, map={}, rows=tuple(rows)), len({row.node for row in rows} - {None}))


def keep(records: Records, actor: Actor, plan_id: int, linked: Linked) -> None:
    """Keep the rows beside the plan, instead of those before them. Raises NotAllowed."""
    with records.write(actor) as write:
        write.doing("import_plan", PLAN)
        keep_file(write, plan_id, linked.file, PART)


def export(kept: Kept, path: Path) -> int:
    """Write the rows again as they came; returns how many. Raises Refused where the plan has none."""
    if kept.file is None:
        hint = N_("import one first: `python -m data plan FILE`")
        raise Refused([Problem(N_("the plan has no file of indicators"), hint, key="--format")])
    rows = list(_rows(kept.file))
    written.write(path, rows, kept.file.layout)
    return len(kept.file.rows)


def _rows(file: PlanFile) -> Iterator[Row]:
    yield from (Row(0, tuple(row["cells"]), row["kept"], row["end"]) for row in file.layout["head"])
    yield from (Row(0, row.cells or (), row.kept, row.end) for row in file.rows)


def _unknown(table: Table, row: Row, key: str, kept: Kept) -> Problem:
    values = {"key": key, "plan": kept.plan["key"]}
    hint = N_("correct it, or import the plan that has it first")
    return Problem(N_("there is no node {key!r} in the plan {plan}"), hint, table.name, row.line, next(iter(KEYS)), values=values)
