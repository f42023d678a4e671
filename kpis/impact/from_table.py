"""The panel of a study that reads a table, with everything that is wrong with the table said at once."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from data.located import near
from data.problems import N_, Problem, Refused
from kpis.impact import table as tables
from kpis.impact.columns import counts_of, covariates, matrix, of_each_unit, samples, words_of_each_unit
from kpis.impact.faults import faults
from kpis.impact.labels import Periods, periods, text, unread
from kpis.impact.panel import Numbers, Panel
from kpis.impact.reading import Written
from kpis.impact.study import Study
from kpis.impact.table import Table
from kpis.impact.treatment import by_column, by_start

MISSING_SHOWN = 5
"""Periods named of each unit that lacks some: whoever fills them in sees the rest."""
LEAVE_OUT = N_("bring them, or leave the unit out: donors_out")


def panel(written: Written, start: object = None) -> Panel:
    """The figures of the table that the study names; `start` is when its action began. Raises Refused with every problem."""
    assert written.table is not None
    table = tables.read(written.table, written.table_name)
    problems = _unknown_columns(written, table)
    if problems:
        raise Refused(problems)
    kept = _kept(written, table, problems)
    names = tuple(dict.fromkeys(units_of(kept, written.study)))
    when = _periods(kept, str(written.study.time), problems)
    if when is None or not names:
        raise Refused(problems)
    return _Shaped(written, kept, names, when, problems).panel(written.study.start if start is None else start)


def units_of(table: Table, study: Study) -> list[str]:
    """The unit of each row; of a series alone, the outcome itself."""
    return [str(study.outcome)] * len(table.lines) if study.unit is None else list(map(text, table.cells[study.unit]))


def columns(study: Study) -> dict[str, tuple[str, ...]]:
    """The columns that each key of a study names."""
    single = {key: getattr(study, key) for key in ("unit", "time", "outcome", "first_treated", "cluster", "weights", "offset")}
    return {**{key: (name,) for key, name in single.items() if name}, "covariates": study.covariates, "predictors": study.matched}


def _unknown_columns(written: Written, table: Table) -> list[Problem]:
    hint = N_("write {near}; its columns are {known}")
    return [
        written.problem(
            key, N_("the table has no column {name!r}"), hint, name=name, near=near(name, table.cells), known=", ".join(table.cells)
        )
        for key, names in columns(written.study).items()
        for name in names
        if name not in table.cells
    ]


def _kept(written: Written, table: Table, problems: list[Problem]) -> Table:
    """Without the units that the study leaves out."""
    units = units_of(table, written.study)
    out = set(map(text, written.study.donors_out))
    for place, label in enumerate(written.study.donors_out):
        if text(label) not in units:
            values = {"name": text(label), "near": near(text(label), set(units))}
            hint = N_("write {near}, as the table does")
            problems.append(written.problem(f"donors_out.{place}", N_("no row is of {name!r}"), hint, **values))
        elif text(label) in map(text, written.study.treated):
            hint = N_("keep it in one of the two lists")
            problems.append(written.problem(f"donors_out.{place}", N_("{name!r} is treated and left out"), hint, name=text(label)))
    kept = table.only([row for row, unit in enumerate(units) if unit not in out])
    if not kept.lines:
        problems.append(written.problem("donors_out", N_("every unit is left out"), N_("keep who is treated, and whom to compare with")))
    return kept


def _periods(table: Table, column: str, problems: list[Problem]) -> Periods | None:
    labels = list(map(text, table.cells[column]))
    found = periods(labels)
    if found is None:
        wrong = set(unread(labels))
        hint = N_("write all periods alike: 2026-06, 2026-Q2, 2026, 2026-W23 or 2026-06-30, or plain numbers")
        problems += [
            table.problem(row, column, N_("{text!r} and the others are not periods of one kind"), hint, text=label)
            for row, label in enumerate(labels)
            if label in wrong
        ]
    return found


class _Shaped:
    """One table being made a panel: its rows by unit and period, and the problems found so far."""

    def __init__(self, written: Written, table: Table, units: Sequence[str], when: Periods, problems: list[Problem]) -> None:
        self.written, self.study, self.table, self.problems = written, written.study, table, problems
        self.units = {name: place for place, name in enumerate(units)}
        self.when = when
        known = {label: when.number(label) for label in set(table.cells[str(self.study.time)])}
        self.unit: NDArray[np.int64] = np.array([self.units[name] for name in units_of(table, self.study)])
        self.period: NDArray[np.int64] = np.array([known[cell] for cell in table.cells[str(self.study.time)]])

    def panel(self, start: object) -> Panel:
        """Raises Refused with every problem."""
        self._empty_labels()
        outcome, first = self._outcome(), self._first(start)
        values = matrix(outcome, self.unit, self.period, self.shape)
        sampled = self.study.repeated or self._is_sample(outcome, values)
        if not sampled:
            self._twice()
        self._missing(values, outcome, sampled)
        told = columns(self.study)
        names = dict.fromkeys([*told["covariates"], *told["predictors"], *told.get("offset", ())])
        beside = covariates(self.table, names, self.unit, self.period, self.shape, self.problems)
        found = Panel(
            tuple(self.units), self.when.names, values, first, beside, self._weights(), self._clusters(),
            samples(outcome, self.unit, self.period) if sampled else None,
        )  # fmt: skip
        self.problems += faults(found, self.written, whole=not self.problems)
        if self.problems:
            raise Refused(self.problems)
        return found

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.units), len(self.when.names)

    def _empty_labels(self) -> None:
        column = self.study.unit
        if column is None:
            return
        for row in _where(cell == "" for cell in self.table.cells[column]):
            self.problems.append(self.table.problem(row, column, N_("the unit is missing"), N_("write it, or remove the row")))

    def _outcome(self) -> Numbers:
        column = str(self.study.outcome)
        found = tables.numbers(self.table, column, self.problems)
        if not self.study.log:
            return found
        for row in _where(found <= 0):
            hint = N_("remove `log: true`, or leave the unit out: donors_out")
            self.problems.append(self.table.problem(row, column, N_("{number:g} has no logarithm"), hint, number=float(found[row])))
        return np.log(np.where(found > 0, found, np.nan))

    def _first(self, start: object) -> NDArray[np.int64]:
        if self.study.first_treated:
            return by_column(self.written, self.table, self.units, self.unit.tolist(), self.when, self.problems)
        return by_start(self.written, list(self.units), self.when, start, self.problems)

    def _twice(self) -> None:
        seen: dict[tuple[int, int], int] = {}
        for row, place in enumerate(zip(self.unit.tolist(), self.period.tolist(), strict=True)):
            if (before := seen.setdefault(place, row)) != row:
                values = {"unit": list(self.units)[place[0]], "period": self.when.names[place[1]], "first": self.table.lines[before]}
                hint = N_("keep one, or write `repeated: true` where the rows are a sample")
                message = N_("{unit} in {period} is given twice, first on line {first}")
                self.problems.append(self.table.problem(row, str(self.study.time), message, hint, **values))

    def _is_sample(self, outcome: Numbers, values: Numbers) -> bool:
        """Whether a difference of means is asked for, and every unit has several rows that differ in every period: no slip makes that."""
        if self.study.method != "did" or "repeated" in self.study.model_fields_set:
            return False
        counts = counts_of(outcome, self.unit, self.period, self.shape)
        apart = np.isfinite(outcome) & (outcome != values[self.unit, self.period])
        return bool((counts > 1).all() and apart.any())

    def _missing(self, values: Numbers, outcome: Numbers, sampled: bool) -> None:
        """A row without its outcome is named; a unit that lacks rows, with its periods."""
        column, names = str(self.study.outcome), list(self.units)
        wrong = {problem.line for problem in self.problems}
        for row in np.flatnonzero(np.isnan(outcome)).tolist():
            if self.table.lines[row] not in wrong and not sampled:
                told = {"unit": names[int(self.unit[row])], "period": self.when.names[int(self.period[row])]}
                message = N_("the outcome of {unit} in {period} is missing")
                self.problems.append(self.table.problem(row, column, message, LEAVE_OUT, **told))
        there = np.zeros(self.shape, bool)
        there[self.unit, self.period] = True
        absent = np.isnan(values) if sampled else ~there
        for unit in np.flatnonzero(absent.any(axis=1)).tolist():
            lacking = [self.when.names[period] for period in np.flatnonzero(absent[unit]).tolist()]
            more = N_("{unit} has no figure of {periods} and {more} more: the panel is not balanced")
            message = more if len(lacking) > MISSING_SHOWN else N_("{unit} has no figure of {periods}: the panel is not balanced")
            told = {"unit": names[unit], "periods": ", ".join(lacking[:MISSING_SHOWN]), "more": len(lacking) - MISSING_SHOWN}
            self.problems.append(Problem(message, LEAVE_OUT, self.table.path, column=str(self.study.time), values=told))

    def _weights(self) -> Numbers | None:
        if not self.study.weights:
            return None
        return of_each_unit(self.table, self.study.weights, self.unit, list(self.units), self.problems)

    def _clusters(self) -> tuple[str, ...] | None:
        if not self.study.cluster:
            return None
        return words_of_each_unit(self.table, self.study.cluster, self.unit, list(self.units), self.problems)


def _where(found: Iterable[bool]) -> list[int]:
    return [row for row, is_so in enumerate(found) if is_so]
