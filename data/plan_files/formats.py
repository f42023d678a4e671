"""Which format a file has, and the plan in it, whatever it is: Gobierto, Decidim, Territoires en Transitions, SisPT, ours, or by a map."""

from pathlib import Path
from types import ModuleType

from data.model import read_model
from data.plan_files import decidim, gobierto, mapped, own, sispt, tet
from data.plan_files.cells import Grid, Table, grids
from data.plan_files.plan_map import PlanMap, Said
from data.plan_files.reading_rows import Setting
from data.plans.document import PlanDocument
from data.problems import N_, Problem, Refused
from data.yaml_file import read_yaml

FORMATS: dict[str, ModuleType] = {format_.NAME: format_ for format_ in (own, gobierto, decidim, tet, sispt)}
HEADER_WITHIN = 20
"""Rows in which the header of a known format is looked for."""
MAP_HEADER_WITHIN = 200


def read(path: Path, name: str, setting: Setting, asked: str = "auto", plan: Said = Said()) -> PlanDocument:  # noqa: B008 - frozen
    """The plan in a file of a known format. `plan` says what the file does not. Raises Refused with every problem."""
    found = grids(path, name, {})
    for grid in found:
        for kind in FORMATS if asked == "auto" else [asked]:
            if (table := _table(grid, FORMATS[kind])) is not None:
                return _read(table, FORMATS[kind], setting, plan)
    raise Refused([_unknown(found, name, asked)])


def read_by_map(path: Path, name: str, setting: Setting, map_path: Path, map_name: str, plan: Said = Said()) -> PlanDocument:  # noqa: B008
    """The plan in a table that a map describes; what is in `plan` goes before what the map says. Raises Refused with every problem."""
    told = read_model(PlanMap, read_yaml(map_path, map_name))
    said = {key: value for key, value in plan.model_dump().items() if key in plan.model_fields_set}
    told = told.model_copy(update={"plan": told.plan.model_copy(update=said)})
    found = grids(path, name, {"sheet": told.sheet, "encoding": told.encoding, "delimiter": told.delimiter})
    if told.sheet is None and len(found) > 1:
        sheets = ", ".join(grid.layout["sheet"] for grid in found)
        hint = N_("declare which one to read, as `sheet:`")
        raise Refused([Problem("there are several sheets: {sheets}", hint, name, values={"sheets": sheets})])
    return mapped.read(_mapped(found[0], told), told, setting)


def _read(table: Table, kind: ModuleType, setting: Setting, plan: Said) -> PlanDocument:
    if kind is own:
        return own.read(table, setting, plan)
    table = tet.trimmed(table) if kind is tet else table
    return mapped.read(table, kind.mapping(table, plan), setting, kind.NAME)


def _table(grid: Grid, kind: ModuleType) -> Table | None:
    """The grid with its header, where one of its first rows is the format's."""
    for number in range(min(HEADER_WITHIN, len(grid.rows))):
        table = Table(grid, number)
        if kind.recognise(table):
            return table
    return None


def _mapped(grid: Grid, told: PlanMap) -> Table:
    """The grid with the header that the map declares, else the first row that has all of its columns, else the first."""
    if told.header_row is not None:
        at = next((number for number, row in enumerate(grid.rows) if row.line >= told.header_row), 0)
        return Table(grid, at, told.rows_below_header)
    tables = (Table(grid, number, told.rows_below_header) for number in range(min(MAP_HEADER_WITHIN, len(grid.rows))))
    return next((table for table in tables if set(told.wanted) <= set(table.place)), Table(grid, 0, told.rows_below_header))


def _unknown(found: list[Grid], name: str, asked: str) -> Problem:
    header = ", ".join(cell.strip() for cell in found[0].rows[0].cells if cell.strip())[:200]
    if asked != "auto":
        hint = N_("leave --format out, or give a map with --map; its first row is: {header}")
        return Problem(N_("this is not a file of the format {asked}"), hint, name, values={"asked": asked, "header": header})
    hint = N_("say with --map MAP.yaml what its columns are: {header}")
    return Problem(N_("no known format of plans has these columns"), hint, name, values={"header": header})
