"""A plan as a file, or a program, describes it, before it is in the records: nodes named by the city's own keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.problems import Problem

Words = str | dict[str, str]


@dataclass(frozen=True, kw_only=True)
class MilestoneEntry:
    """A dated step; columns as in the table `milestone`."""

    name: Words
    share: float
    stage: str | None = None
    needs: Words | None = None
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """A budget line; columns as in the table `budget_line`, `phases` by their names."""

    code: str
    currency: str
    phases: Mapping[str, float]
    name: Words | None = None
    year: int | None = None
    source: Words | None = None


@dataclass(frozen=True, kw_only=True)
class NodeEntry:
    """A node; `parent` is another's key. `fields` are further columns of the table `node`, by their names.

    `line` is the row of the file that it came from, `cells` the text of each of that row's cells, by the columns of the document.
    """

    key: str
    name: Words
    level: int
    parent: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    milestones: tuple[MilestoneEntry, ...] = ()
    lines: tuple[LineEntry, ...] = ()
    line: int | None = None
    cells: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A row of the file that a plan was read from: the key of the node that it says, and how its cells were written.

    `cells` is None where the node keeps them: each node keeps those of its first row.
    """

    node: str | None
    cells: tuple[str, ...] | None
    kept: str = ""
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """The file that a plan was read from, for whoever writes it again. `layout`: letters, delimiter, rows above; `map`: its columns."""

    format: str
    layout: Mapping[str, Any]
    map: Mapping[str, Any]
    rows: tuple[FileRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanDocument:
    """A whole plan, parents and children in any order. `source` says where it was read: format, name, columns, layout."""

    key: str
    name: Words
    place: str
    levels: tuple[Mapping[str, Words], ...]
    """From the top down, each `{"one": ..., "many": ...}`."""
    nodes: tuple[NodeEntry, ...]
    kind: str = "mandate"
    weights: str = "equal"
    starts: date | None = None
    ends: date | None = None
    source: Mapping[str, Any] | None = None
    file: PlanFile | None = None
    says: tuple[str, ...] = ()
    """Columns of its nodes that the file speaks of, also where a cell is empty; `lines` and `milestones` where it has any."""
    warnings: tuple[Problem, ...] = ()
    """What looks odd in the file, and is kept."""
