"""What puts places together where a missing figure is taken from a group, or a place is mixed with its region."""

from collections.abc import Iterator

from data.definitions import Definitions
from data.places import around
from kpis.index.recipe import GroupMean, GroupMedian, Recipe

GROUPINGS = ("region", "parent")
"""Beside the traits of the places that are categories: the region around a place, and what it lies in directly."""


def groupings(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Each grouping that an index names, after the key that names it."""
    if isinstance(recipe.missing, GroupMedian):
        yield "missing.group_median", recipe.missing.group_median
    if isinstance(recipe.missing, GroupMean):
        yield "missing.group_mean", recipe.missing.group_mean
    if recipe.blend is not None:
        yield "blend.region", recipe.blend.region


def group(place: str, name: str, definitions: Definitions) -> str:
    """What a place says of itself there; "" where it says nothing, or lies in none."""
    known = definitions.place[place]
    if name == "parent":
        return known.parent or ""
    if name == "region":
        above = around(definitions.place, place)[1:]
        return next((one for one in above if one in definitions.place and definitions.place[one].kind == "region"), "")
    return str(known.traits.get(name, ""))
