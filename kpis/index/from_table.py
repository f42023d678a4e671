"""The figures of an index that reads a table: one row for each place, one column for each indicator. Every problem is said at once."""

from collections.abc import Iterator, Mapping

import numpy as np

from data.located import near
from data.problems import N_, Problem, Refused
from kpis.impact import table as tables
from kpis.impact.table import Table
from kpis.index.figures import Figures, Numbers
from kpis.index.imputing import group_of
from kpis.index.losing import WHOLE
from kpis.index.reading import Written


def figures(written: Written) -> Figures:
    """What the table holds of the recipe's columns. Raises Refused with every problem."""
    if written.table is None:
        hint = N_("add `table:` with its table, or give one by --table")
        raise Refused([written.problem("table", N_("it is not said which table it reads"), hint)])
    table = tables.read(written.table, written.table_name)
    problems = list(_unknown_columns(written, table))
    if problems:
        raise Refused(problems)
    problems += _places(table, written.recipe.place)
    columns = {name: tables.numbers(table, name, problems) for name in dict.fromkeys(_numbers(written))}
    problems += _losses(table, written, columns)
    if problems:
        raise Refused(problems)
    return _figures(written, table, columns)


def _figures(written: Written, table: Table, columns: Mapping[str, Numbers]) -> Figures:
    recipe, rows = written.recipe, len(table.lines)
    places, losses = table.cells[recipe.place], [one.loss for one in recipe.indicators]
    return Figures(
        places=tuple(places),
        names=tuple(name or place for name, place in zip(table.cells[recipe.place_name or recipe.place], places, strict=True)),
        values=np.column_stack([columns[one.column or one.name] for one in recipe.indicators]),
        denominators=np.column_stack([columns[one.denominator] if one.denominator else np.ones(rows) for one in recipe.indicators]),
        groups={name: tuple(table.cells[name]) for name in _groups(written)},
        rows=tuple(table.lines),
        losses=np.column_stack([columns[name] if name else np.zeros(rows) for name in losses]) if any(losses) else None,
    )


def _numbers(written: Written) -> Iterator[str]:
    for one in written.recipe.indicators:
        yield one.column or one.name
        yield from filter(None, (one.denominator, one.loss))


def _groups(written: Written) -> list[str]:
    """The columns that say a place's group."""
    blend = written.recipe.blend
    return [name for name in (group_of(written.recipe), blend.region if blend else None) if name]


def _asked(written: Written) -> Iterator[tuple[str, str]]:
    """Each key that names a column, with the column."""
    recipe = written.recipe
    yield "place", recipe.place
    if recipe.place_name:
        yield "place_name", recipe.place_name
    for place, one in enumerate(recipe.indicators):
        yield f"indicators.{place}.column", one.column or one.name
        if one.denominator:
            yield f"indicators.{place}.denominator", one.denominator
        if one.loss:
            yield f"indicators.{place}.loss", one.loss
    if group := group_of(recipe):
        yield "missing", group
    if recipe.blend:
        yield "blend.region", recipe.blend.region


def _unknown_columns(written: Written, table: Table) -> Iterator[Problem]:
    for key, name in _asked(written):
        if name not in table.cells:
            hint = N_("write {near}; its columns are {known}")
            told = {"name": name, "near": near(name, table.cells), "known": ", ".join(table.cells)}
            yield written.problem(key, N_("the table has no column {name!r}"), hint, **told)


def _losses(table: Table, written: Written, columns: Mapping[str, Numbers]) -> Iterator[Problem]:
    """No more than all can be lost, and no less than nothing."""
    for name in dict.fromkeys(one.loss for one in written.recipe.indicators if one.loss):
        for row in np.flatnonzero((columns[name] < 0) | (columns[name] > WHOLE)).tolist():
            hint = N_("write per cent between 0 and 100")
            number = float(columns[name][row])
            yield table.problem(row, name, N_("{number:g} per cent cannot be lost"), hint, number=number)


def _places(table: Table, column: str) -> Iterator[Problem]:
    """Each row names its place, and no two the same."""
    first = dict[str, int]()
    for row, name in enumerate(table.cells[column]):
        if name == "":
            yield table.problem(row, column, N_("the place is missing"), N_("write it, or remove the row"))
        elif first.setdefault(name, row) != row:
            told = {"name": name, "first": table.lines[first[name]]}
            message = N_("{name!r} is given twice, first on line {first}")
            yield table.problem(row, column, message, N_("keep one row for each place"), **told)
