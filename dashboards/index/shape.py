"""The two levels that a form can write: indicators in parts, and the parts, with any indicator that is in none, in the index."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.ids import id_of
from kpis.index.recipe import Level, Recipe

TOTAL = "index"


def can_be_asked(recipe: Recipe) -> bool:
    """Whether a form can say how this index is built: of the home's figures, with no more levels than those two, none with given weights.

    A form asks each indicator what it weighs; weights that a level gives would no longer sum when a part comes or goes.
    """
    names = [one.name for one in recipe.indicators]
    *parts, last = recipe.levels
    held = [name for level in recipe.levels for name in level.of if name in names]
    flat = all(name in names for part in parts for name in part.of)
    whole = {name for name in last.of if name not in names} == {part.name for part in parts}
    given = any(not isinstance(level.weights, str) for level in recipe.levels)
    return recipe.of_the_home and flat and whole and not given and sorted(held) == sorted(names)


def part_of(recipe: Recipe, name: str) -> Level | None:
    """The part in which an indicator stands; None where it stands by itself."""
    return next((level for level in recipe.levels[:-1] if name in level.of), None)


def levels(recipe: Recipe | None, before: Sequence[Any], parts: Mapping[str, str | None], combine: str, say: Any) -> list[dict[str, Any]]:
    """The levels as the file writes them, of the part that each indicator of the index was given, by its name there.

    A part that is there already, by its label, stays as it is written (`before`) but for what it is of; `say` gives a label as it is read.
    """
    told = {str(each.get("name")): dict(each) for each in before if isinstance(each, dict)}
    known = {say(level.label or level.name): level.name for level in recipe.levels[:-1]} if recipe else {}
    taken = {*parts, *told}
    found: dict[str, dict[str, Any]] = {}
    top: list[str] = []
    for name, part in parts.items():
        if part is None:
            top.append(name)
            continue
        if part not in found:
            part_id = known.get(part) or id_of(part, taken)
            taken.add(part_id)
            found[part] = {**told.get(part_id, {"name": part_id, "label": part}), "of": []}
            top.append(part_id)
        found[part]["of"].append(name)
    last = recipe.levels[-1].name if recipe else id_of(TOTAL, taken)
    return [*found.values(), _last(told.get(last, {"name": last}), top, combine)]


def _last(told: dict[str, Any], top: list[str], combine: str) -> dict[str, Any]:
    """What is arithmetic need not be said."""
    said = {**told, "of": top}
    if combine != "arithmetic" or "combine" in told:
        said["combine"] = combine
    return said
