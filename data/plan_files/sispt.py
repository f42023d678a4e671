"""Colombia's plan indicativo (SisPT): a row for each product target, with what is programmed and funded in each year."""

import re
from collections.abc import Sequence
from typing import Any

from data.plan_files.cells import Table
from data.plan_files.plan_map import Budget, Level, Named, PlanMap, Said
from data.proposal.matches import folded

NAME = "sispt"
ENDING = ".xlsx"
YEARS = range(2020, 2040)
SOURCES = {
    "recursos propios": "Recursos propios", "sgp educacion": "SGP educación", "sgp salud": "SGP salud", "sgp deporte": "SGP deporte",
    "sgp cultura": "SGP cultura", "sgp libre inversion": "SGP libre inversión", "sgp libre destinacion": "SGP libre destinación",
    "sgp alimentacion escolar": "SGP alimentación escolar", "sgp municipios rio magdalena": "SGP municipios río Magdalena",
    "sgp apsb": "SGP agua potable y saneamiento básico", "credito": "Crédito",
    "transferencias cofinanciacion departamento": "Cofinanciación del departamento",
    "transferencias cofinanciacion nacion": "Cofinanciación de la nación", "otros": "Otros",
}  # fmt: skip
SAMPLES = {"progress": "0", "day": "2000-01-01"}
WORDS = {
    "not_started": "Sin iniciar", "started": "En ejecución", "completed": "Cumplida", "suspended": "Suspendida",
    "removal_proposed": "En ejecución", "cancelled": "Cancelada",
}  # fmt: skip
TARGET = Named(one={"es": "Meta de producto", "en": "Product target"}, many={"es": "Metas de producto", "en": "Product targets"})
LEVELS = (
    (("linea estrategica",), {"es": "Línea estratégica", "en": "Strategic line"}, {"es": "Líneas estratégicas", "en": "Strategic lines"}),
    (("sector mga", "sector"), {"es": "Sector", "en": "Sector"}, {"es": "Sectores", "en": "Sectors"}),
    (("programa mga", "programa"), {"es": "Programa", "en": "Programme"}, {"es": "Programas", "en": "Programmes"}),
)
CODES = ("codigo indicador producto mga", "codigo indicador producto", "codigo de indicador de producto", "codigo indicador de producto")
NAMES = ("indicador producto mga", "indicador de producto mga", "indicador de producto", "indicador producto")


def recognise(table: Table) -> bool:
    """Whether the header has the code and name of product indicators, their line and their target for four years."""
    found = _found(table)
    target = any(name.startswith("meta") and "cuatrienio" in name for name in found)
    return target and "linea estrategica" in found and bool(_first(found, CODES)) and bool(_first(found, NAMES))


def mapping(table: Table, plan: Said) -> PlanMap:
    """The columns as a map. The same indicator may stand in several rows: they are numbered."""
    found = _found(table)
    levels = tuple(Level(one=one, many=many, column=column) for names, one, many in LEVELS if (column := _first(found, names)))
    told: dict[str, Any] = {
        "description": _first(found, ("personalizacion indicador", "personalizacion", "personalizacion de indicador")),
        "sdg": _first(found, ("codigo ods", "ods")), "progress": _first(found, ("avance", "porcentaje de avance")),
        "area": _first(found, ("secretaria", "dependencia", "responsable")),
    }  # fmt: skip
    return PlanMap(
        plan=plan, levels=levels, rows=TARGET, key=_first(found, CODES) or "", numbered_keys=True, name=_first(found, NAMES) or "",
        rows_below_header=table.below, budget=tuple(_budgets(found)), **told,
    )  # fmt: skip


def columns(_levels: int, _languages: Sequence[str]) -> tuple[str, ...]:
    """The header of a file of ours: without what Mandato does not know of a plan."""
    return ("codigo_indicador_producto", "linea_estrategica", "sector_mga", "programa_mga", "indicador_producto", "personalizacion",
            "meta_cuatrienio", "ods", "avance")  # fmt: skip


def _found(table: Table) -> dict[str, str]:
    return {folded(name.replace("_", " ")): name for name in reversed(table.names) if name}


def _first(found: dict[str, str], names: Sequence[str]) -> str | None:
    return next((found[name] for name in names if name in found), None)


def _budgets(found: dict[str, str]) -> list[Budget]:
    """A line for each source of money and year; the total alone, where no source is given."""
    lines = []
    for name, column in found.items():
        year = re.search(r"\b(20[23]\d)\b", name)
        source = folded(re.sub(r"\b20[23]\d\b", "", name))
        if year and source in SOURCES:
            lines.append(Budget(name=f"{SOURCES[source]} {year[1]}", year=int(year[1]), currency="COP", initial=column))
    return lines or [
        Budget(name=f"Total {year[1]}", year=int(year[1]), currency="COP", initial=column)
        for name, column in found.items() if (year := re.fullmatch(r"total (20[23]\d)", name))
    ]  # fmt: skip
