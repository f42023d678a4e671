"""Columns of a study's table as the parts of a panel: a number for each unit and period, one for each unit, or the rows themselves."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from data.problems import N_, Problem
from kpis.impact.panel import Numbers
from kpis.impact.table import Table, numbers

Places = NDArray[np.int64]
"""The unit, or the period, of each row."""


def matrix(found: Numbers, unit: Places, period: Places, shape: tuple[int, int]) -> Numbers:
    """Units x periods: the mean of the rows that are of each; NaN where none is."""
    known = np.isfinite(found)
    sums, counts = np.zeros(shape), counts_of(found, unit, period, shape)
    np.add.at(sums, (unit[known], period[known]), found[known])
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def counts_of(found: Numbers, unit: Places, period: Places, shape: tuple[int, int]) -> Numbers:
    """Units x periods: how many rows hold a value."""
    known = np.isfinite(found)
    counts = np.zeros(shape)
    np.add.at(counts, (unit[known], period[known]), 1)
    return counts


def samples(found: Numbers, unit: Places, period: Places) -> tuple[Places, Places, Numbers]:
    """The rows that hold a value, each with its unit and its period."""
    known = np.isfinite(found)
    return unit[known], period[known], found[known]


def covariates(
    table: Table, names: Iterable[str], unit: Places, period: Places, shape: tuple[int, int], problems: list[Problem]
) -> dict[str, Numbers]:
    """Units x periods of each column."""
    return {name: matrix(numbers(table, name, problems), unit, period, shape) for name in names}


def of_each_unit(table: Table, column: str, unit: Places, names: Sequence[str], problems: list[Problem]) -> Numbers:
    """The mean over the rows of each unit: its weight, which is above zero."""
    before = len(problems)
    found = numbers(table, column, problems)
    wrong = {problem.line for problem in problems}
    for row in np.flatnonzero(~(found >= 0)).tolist():
        if table.lines[row] not in wrong:
            missing, negative = N_("the weight of {unit} is missing"), N_("the weight of {unit} is below zero")
            hint = N_("write it, or leave the unit out: donors_out")
            problems.append(table.problem(row, column, missing if np.isnan(found[row]) else negative, hint, unit=names[unit[row]]))
    weights = matrix(found, unit, np.zeros_like(unit), (len(names), 1))[:, 0]
    if len(problems) == before:
        for place in np.flatnonzero(weights == 0).tolist():
            row, hint = int(np.flatnonzero(unit == place)[0]), N_("write it, or leave the unit out: donors_out")
            problems.append(table.problem(row, column, N_("{unit} weighs nothing"), hint, unit=names[place]))
    return weights


def words_of_each_unit(table: Table, column: str, unit: Places, names: Sequence[str], problems: list[Problem]) -> tuple[str, ...]:
    """The word that all rows of a unit say: its cluster."""
    told: dict[int, str] = {}
    for row, (place, cell) in enumerate(zip(unit.tolist(), table.cells[column], strict=True)):
        if told.setdefault(place, cell) != cell:
            values = {"unit": names[place], "text": cell, "other": told[place]}
            message, hint = N_("{unit} is of {text!r} in this row, and of {other!r} above"), N_("write the same in all rows of a unit")
            problems.append(table.problem(row, column, message, hint, **values))
    return tuple(told[place] for place in range(len(names)))
