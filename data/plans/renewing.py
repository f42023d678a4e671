"""A plan that is there taken in again from a newer file: one transaction, one new version of the plan, and nothing deleted in silence."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, select

from data.access import Actor
from data.plans.adopting import add_nodes, keep_file
from data.plans.checking import check
from data.plans.deciding import Decision, next_version, require_told
from data.plans.difference import GONE, Changed, Difference, There, difference, plain
from data.plans.document import NodeEntry, PlanDocument
from data.plans.earlier import BY_FILE
from data.plans.objects import PLAN
from data.plans.versions import add_version
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import budget_line, decision, evidence, milestone, node, plan, plan_file, progress
from data.records.writing import Row, Write


def compare(records: Records, document: PlanDocument) -> tuple[int | None, Difference]:
    """The plan of the document's key, None where it is not there, and how the document differs from it. Writes nothing."""
    with records.read() as connection:
        found = connection.execute(select(plan.c.id).where(plan.c.key == document.key)).scalar()
        if found is None:
            return None, Difference(document.nodes, (), (), document.nodes)
        return found, difference(document, there(connection, found))


def renew(
    records: Records, actor: Actor, plan_id: int, document: PlanDocument, day: date, at: datetime | None = None,
    decided: Decision | None = None,
) -> Difference:  # fmt: skip
    """Take a newer document of a plan in; returns what was changed. What the document no longer has is kept and left out, with the reason.

    The decision that it carries out, where one is named, is recorded, and the new version names it; where nothing changes, neither is made.
    Raises Refused with every problem of the document, or where a milestone with evidence would go; NotAllowed.
    """
    problems = [found.problem for found in check(document) if found.refuses]
    if problems:
        raise Refused(problems)
    with records.write(actor, at) as write:
        write.doing("import_plan", PLAN)
        found = difference(document, there(write.connection, plan_id))
        moved = [*_removed(write, found.removed, day), *_changed(write, found, document, day)]
        made = _added(write, plan_id, found, _keys(write.connection, plan_id))
        moved += [{"node": number, "field": "key", "was": None, "is": key} for key, number in made.items()]
        _reorder(write, plan_id, [entry.key for entry in found.entries])
        keep_file(write, plan_id, document.file)
        if moved:
            _version(write, plan_id, moved, decided)
        return found


def there(connection: Connection, plan_id: int) -> There:
    """A plan as it stands, to be compared."""
    rows = [dict(row) for row in connection.execute(select(node).where(node.c.plan == plan_id)).mappings()]
    query = select(plan_file.c.rows).where(plan_file.c.plan == plan_id, plan_file.c.part == "plan")
    by_key = {row["key"]: row for row in rows}
    by_id = {row["id"]: row for row in rows}
    stated = connection.execute(query).scalar()
    keys = {row[0] for row in stated or () if row[0] is not None} if stated is not None else set(by_key)
    for key in list(keys & set(by_key)):
        row = by_key[key]
        while row["parent"] is not None and by_id[row["parent"]]["key"] not in keys:
            row = by_id[row["parent"]]
            keys.add(row["key"])
    return There(by_key, _by_node(connection, budget_line, plan_id), _by_node(connection, milestone, plan_id), frozenset(keys))


def _version(write: Write, plan_id: int, moved: list[dict[str, Any]], decided: Decision | None) -> None:
    """A status in a file is a report of the day on which it is read, also where a decision of another day stands behind the file."""
    if decided is None:
        add_version(write, plan_id, moved)
        return
    require_told(decided)
    told = [each | {BY_FILE: True} if each["field"] == "status" else each for each in moved]
    next_version(write, plan_id, write.insert(decision, **vars(decided)), told)


def _by_node(connection: Connection, table: Any, plan_id: int) -> dict[int, list[Row]]:
    order = table.c.position if "position" in table.c else table.c.id
    query = select(table).join(node, node.c.id == table.c.node).where(node.c.plan == plan_id).order_by(order, table.c.id)
    found: dict[int, list[Row]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["node"], []).append(dict(row))
    return found


def _keys(connection: Connection, plan_id: int) -> dict[str, int]:
    return {row.key: row.id for row in connection.execute(select(node.c.key, node.c.id).where(node.c.plan == plan_id))}


def _removed(write: Write, rows: Sequence[Row], day: date) -> list[dict[str, Any]]:
    moved = []
    for row in rows:
        if row["left_out"] is None:
            reason = f"{GONE}{day}"
            write.update(node, row["id"], row["version"], left_out=reason)
            moved.append({"node": row["id"], "field": "left_out", "was": None, "is": reason})
    return moved


def _changed(write: Write, found: Difference, document: PlanDocument, day: date) -> list[dict[str, Any]]:
    """Nodes whose parent is new move under it once it is there, in `_added`."""
    new = {entry.key for entry in found.added}
    ids = _keys(write.connection, _plan_of(found)) if found.changed else {}
    moved: list[dict[str, Any]] = []
    for each in found.changed:
        values = {name: is_ for name, (_, is_) in each.fields.items() if name not in ("lines", "milestones")}
        if "parent" in values:
            values["parent"] = None if each.entry.parent is None or each.entry.parent in new else ids[each.entry.parent]
            values["level"] = each.entry.level
        if values:
            write.update(node, each.row["id"], each.row["version"], **values)
        _report(write, each, document, day)
        if "lines" in each.fields:
            _lines(write, each)
        if "milestones" in each.fields:
            _milestones(write, each)
        moved += [
            {"node": each.row["id"], "field": name, "was": plain(was), "is": plain(is_)}
            for name, (was, is_) in each.fields.items() if name != "cells"
        ]  # fmt: skip
    return moved


def _plan_of(found: Difference) -> int:
    return found.changed[0].row["plan"]


def _report(write: Write, each: Changed, document: PlanDocument, day: date) -> None:
    """What a file says of progress is a report like any other: the tree of a day reads it from there."""
    if not {"declared", "status"} & set(each.fields):
        return
    now = {name: each.fields.get(name, (None, each.row[name]))[1] for name in ("declared", "status")}
    name = (document.source or {}).get("name", "")
    write.insert(
        progress, node=each.row["id"], at=write.at, day=day, person=write.actor.person, **now, said=f"{name}".strip() or None,
        was_declared=each.row["declared"], was_status=each.row["status"],
    )  # fmt: skip


def _lines(write: Write, each: Changed) -> None:
    """The money of a node as the file has it: a line of the same code and year is changed, the others come or go."""
    query = select(budget_line).where(budget_line.c.node == each.row["id"]).order_by(budget_line.c.id)
    held = _held(write, query, lambda row: (row["code"], row["year"]))
    for line in each.fields["lines"][1]:
        before = _next(held, (line["code"], line["year"]))
        if before is None:
            write.insert(budget_line, node=each.row["id"], **line)
        elif any(before[name] != value for name, value in line.items()):
            write.update(budget_line, before["id"], before["version"], **line)
    for row in chain.from_iterable(held.values()):
        write.delete(budget_line, row["id"], row["version"])


def _milestones(write: Write, each: Changed) -> None:
    """The steps of a node as the file has them, matched by name; one that has evidence does not go."""
    query = select(milestone).where(milestone.c.node == each.row["id"]).order_by(milestone.c.position)
    held = _held(write, query, lambda row: _named(row["name"]))
    for position, step in enumerate(each.fields["milestones"][1]):
        before = _next(held, _named(step["name"]))
        if before is None:
            write.insert(milestone, node=each.row["id"], position=position, **step)
        elif any(before[name] != value for name, value in {**step, "position": position}.items()):
            write.update(milestone, before["id"], before["version"], **step, position=position)
    for row in chain.from_iterable(held.values()):
        if write.connection.execute(select(evidence.c.id).where(evidence.c.milestone == row["id"])).first():
            hint = N_("leave it in the file; what was proved stays")
            raise Refused([Problem(N_("the milestone {name} has evidence, and is not in the file"), hint, line=each.entry.line,
                                   key=each.entry.key, values={"name": _named(row["name"])})])  # fmt: skip
        write.delete(milestone, row["id"], row["version"])


def _held(write: Write, query: Select[Any], name: Callable[[Row], Hashable]) -> dict[Hashable, list[Row]]:
    """Rows by what a file knows them by. Several may bear one name, such as what two funds pay of one budget code."""
    held: dict[Hashable, list[Row]] = {}
    for row in write.connection.execute(query).mappings():
        held.setdefault(name(dict(row)), []).append(dict(row))
    return held


def _next(held: Mapping[Hashable, list[Row]], name: Hashable) -> Row | None:
    """The first of that name that the file has not named yet, which is taken out."""
    rows = held.get(name)
    return rows.pop(0) if rows else None


def _named(words: Any) -> str:
    return words if isinstance(words, str) else str(sorted(words.items()))


def _added(write: Write, plan_id: int, found: Difference, ids: Mapping[str, int]) -> dict[str, int]:
    """New nodes, and the nodes that move under one of them."""
    if not found.added:
        return {}
    known = add_nodes(write, plan_id, found.added, ids, positions=_beside(write.connection, plan_id, found.entries))
    new = {entry.key for entry in found.added}
    for each in found.changed:
        if "parent" in each.fields and each.entry.parent in new:
            row = write.row(node, each.row["id"])
            write.update(node, row["id"], row["version"], parent=known[each.entry.parent])
    return {key: number for key, number in known.items() if key in new}


def _beside(connection: Connection, plan_id: int, entries: Sequence[NodeEntry]) -> dict[str, int]:
    """The position of the node that a new one follows: of two at one position the older comes first, so no other has to move."""
    rows = connection.execute(select(node.c.key, node.c.position).where(node.c.plan == plan_id))
    there = {row.key: row.position for row in rows}
    found, last = {}, 0
    for entry in entries:
        found[entry.key] = last = there.get(entry.key, last)
    return found


def _reorder(write: Write, plan_id: int, keys: Sequence[str]) -> None:
    """The order of the file, where it is another than that of the plan; what the file does not have comes after."""
    rows = write.connection.execute(select(node).where(node.c.plan == plan_id).order_by(node.c.position, node.c.id)).mappings().all()
    place = {key: number for number, key in enumerate(keys)}
    siblings: dict[int | None, list[int]] = {}
    for row in rows:
        if row["key"] in place:
            siblings.setdefault(row["parent"], []).append(place[row["key"]])
    if all(group == sorted(group) for group in siblings.values()):
        return
    for number, row in enumerate(sorted(rows, key=lambda row: place.get(row["key"], len(place)))):
        if row["position"] != number:
            write.update(node, row["id"], row["version"], position=number)
