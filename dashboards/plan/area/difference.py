"""What would be saved, cell by cell, before anything is; what stands in the way; and the button that saves it, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import streamlit as st

from dashboards import formats, panel
from dashboards.markdown import plain
from dashboards.plan import doing, shown, truth_line
from dashboards.plan.area import wording
from dashboards.plan.tables import table
from dashboards.session import Session
from dashboards.words import NN_, Words, translator
from data.plans.checking import Found
from data.plans.comparing import FIELDS, Change, Held, Values
from data.plans.reporting import problems, report_all
from data.problems import Problem
from data.records.writing import Stale

Lines = Mapping[int, int]
Read = tuple[int | None, Found]
"""What was found while reading, and the action that it is about, where one is known."""


@dataclass(frozen=True)
class Proposed:
    """`changes` can be saved; `faults` are what is wrong with rows, which are left out; `remarks` need nothing; `broken` those rows."""

    changes: tuple[Change, ...]
    faults: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    broken: frozenset[int]

    @classmethod
    def of(
        cls, held: Mapping[int, Held], changes: Sequence[Change], found: Sequence[Read], lines: Mapping[int, int] | None = None
    ) -> "Proposed":
        """Sorts out what a report refuses. `lines` are the rows of actions in a file."""
        rows = lines or {}
        refused = [
            (change.held.node, replace(problem, line=rows.get(change.held.node)))
            for change in changes
            for problem in problems(change.report(date.min), change.held.values.status)
        ]
        read = [(node, each.problem) for node, each in found if each.refuses]
        faults = [replace(problem, key=held[node].key if node in held else problem.key) for node, problem in [*read, *refused]]
        broken = frozenset(node for node, _problem in [*read, *refused] if node is not None)
        good = tuple(change for change in changes if change.held.node not in broken)
        faults.sort(key=lambda fault: (fault.line is None, fault.line or 0))  # of a file row by row, as whoever mends it goes
        return cls(good, tuple(faults), tuple(each.problem for _node, each in found if not each.refuses), broken)


def show(session: Session, form: str, proposed: Proposed) -> set[int] | None:
    """Draws all of it. In the run in which something was saved: the actions that were not, and are still to be settled; else None."""
    _ = translator(session.locale)
    fresh = [change for change in proposed.changes if not change.stale]
    stale = [change for change in proposed.changes if change.stale]
    parts = [
        _problems(proposed, _),
        _cells(session, fresh, _),
        _remarks(proposed, _),
    ]
    if any(parts):
        panel.show("".join(parts), key=f"{form}#difference")
    chosen = fresh + _chosen(session, form, stale, _)
    if not proposed.changes and not proposed.faults:
        st.write(_("Nothing of this differs from what the records say."))
    if not chosen or not st.button(_label(len(chosen), len(proposed.broken), _), key=f"{form}#save", type="primary"):
        return None
    if not _saved(session, form, chosen, _):
        return None
    sent = {change.held.node for change in chosen}
    return {change.held.node for change in proposed.changes if change.held.node not in sent} | proposed.broken


def _saved(session: Session, form: str, chosen: list[Change], _: Words) -> bool:
    actor = session.actor
    assert actor is not None

    def save() -> str:
        report_all(session.records, actor, [change.report(date.today()) for change in chosen])
        count = len(chosen)
        return _.ngettext("Saved: {n} action is reported.", "Saved: {n} actions are reported.", count, n=count)

    try:
        done = doing.attempt(session, save)
    except Stale:
        told = _("Nothing was saved: somebody else reported one of these actions meanwhile. Look at both versions, and save again.")
        st.error(plain(told), icon=":material/sync_problem:")
        return False
    if done:
        doing.note(form, done)
    return done is not None


def _label(count: int, broken: int, _: Words) -> str:
    said = _.ngettext("Save the report of {n} action", "Save the report of {n} actions", count, n=count)
    if not broken:
        return said
    one, many = NN_("{save}; {n} row with a problem is left out", "{save}; {n} rows with a problem are left out")
    return _.ngettext(one, many, broken, save=said, n=broken)


def _cells(session: Session, changes: Sequence[Change], _: Words) -> str:
    if not changes:
        return ""
    title, titles = _("What would be saved"), [(_("Action"), ""), (_("What changes"), ""), (_("Was"), ""), (_("Will be"), "")]
    rows = [
        [
            _name(session, change, number),
            escape(_title(name, _)),
            _was(session, change.held.values, name),
            _is(session, change.wanted, name),
        ]
        for change in changes
        for number, name in enumerate(change.mine)
    ]
    return f"<h3>{escape(title)}</h3>" + table(titles, [("", rows)], _("Cells that would change"), "cells quiet")


def _chosen(session: Session, form: str, stale: Sequence[Change], _: Words) -> list[Change]:
    """What others changed since the reader began, both versions side by side; those that the reader sends all the same."""
    if not stale:
        return []
    told = _("Somebody else reported these actions since you began. They are left out unless you choose yours.")
    st.error(plain(told), icon=":material/sync_problem:")
    titles = [(_("Action"), ""), (_("What"), ""), (_("Saved meanwhile"), ""), (_("Yours"), "")]
    rows = [
        [
            _name(session, change, number),
            escape(_title(name, _)),
            _plain(session, change.held.values, name),
            _is(session, change.wanted, name),
        ]
        for change in stale
        for number, name in enumerate(name for name in FIELDS if name in change.mine or name in change.theirs)
    ]
    panel.show(table(titles, [("", rows)], _("Both versions"), "cells quiet"), key=f"{form}#both")
    return [change for change in stale if _takes_mine(session, form, change, _)]


def _takes_mine(session: Session, form: str, change: Change, _: Words) -> bool:
    """Asked anew for each version: a choice made over one says nothing over the next."""
    label = _("Send mine on top of theirs: {name}", name=shown.name(session, change.held.name))
    return st.checkbox(plain(label), key=f"{form}#mine#{change.held.node}#{change.held.version}")


def _name(session: Session, change: Change, number: int) -> str:
    """The action once, beside its first cell."""
    if number:
        return ""
    return f'{escape(shown.name(session, change.held.name))}<span class="note">{escape(change.held.key)}</span>'


def _was(session: Session, values: Values, name: str) -> str:
    return f'<span class="was">{_plain(session, values, name)}</span>'


def _is(session: Session, values: Values, name: str) -> str:
    return f'<span class="is">{_plain(session, values, name)}</span>'


def _plain(session: Session, values: Values, name: str) -> str:
    """A value in words; a dash where there is none."""
    value = getattr(values, name)
    if value is None:
        return formats.NOTHING
    if name == "declared":
        return escape(truth_line.share(value, session.locale))
    return escape(wording.of(session.locale).statuses[value] if name == "status" else value)


def _problems(proposed: Proposed, _: Words) -> str:
    if not proposed.faults:
        return ""
    count = len(proposed.faults)
    title = _.ngettext("{n} problem: its row is left out", "{n} problems: their rows are left out", count, n=count)
    return f"<h3>{escape(title)}</h3>{_listed(proposed.faults, _)}"


def _remarks(proposed: Proposed, _: Words) -> str:
    if not proposed.remarks:
        return ""
    title = escape(_("Worth knowing"))
    return f"<h3>{title}</h3>{_listed(proposed.remarks, _)}"


def _listed(found: Sequence[Problem], _: Words) -> str:
    titles = [(_("Row"), ""), (_("Column"), ""), (_("What is wrong, and what to do"), "")]
    return table(titles, [("", [_problem(each, _) for each in found])], _("Problems"), "quiet")


def _problem(found: Problem, _: Words) -> list[str]:
    row = _("row {n}", n=found.line) if found.line else ""
    where = " · ".join(part for part in (row, found.key or "") if part) or _("the whole sheet")
    return [escape(where), escape(_title(str(found.column), _)) if found.column else "", escape(_.problem(found))]


def _title(column: str, _: Words) -> str:
    return _(wording.TITLES[column]) if column in wording.TITLES else column
