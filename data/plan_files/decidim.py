"""Decidim's accountability results, in the four shapes that are found: A with categories, B with taxonomies, C of 2017, D of Barcelona."""

import re
from collections.abc import Sequence
from typing import Any

from data.plan_files.cells import Table
from data.plan_files.plan_map import Level, Named, PlanMap, Said, Worded

NAME = "decidim"
ENDING = ".csv"
RESULTS = Named(one={"es": "Resultado", "en": "Result"}, many={"es": "Resultados", "en": "Results"})
BELOW = Named(one={"es": "Subresultado", "en": "Sub-result"}, many={"es": "Subresultados", "en": "Sub-results"})
PAM = "PAM/PAD"
SAMPLES = {"progress": "0.0", "day": "2000-01-01"}
WORDS = {
    "not_started": "not_started", "started": "in_progress", "completed": "finished", "suspended": "suspended",
    "removal_proposed": "in_progress", "cancelled": "cancelled",
}  # fmt: skip


def recognise(table: Table) -> bool:
    """Whether the header has the id, the parent and a title of results, in either way of writing them."""
    names = set(table.names)
    new = {"id", "parent/id", "start_date"} <= names and _worded(table, "title/")
    old = {"result_id", "parent_id", "start_date"} <= names and _worded(table, "title_")
    return bool(new or old)


def mapping(table: Table, plan: Said) -> PlanMap:
    """The shape's columns as a map."""
    told = _legacy(table) if "result_id" in table.place else _current(table)
    known = set(table.names)
    single = {"progress": "progress", "starts": "start_date", "ends": "end_date", "latitude": "latitude", "longitude": "longitude"}
    shared = {part: column for part, column in single.items() if column in known}
    return PlanMap(plan=plan, rows=RESULTS, row_levels=(RESULTS, BELOW), **shared, **told)


def _current(table: Table) -> dict[str, Any]:
    category = _worded(table, "category/name/")
    levels = (Level(one={"es": "Categoría", "en": "Category"}, many={"es": "Categorías", "en": "Categories"}, column=category,
                    key="category/id" if "category/id" in table.place else None),) if category else ()  # fmt: skip
    status = next((name for name in table.names if name.startswith("status/name/")), "status/key" if "status/key" in table.place else None)
    place = next((name for name in table.names if name.startswith("scope/name/")), None)
    return {
        "levels": levels, "key": "id", "parent": "parent/id", "name": _worded(table, "title/"),
        "description": _worded(table, "description/"), "status": status, "place": place,
    }  # fmt: skip


def _legacy(table: Table) -> dict[str, Any]:
    """Barcelona's shape names rows and parents by numbers of its own, and the plan of a district in a column; the rest is as in 2017."""
    barcelona = "parent_external_id" in table.place and not any(_cell(table, row, "result_id") for row in table.rows)
    levels = (Level(one="Plan", many={"es": "Planes", "en": "Plans"}, column=PAM),) if PAM in table.place else ()
    return {
        "levels": levels, "key": "external_id" if barcelona else "result_id", "parent": "parent_external_id" if barcelona else "parent_id",
        "parents_outside": "name" if barcelona else "refuse",
        "name": _worded(table, "title_"), "description": _worded(table, "description_"),
    }  # fmt: skip


def columns(_levels: int, languages: Sequence[str]) -> tuple[str, ...]:
    """The header of a file of ours: shape A, in the languages of the plan."""
    titles = [f"title/{language}" for language in languages]
    return (
        "id", "parent/id", *titles, *(f"description/{language}" for language in languages), "start_date", "end_date", "status/key",
        "progress", "proposal_urls",
    )  # fmt: skip


def _worded(table: Table, start: str) -> Worded | None:
    """The columns of a text by language: `title/es`, `description_ca`, `title/pt-BR`."""
    found = {_language(name.removeprefix(start)): name for name in table.names if name.startswith(start)}
    return {language: name for language, name in found.items() if language} or None


def _language(text: str) -> str | None:
    found = re.fullmatch(r"([a-z]{2})(?:[-_]([A-Za-z]{2}))?", text)
    return found and (f"{found[1]}_{found[2].upper()}" if found[2] else found[1])


def _cell(table: Table, row: Any, column: str) -> str:
    at = table.place[column]
    return row.cells[at].strip() if at < len(row.cells) else ""
