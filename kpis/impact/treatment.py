"""Who is under the policy since when, in the units and periods of a panel."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from data.located import near
from data.problems import N_, Problem
from kpis.impact.labels import Periods, text
from kpis.impact.panel import NEVER
from kpis.impact.reading import Written
from kpis.impact.table import NOTHING, Table

NEVER_SAID = NOTHING | {"0"}
OUTSIDE = N_("the policy begins at {start}, and the data run from {first} to {last}")


def by_start(written: Written, units: Sequence[str], periods: Periods, start: object, problems: list[Problem]) -> NDArray[np.int64]:
    """The first treated period of each unit where all begin at once; units that are not in the panel become problems."""
    first = np.full(len(units), NEVER)
    begins = _begins(written, periods, start, problems)
    if written.study.table and written.study.unit is None:
        return first if begins is None else np.full(len(units), begins)
    for place, label in enumerate(written.study.treated):
        name = text(label)
        if name not in units:
            hint, values = N_("write {near}, as the table does"), {"name": name, "near": near(name, units)}
            problems.append(written.problem(f"treated.{place}", N_("no row is of {name!r}"), hint, **values))
        elif begins is not None:
            first[units.index(name)] = begins
    return first


def _begins(written: Written, periods: Periods, start: object, problems: list[Problem]) -> int | None:
    found = periods.since(start)
    values = {"start": text(start), "first": periods.names[0], "last": periods.names[-1]}
    key = "start" if written.study.start is not None else "action"
    if found is None:
        problems.append(written.problem(key, N_("{start} is not a period such as {first}"), N_("write it as the data do"), **values))
    elif found == 0:
        hint = N_("bring figures from before it, or correct the start")
        problems.append(written.problem(key, OUTSIDE, hint, **values))
    elif found == len(periods.names):
        hint = N_("bring figures from after it, or correct the start")
        problems.append(written.problem(key, OUTSIDE, hint, **values))
    else:
        return found
    return None


def by_column(
    written: Written, table: Table, units: Mapping[str, int], row_units: Sequence[int], periods: Periods, problems: list[Problem]
) -> NDArray[np.int64]:
    """The first treated period of each unit as a column of the table says; `row_units` is the unit of each row."""
    column = str(written.study.first_treated)
    first, told, wrong = np.full(len(units), NEVER), dict[int, str](), set[int]()
    for row, (unit, cell) in enumerate(zip(row_units, table.cells[column], strict=True)):
        said = text(cell)
        known = told.setdefault(unit, said)
        if unit in wrong:
            continue
        fault = _unlike(known, said) or _no_period(said, periods)
        if fault:
            wrong.add(unit)
            values = {"text": said, "other": known, "first": periods.names[0], "last": periods.names[-1]}
            problems.append(table.problem(row, column, *fault, unit=list(units)[unit], **values))
        elif said not in NEVER_SAID:
            first[unit] = periods.since(said)
    return first


def _unlike(known: str, said: str) -> tuple[str, str] | None:
    if known == said:
        return None
    return N_("{unit} is first treated at {text} in this row, and at {other} above"), N_("write the same in all rows of a unit")


def _no_period(said: str, periods: Periods) -> tuple[str, str] | None:
    if said in NEVER_SAID:
        return None
    found = periods.since(said)
    if found is None or found == len(periods.names):
        return (
            N_("{text!r} is not a period of the data, which run from {first} to {last}"),
            N_("write the first treated period, and 0 or nothing for who is not treated within them"),
        )
    if found == 0:
        return (
            N_("{unit} is treated from {text} on, and the data begin at {first}: there is nothing before it to compare with"),
            N_("bring earlier figures, or leave the unit out: donors_out"),
        )
    return None
