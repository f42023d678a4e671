"""The keys of an index's file that its form becomes."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.index import fields, shape
from dashboards.plan.fields import Typed
from dashboards.session import Session
from data.ids import id_of
from kpis.index.at_home import POPULATION, better
from kpis.index.faults import MULTIPLIED
from kpis.index.reading import Written
from kpis.index.recipe import Recipe

SCALE, LEAST, DECIMALS = 100, 1, 1
"""A new index goes from 0 to 100; where parts are multiplied none is less than 1; scores have one decimal."""
WAYS = ["zscore", "percentile"]
"""Other ways to make indicators comparable that a new index is doubted by: those that can be multiplied where its parts are."""
WEIGHTS = 0.25


def keys(session: Session, typed: Typed, rows: Mapping[str, Typed], written: Written | None, taken: set[str]) -> dict[str, Any]:
    """In their order; None where one is not written. A new index gets an id that nobody has, and is doubted."""
    told: Mapping[str, Any] = written.document.value if written and isinstance(written.document.value, dict) else {}
    recipe, combine = written.recipe if written else None, str(typed["combine"])
    ingredients = _ingredients(session, rows, recipe, told.get("indicators") or ())
    parts = {each["name"]: row[fields.PART] for each, row in zip(ingredients, rows.values(), strict=True)}
    name = fields.texts(typed, "name")
    multiplied = combine in MULTIPLIED
    said = {
        "index": recipe.index if recipe else id_of(next(iter(name.values()), "index") if name else "index", taken),
        "name": name,
        "purpose": fields.texts(typed, "purpose"),
        "places": list(typed["named"] or []) if typed["places"] == fields.NAMED else typed["places"],
        **({**_kept(told, multiplied), **_without_those_gone(told, set(parts))} if recipe else _new(multiplied)),
        "indicators": ingredients,
        "levels": shape.levels(recipe, told.get("levels") or (), parts, combine, session.say),
    }
    return said if recipe else {**said, "doubt": {"weights": WEIGHTS, "normalise": WAYS[multiplied:]}}


def _new(multiplied: bool) -> dict[str, Any]:
    return {"scale": SCALE, "floor": LEAST if multiplied else None, "round": DECIMALS}


def _kept(told: Mapping[str, Any], multiplied: bool) -> dict[str, Any]:
    """Nothing of how figures are made comparable is asked again; but what is multiplied must not be nothing."""
    safe = not multiplied or "floor" in told or "cap" in told
    return {} if safe else {"floor": LEAST / SCALE * float(told.get("scale") or 1)}


def _without_those_gone(told: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """The doubt and the blend of a file that name indicators, without those that are in the index no more; none where nothing is left."""
    found, doubt, blend = dict[str, Any](), dict(told.get("doubt") or {}), dict(told.get("blend") or {})
    if set(errors := doubt.get("error") or {}) - names:
        doubt["error"] = {name: error for name, error in errors.items() if name in names}
        found["doubt"] = {key: said for key, said in doubt.items() if said or key != "error"} or None
    if set(of := blend.get("of") or ()) - names:
        left = [name for name in of if name in names]
        found["blend"] = {**blend, "of": left} if left else None  # without any named, all would be blended
    return found


def _ingredients(session: Session, rows: Mapping[str, Typed], recipe: Recipe | None, before: Sequence[Any]) -> list[dict[str, Any]]:
    """Each as it was written but for what the form asked; what the indicator says itself need not be said again."""
    told = {str(each.get("indicator")): dict(each) for each in before if isinstance(each, dict)}
    return [_ingredient(session, name, row, told.get(name), recipe) for name, row in rows.items()]


def _ingredient(session: Session, name: str, row: Typed, told: dict[str, Any] | None, recipe: Recipe | None) -> dict[str, Any]:
    said = dict(told or _begun(session, name, recipe))
    if row[fields.DIRECTION] != better(name, session.catalogue, session.definitions) or "direction" in said:
        said["direction"] = row[fields.DIRECTION]
    weight = 1.0 if row[fields.WEIGHT] is None else float(row[fields.WEIGHT])
    if weight != said.get("weight", 1):
        said["weight"] = int(weight) if weight.is_integer() else weight
    return said


def _begun(session: Session, name: str, recipe: Recipe | None) -> dict[str, Any]:
    """An indicator that was not in the index; a count that says nothing itself is divided by residents."""
    used = {each.name for each in (*recipe.indicators, *recipe.levels)} if recipe else set[str]()
    indicator = session.indicator(name)
    divided = {"denominator": POPULATION} if indicator.is_count and indicator.compare is None else {}
    return {"name": id_of(name, used), "indicator": name, **divided}
