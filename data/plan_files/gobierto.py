"""Gobierto's plan CSV: levels in columns, then Node.Title, Node.external_id, Node.Status, Node.Progress, days and further fields."""

import re
from collections.abc import Sequence
from typing import Any

from data.plan_files.cells import Table
from data.plan_files.plan_map import Level, PlanMap, Said

NAME = "gobierto"
ENDING = ".csv"
LEVEL = re.compile(r"level (\d+)", re.IGNORECASE)
FIXED = {
    "node.title": "name", "node.external_id": "key", "node.status": "status", "node.progress": "progress", "node.start": "starts",
    "node.end": "ends",
}  # fmt: skip
FRESH = ("Node.Title", "Node.external_id", "Node.Status", "Node.Progress", "Node.Start", "Node.End", "Node.description")
SAMPLES = {"progress": "0%", "day": "01/01/2000"}
"""How Gobierto itself writes a progress and a day, where a column has none yet."""
WORDS = {
    "not_started": "Pending", "started": "Active", "completed": "Finished", "suspended": "Suspended", "removal_proposed": "Active",
    "cancelled": "Cancelled",
}  # fmt: skip


def recognise(table: Table) -> bool:
    """Whether the header has a level and a title."""
    folded = [name.casefold() for name in table.names]
    return "node.title" in folded and any(LEVEL.fullmatch(name) for name in table.names)


def mapping(table: Table, plan: Said) -> PlanMap:
    """Gobierto's columns as a map. Where `Node.Status` stands beside a field of the city's own `Node.status`, the first is meant."""
    found: dict[str, str] = {}
    for name in sorted(table.names, key=lambda name: name not in FRESH):
        if (part := FIXED.get(name.casefold())) is not None:
            found.setdefault(part, name)
    levels = sorted((name for name in table.names if LEVEL.fullmatch(name)), key=_number)
    description = next((name for name in table.names if name.casefold() == "node.description"), None)
    told: dict[str, Any] = {**found, "description": description, "plan": plan}
    return PlanMap(levels=tuple(_level(number, name) for number, name in enumerate(levels)), **told)


def columns(levels: int, _languages: Sequence[str]) -> tuple[str, ...]:
    """The header of a file of ours: as Gobierto exports it."""
    return (*(f"Level {number}" for number in range(levels)), *FRESH)


def _number(name: str) -> int:
    found = LEVEL.fullmatch(name)
    return int(found[1]) if found else 0


NAMES = (
    ({"es": "Eje", "en": "Axis"}, {"es": "Ejes", "en": "Axes"}),
    ({"es": "Línea", "en": "Line"}, {"es": "Líneas", "en": "Lines"}),
    ({"es": "Objetivo", "en": "Objective"}, {"es": "Objetivos", "en": "Objectives"}),
)


def _level(number: int, column: str) -> Level:
    one, many = NAMES[number] if number < len(NAMES) else (f"Level {number + 1}", f"Levels {number + 1}")
    return Level(one=one, many=many, column=column)
