"""A plan as the records keep it, read for the file that it goes out in: its nodes in order, their money and steps, and its last file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from data.plans.document import FileRow, PlanFile
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import budget_line, milestone, node, plan, plan_file, post

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """Rows are mappings by column; `lines` and `milestones` by the id of their node, `posts` are the names of owners by id."""

    plan: Row
    nodes: list[Row]
    lines: Mapping[int, list[Row]]
    milestones: Mapping[int, list[Row]]
    posts: Mapping[int, Any]
    file: PlanFile | None

    @cached_property
    def by_id(self) -> dict[int, Row]:
        return {row["id"]: row for row in self.nodes}

    @cached_property
    def by_key(self) -> dict[str, Row]:
        return {row["key"]: row for row in self.nodes}

    @cached_property
    def parents(self) -> set[int]:
        """The ids of nodes that have others below them."""
        return {row["parent"] for row in self.nodes if row["parent"] is not None}

    def above(self, row: Row) -> list[Row]:
        """The nodes above one, from the top down."""
        found: list[Row] = []
        while row["parent"] is not None:
            row = self.by_id[row["parent"]]
            found.insert(0, row)
        return found


def kept(records: Records, key: str | None, part: str = "plan") -> Kept:
    """The plan of a key, or the only one. Raises Refused where there is none, or several."""
    with records.read() as connection:
        found = connection.execute(select(plan).order_by(plan.c.key)).mappings().all()
        chosen = [row for row in found if key in (None, row["key"])]
        if len(chosen) != 1:
            values = {"key": key, "known": ", ".join(row["key"] for row in found) or "none"}
            message = N_("there is no plan {key}") if key is not None else N_("which plan is meant is not said")
            raise Refused([Problem(message, N_("name one with --plan: {known}"), key="--plan", values=values)])
        return kept_plan(connection, dict(chosen[0]), part)


def kept_plan(connection: Connection, row: Row, part: str = "plan") -> Kept:
    """One plan, all of it from one state of the records."""
    nodes = select(node).where(node.c.plan == row["id"]).order_by(node.c.position, node.c.id)
    lines, steps = (_by_node(connection, table, row["id"]) for table in (budget_line, milestone))
    posts = {each.id: each.name for each in connection.execute(select(post.c.id, post.c.name))}
    return Kept(row, [dict(each) for each in connection.execute(nodes).mappings()], lines, steps, posts, _file(connection, row["id"], part))


def _by_node(connection: Connection, table: Any, plan_id: int) -> dict[int, list[Row]]:
    query = select(table).join(node, node.c.id == table.c.node).where(node.c.plan == plan_id).order_by(table.c.id)
    found: dict[int, list[Row]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["node"], []).append(dict(row))
    return found


def _file(connection: Connection, plan_id: int, part: str) -> PlanFile | None:
    query = select(plan_file).where(plan_file.c.plan == plan_id, plan_file.c.part == part)
    found = connection.execute(query).mappings().one_or_none()
    if found is None:
        return None
    rows = (FileRow(node=key, cells=None if cells is None else tuple(cells), kept=kept, end=end) for key, cells, kept, end in found["rows"])
    return PlanFile(format=found["format"], layout=found["layout"], map=found["map"], rows=tuple(rows))
