"""What somebody is typing into the table of an area: kept at each run, so that neither a reload nor a restart nor a save loses it.

A visit remembers what the table was filled with and what it holds; the draft in the records holds the rows that differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from babel.numbers import get_decimal_symbol
from pydantic import TypeAdapter

from dashboards import session as visit
from dashboards.desks import Keeping
from dashboards.session import Session
from data.plans import typed
from data.plans.checking import Found
from data.plans.comparing import FIELDS, Held, Values, tidy
from data.problems import Problem, Refused

Cells = dict[str, str]
"""A row as it is typed, by FIELDS: texts, the status by its word."""


@dataclass(frozen=True)
class Row:
    """An action: its values as the reader began with them, the cells that say just these, and what the cells hold.

    `start` is what the table was filled with, which stays as long as the table does.
    """

    base: Values
    clean: Cells
    start: Cells
    cells: Cells

    @property
    def touched(self) -> bool:
        return self.cells != self.clean


@dataclass(frozen=True)
class Desk:
    """The table of a visit. `number` changes when its cells are filled anew; `since` is when a draft that was found was kept."""

    number: int
    rows: dict[int, Row]
    since: str = ""

    @property
    def touched(self) -> dict[int, Row]:
        return {node: row for node, row in self.rows.items() if row.touched}


_KEPT = Keeping(TypeAdapter(Desk), TypeAdapter(dict[int, Row]), "rows")


def settled(session: Session, form: str, held: Mapping[int, Held], words: Mapping[str, str]) -> Desk:
    """What the table holds in this run; one in which nothing is typed follows the records, and a draft is found again.

    `words` are those of the statuses.
    """
    desk = _KEPT.read(form) or _opened(session, form, held, words)
    follows = not desk.touched and any(row.base != held[node].values for node, row in desk.rows.items() if node in held)
    if follows:
        desk = Desk(desk.number + 1, {node: _fresh(action.values, words, session.locale) for node, action in held.items()})
    elif desk.rows.keys() != held.keys():
        rows = {node: desk.rows.get(node) or _fresh(action.values, words, session.locale) for node, action in held.items()}
        desk = replace(desk, number=desk.number + 1, rows={node: replace(row, start=row.cells) for node, row in rows.items()})
    elif visit.left(widget(form, desk)) is None and desk.touched:  # the reader was on another page, and the table forgot its cells
        desk = replace(desk, number=desk.number + 1, rows={node: replace(row, start=row.cells) for node, row in desk.rows.items()})
    _KEPT.write(form, desk)
    return desk


def widget(form: str, desk: Desk) -> str:
    """The key of the table's own state."""
    return f"{form}#{desk.number}"


def keep(session: Session, form: str, desk: Desk, cells: Mapping[int, Cells]) -> Desk:
    """Remember what the cells hold now, in the visit and in the records; returns the desk with it."""
    if all(desk.rows[node].cells == told for node, told in cells.items()):
        return desk
    desk = replace(desk, rows={node: replace(row, cells=cells.get(node, row.cells)) for node, row in desk.rows.items()})
    _KEPT.write(form, desk)
    _KEPT.draft(session, form, desk.touched)
    return desk


def leave_only(session: Session, form: str, desk: Desk, nodes: set[int]) -> None:
    """Forget what was typed but for some actions, as when the others were sent; the table is filled anew in the next run."""
    _KEPT.draft(session, form, {node: row for node, row in desk.touched.items() if node in nodes})
    _KEPT.forget(form, desk.number)


def values(desk: Desk, words: Mapping[str, str]) -> tuple[dict[int, Values], list[tuple[int, Found]]]:
    """What the touched rows say, by action, and what is wrong with them: the action, and the problem with its column."""
    understood: dict[int, Values] = {}
    faults: list[tuple[int, Found]] = []
    for node, row in desk.touched.items():
        try:
            understood[node] = _values(row, words)
        except Refused as refused:
            faults += [(node, Found(problem)) for problem in refused.problems]
    return understood, faults


def _values(row: Row, words: Mapping[str, str]) -> Values:
    """A cell that nobody touched says exactly what it was filled with. Raises Refused with every problem of the row."""
    said = {name: getattr(row.base, name) for name in FIELDS}
    problems: list[Problem] = []
    for name in FIELDS:
        text = row.cells[name]
        if text == row.clean[name]:
            continue
        try:
            said[name] = typed.percent(text) if name == "declared" else typed.status(text, words) if name == "status" else tidy(text)
        except Refused as refused:
            problems += [replace(problem, column=name) for problem in refused.problems]
    if problems:
        raise Refused(problems)
    return Values(**said)


def _fresh(said: Values, words: Mapping[str, str], locale: str) -> Row:
    cells = _cells(said, words, locale)
    return Row(said, cells, cells, cells)


def _cells(said: Values, words: Mapping[str, str], locale: str) -> Cells:
    declared = "" if said.declared is None else f"{said.declared:.15g}".replace(".", get_decimal_symbol(locale))
    return {"declared": declared, "status": words[said.status] if said.status else "", "said": said.said or "", "reason": said.reason or ""}


def _opened(session: Session, form: str, held: Mapping[int, Held], words: Mapping[str, str]) -> Desk:
    """The first run of a visit: the draft that was kept over what the records hold."""
    rows = {node: _fresh(action.values, words, session.locale) for node, action in held.items()}
    desk = Desk(_KEPT.number(form), rows)
    kept, since = _KEPT.drafted(session, form, rows)
    kept = {key: replace(row, start=row.cells) for key, row in kept.items()}
    return replace(desk, rows={**rows, **kept}, since=since) if kept else desk
