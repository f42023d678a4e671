"""What somebody is typing into the table of values: kept at each run, so that neither a reload nor a restart loses it.

As dashboards.plan.area.desk keeps the table of an area's actions; here a row is four cells, and what differs is saved as a draft of the
review only when somebody says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from babel.numbers import get_decimal_symbol
from pydantic import TypeAdapter

from dashboards import session as visit
from dashboards.desks import Keeping
from dashboards.session import Session
from dashboards.work.values.known import Row
from data.reviews.parts import PARTS

Cells = dict[str, str]
"""What is in the cells of FIELDS, as it is typed."""
NUMBERS = ("value", *PARTS)
FIELDS = (*NUMBERS, "said")


@dataclass(frozen=True)
class Line:
    """`clean` are the cells as the records had them at `version`, `start` what the table was filled with, `cells` what it holds."""

    version: int
    clean: Cells
    start: Cells
    cells: Cells

    @property
    def touched(self) -> bool:
        return self.cells != self.clean


@dataclass(frozen=True)
class Desk:
    """The table of a visit, its lines by the keys of values. `number` changes when it is filled anew; `since` is when a draft was kept."""

    number: int
    lines: dict[str, Line]
    since: str = ""

    @property
    def touched(self) -> dict[str, Line]:
        return {key: line for key, line in self.lines.items() if line.touched}


_KEPT = Keeping(TypeAdapter(Desk), TypeAdapter(dict[str, Line]), "lines")


def settled(session: Session, form: str, rows: Mapping[str, Row]) -> Desk:
    """What the table holds in this run. A line in which nothing is typed follows the records; what was kept is found again."""
    desk = _KEPT.read(form) or _opened(session, form, rows)
    lines = {key: _followed(session, desk.lines.get(key), row) for key, row in rows.items()}
    forgot = visit.left(widget(form, desk)) is None and bool(desk.touched)  # the reader was on another page
    if forgot or lines != desk.lines:
        desk = replace(desk, number=desk.number + 1, lines={key: replace(line, start=line.cells) for key, line in lines.items()})
    _KEPT.write(form, desk)
    return desk


def widget(form: str, desk: Desk) -> str:
    """The key of the table's own state."""
    return f"{form}#{desk.number}"


def keep(session: Session, form: str, desk: Desk, cells: Mapping[str, Cells]) -> Desk:
    """Remember what the cells hold now, in the visit and in the records; returns the desk with it."""
    if all(desk.lines[key].cells == told for key, told in cells.items()):
        return desk
    desk = replace(desk, lines={key: replace(line, cells=cells.get(key, line.cells)) for key, line in desk.lines.items()})
    _KEPT.write(form, desk)
    _KEPT.draft(session, form, desk.touched)
    return desk


def leave_only(session: Session, form: str, desk: Desk, keys: set[str]) -> None:
    """Forget what was typed but for some values, as when the others were saved; the table is filled anew in the next run."""
    _KEPT.draft(session, form, {key: line for key, line in desk.touched.items() if key in keys})
    _KEPT.forget(form, desk.number)


def _followed(session: Session, line: Line | None, row: Row) -> Line:
    if line is None or (not line.touched and line.version != (row["version"] or 0)):
        return _fresh(session, row)
    return line


def _fresh(session: Session, row: Row) -> Line:
    mark = get_decimal_symbol(session.locale)
    cells = {name: "" if row[name] is None else f"{row[name]:.15g}".replace(".", mark) for name in NUMBERS}
    cells["said"] = row["said"] or ""
    return Line(row["version"] or 0, cells, cells, cells)


def _opened(session: Session, form: str, rows: Mapping[str, Row]) -> Desk:
    """The first run of a visit: what was kept over what the records hold."""
    lines = {key: _fresh(session, row) for key, row in rows.items()}
    desk = Desk(_KEPT.number(form), lines)
    kept, since = _KEPT.drafted(session, form, lines)
    kept = {key: replace(line, start=line.cells) for key, line in kept.items() if set(line.cells) == set(FIELDS)}
    return replace(desk, lines={**lines, **kept}, since=since) if kept else desk
