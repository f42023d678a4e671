"""What could have been chosen otherwise in an index, and the recipe that each choice would have written.

The way as written always comes first, and each of the others once. A choice is made for the whole index at a time: all indicators are
normalised one way in a draw, and all levels are combined one way (Saisana, Saltelli and Tarantola 2005 draw them so).
"""

from dataclasses import dataclass

from kpis.index.normalising import POSTED, SHARES
from kpis.index.recipe import Combine, Ingredient, Normalise, Recipe


@dataclass(frozen=True)
class Choices:
    """Each option of a choice; None is the way as written. `out` are the indicators of which one at a time is left out."""

    normalise: tuple[Normalise | None, ...]
    combine: tuple[Combine | None, ...]
    missing: tuple[str | None, ...]
    out: tuple[str | None, ...]

    @classmethod
    def of(cls, recipe: Recipe) -> "Choices":
        """As the recipe declares them, without those that would change nothing."""
        doubt = recipe.doubt
        normalise, combine = list[Normalise](), list[Combine]()
        for way in doubt.normalise:
            if way not in normalise and changed(recipe, normalise=way).indicators != recipe.indicators:
                normalise.append(way)
        for how in doubt.combine:
            if how not in combine and changed(recipe, combine=how).levels != recipe.levels:
                combine.append(how)
        missing = tuple(way for way in dict[str, None].fromkeys(doubt.missing) if way != recipe.missing)
        out = recipe.names if doubt.one_out and len(recipe.names) > 1 else ()
        return cls((None, *normalise), (None, *combine), (None, *missing), (None, *out))


def changed(recipe: Recipe, normalise: Normalise | None = None, combine: Combine | None = None, missing: str | None = None) -> Recipe:
    """The recipe with what was chosen otherwise. Doubt itself stays as it is.

    A cap, a floor and a rounding are written for shares: they go where indicators are no longer normalised to shares.
    """
    told = dict[str, object]()
    if normalise is not None:
        told["indicators"] = tuple(_otherwise(one, normalise) for one in recipe.indicators)
        told |= {} if normalise in SHARES else {"cap": None, "floor": 0.0, "round": None}
    if combine is not None:
        told["levels"] = tuple(level.model_copy(update={"combine": combine}) for level in recipe.levels)
        told |= {"round": None} if combine == "copeland" else {}
    if missing is not None:
        told["missing"] = missing
    return recipe.model_copy(update=told)


def _otherwise(one: Ingredient, way: Normalise) -> Ingredient:
    """An indicator without its two values cannot be measured against them: it stays as written where that is a share too, else `minmax`."""
    if way in POSTED and (one.low is None or one.high is None):
        return one if one.normalise in SHARES else one.model_copy(update={"normalise": "minmax"})
    return one.model_copy(update={"normalise": way})
