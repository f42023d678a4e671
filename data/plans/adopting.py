"""A plan taken into the records from a document: its tree checked whole, then written in one transaction, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from data.access import Actor
from data.plans.checking import check
from data.plans.document import NodeEntry, PlanDocument, PlanFile
from data.plans.objects import PLAN
from data.problems import Refused
from data.records.records import Records
from data.records.tables import budget_line, milestone, node, plan, plan_file, plan_version
from data.records.writing import Write


def adopt(records: Records, actor: Actor, document: PlanDocument, at: datetime | None = None) -> int:
    """Write a plan that is not in the records yet; returns its id. Raises Refused with every problem of the document."""
    problems = [problem for problem in check(document) if problem.refuses]
    if problems:
        raise Refused([problem.problem for problem in problems])
    with records.write(actor, at) as write:
        write.doing("import_plan", PLAN)
        number = write.insert(plan, **_plan(document))
        write.insert(plan_version, plan=number, number=1, at=write.at, person=actor.person, changes=[])
        add_nodes(write, number, document.nodes)
        keep_file(write, number, document.file)
        return number


def keep_file(write: Write, plan_id: int, file: PlanFile | None, part: str = "plan") -> None:
    """Keep the file that a plan came from, instead of the one before it; the same again writes nothing."""
    if file is None:
        return
    rows = [[row.node, None if row.cells is None else list(row.cells), row.kept, row.end] for row in file.rows]
    told = {"format": file.format, "layout": dict(file.layout), "map": dict(file.map), "rows": rows}
    query = select(plan_file).where(plan_file.c.plan == plan_id, plan_file.c.part == part)
    found = write.connection.execute(query).mappings().one_or_none()
    if found is None:
        write.insert(plan_file, plan=plan_id, part=part, **told)
    elif any(found[name] != value for name, value in told.items()):
        write.update(plan_file, found["id"], found["version"], **told)


def add_nodes(
    write: Write,
    plan_id: int,
    entries: Sequence[NodeEntry],
    known: Mapping[str, int] | None = None,
    begins: int = 0,
    positions: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Write nodes with their milestones and lines, parents before children; returns the id of each by its key.

    `known` are nodes of the plan that are there already; `begins` is the position of the first new one, unless `positions` says
    that of each.
    """
    ids = dict(known or {})
    position = positions or {entry.key: number for number, entry in enumerate(entries, begins)}
    for level in sorted({entry.level for entry in entries}):
        found = [entry for entry in entries if entry.level == level]
        rows = [_node(entry, plan_id, ids, position[entry.key]) for entry in found]
        ids |= zip((entry.key for entry in found), write.insert_all(node, rows), strict=True)
    write.insert_all(milestone, [row for entry in entries for row in _milestones(entry, ids[entry.key])])
    write.insert_all(budget_line, [row for entry in entries for row in _lines(entry, ids[entry.key])])
    return ids


def _plan(document: PlanDocument) -> dict[str, Any]:
    told = ("key", "name", "kind", "place", "starts", "ends", "weights", "source")
    return {name: getattr(document, name) for name in told} | {"levels": list(document.levels), "number": 1}


def _node(entry: NodeEntry, plan_id: int, ids: Mapping[str, int], position: int) -> dict[str, Any]:
    starts, ends = _day(entry, "starts"), _day(entry, "ends")
    return {
        "work": False, "first_starts": starts, "first_ends": ends, **entry.fields,
        "plan": plan_id, "parent": ids[entry.parent] if entry.parent else None, "level": entry.level, "position": position,
        "key": entry.key, "name": entry.name, "cells": list(entry.cells) if entry.cells else None,
    }  # fmt: skip


def _day(entry: NodeEntry, name: str) -> date | None:
    return entry.fields.get(name)


def _milestones(entry: NodeEntry, node_id: int) -> list[dict[str, Any]]:
    told = ("name", "share", "stage", "needs", "due", "done_on")
    return [
        {"node": node_id, "position": number, **{name: getattr(each, name) for name in told}}
        for number, each in enumerate(entry.milestones)
    ]


def _lines(entry: NodeEntry, node_id: int) -> list[dict[str, Any]]:
    told = ("code", "currency", "name", "year", "source")
    return [{"node": node_id, **{name: getattr(each, name) for name in told}, **each.phases} for each in entry.lines]
