"""Our own plan file: every column of a plan, its levels, steps and budget lines, one row each; what we write we read back equal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.plan_files import own_columns as ours
from data.plan_files.cells import Row, Table
from data.plan_files.kept import Kept
from data.plan_files.own_reading import OwnRows
from data.plan_files.plan_map import Said
from data.plan_files.reading_rows import Setting
from data.plans.checking import check
from data.plans.document import PlanDocument
from data.plans.vocabulary import PHASES
from data.problems import Refused

NAME = "own"
ENDING = ".csv"


def recognise(table: Table) -> bool:
    """Whether the header has the columns that each of our files has."""
    return {"row", "key", "parent", "level"} <= set(table.names) and any(name.split("/")[0] == "name" for name in table.names)


def read(table: Table, setting: Setting, plan: Said) -> PlanDocument:
    """The plan in a file of ours. Raises Refused with every problem."""
    rows = OwnRows(table, setting)
    for row in table.rows:
        rows.add(row)
    document = rows.document(plan)
    found = check(document, table.name)
    problems = [*table.ragged(), *rows.problems, *(each.problem for each in found if each.refuses)]
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.line or 0))
    warnings = (*table.grid.warnings, *rows.warnings, *(each.problem for each in found if not each.refuses))
    return PlanDocument(**{**vars(document), "warnings": warnings})


def rows(kept: Kept, setting: Setting) -> list[Row]:
    """The plan as rows of our own file, its header first."""
    labels = {number: label for label, number in setting.posts.items()}
    sheet = _Sheet()
    sheet.add("plan", **_plan(kept))
    for number, level in enumerate(kept.plan["levels"]):
        sheet.add("level", level=str(number), **ours.written_words("name", level["one"]), **ours.written_words("many", level["many"]))
    for node in kept.nodes:
        sheet.add("node", **_node(kept, node, labels))
        for step in kept.milestones.get(node["id"], ()):
            sheet.add("milestone", parent=ours.safe(node["key"]), **_milestone(step))
        for line in kept.lines.get(node["id"], ()):
            sheet.add("budget", parent=ours.safe(node["key"]), **_line(line))
    return sheet.rows()


@dataclass
class _Sheet:
    """Rows by column; a column in a language is written where some row has it."""

    held: list[dict[str, str]] = field(default_factory=list)

    def add(self, row: str, **cells: str) -> None:
        self.held.append({"row": row, **cells})

    def rows(self) -> list[Row]:
        spoken: dict[str, None] = {column: None for row in self.held for column in row if "/" in column}
        columns = [each for name in ours.COLUMNS for each in (name, *(column for column in spoken if column.split("/")[0] == name))]
        header = Row(1, tuple(columns))
        return [header, *(Row(line, tuple(row.get(name, "") for name in columns)) for line, row in enumerate(self.held, start=2))]


def _plan(kept: Kept) -> dict[str, str]:
    row = kept.plan
    dates = {name: ours.written_day(row[name]) for name in ("starts", "ends")}
    told = {name: row[name] for name in ("key", "kind", "place", "weights")}
    return {**told, **dates, **ours.written_words("name", row["name"])}


def _node(kept: Kept, node: Mapping[str, Any], labels: Mapping[int, str]) -> dict[str, str]:
    parent = kept.by_id.get(node["parent"])
    cells = {"key": ours.safe(node["key"]), "parent": ours.safe(parent["key"]) if parent else "", "level": str(node["level"])}
    cells |= ours.written_words("name", node["name"])
    for column in ours.WORDS:
        cells |= ours.written_words(column, node[column])
    cells |= {column: ours.safe(node[ours.FIELDS.get(column, column)] or "") for column in ours.TEXTS}
    cells |= {column: ours.written_day(node[column]) for column in ours.DAYS}
    cells |= {column: ours.written_number(node[ours.FIELDS.get(column, column)]) for column in ours.NUMBERS}
    cells |= {column: ours.written_list(node[column]) for column in ours.LISTS}
    cells |= {column: (node["participation"] or {}).get(phase, "") for column, phase in ours.PARTICIPATION.items()}
    cells |= {"owner": ours.safe(labels.get(node["owner"], "")), "key_work": ours.YES if node["work"] else ours.NO}
    return cells


def _milestone(step: Mapping[str, Any]) -> dict[str, str]:
    dates = {name: ours.written_day(step[name]) for name in ("due", "done_on")}
    words = {**ours.written_words("name", step["name"]), **ours.written_words("needs", step["needs"])}
    return {"stage": step["stage"] or "", "share": ours.written_number(step["share"]), **dates, **words}


def _line(line: Mapping[str, Any]) -> dict[str, str]:
    words = {**ours.written_words("name", line["name"]), **ours.written_words("source", line["source"])}
    amounts = {phase: ours.written_number(line[phase]) for phase in PHASES}
    return {"key": ours.safe(line["code"]), "year": ours.written_number(line["year"]), "currency": line["currency"], **words, **amounts}
