"""Keys of an index that do not go together, each with its place in the file and its cure."""

from collections.abc import Iterable, Iterator

from data.located import at, near, twice
from data.problems import N_, Problem
from data.yaml_file import Document
from kpis.index.contradictory_levels import of_levels
from kpis.index.normalising import POSTED
from kpis.index.recipe import Ingredient, Recipe


def contradictions(recipe: Recipe, document: Document) -> list[Problem]:
    """What the file says that cannot be meant."""
    names = [one.name for one in recipe.indicators] + [level.name for level in recipe.levels]
    count = len(recipe.indicators)

    def where(place: int) -> tuple:
        return ("indicators", place, "name") if place < count else ("levels", place - count, "name")

    return [
        *twice(names, where, document),
        *_source(recipe, document),
        *(problem for place, one in enumerate(recipe.indicators) for problem in _indicator(one, place, recipe, document)),
        *of_levels(recipe, document),
        *_bounds(recipe, document),
        *_doubt(recipe, document),
        *_unknown(recipe.blend.of if recipe.blend else (), ("blend", "of"), recipe, document),
    ]


def _source(recipe: Recipe, document: Document) -> Iterator[Problem]:
    """An index reads one table, or the home's figures."""
    if not recipe.of_the_home:
        if "places" in recipe.model_fields_set:
            hint = N_("remove it: the rows of the table are the places")
            yield at(document, ("places",), N_("places is of an index of the home's figures"), hint)
        return
    for key in ("table", "place", "place_name"):
        if key in recipe.model_fields_set:
            hint = N_("remove it, or name columns instead of indicators")
            yield at(document, (key,), N_("{name} is of an index that reads a table"), hint, name=key)
    for place, one in enumerate(recipe.indicators):
        if one.loss is not None:
            hint = N_("remove it, or name columns instead of indicators")
            yield at(document, ("indicators", place, "loss"), N_("{name} is of an index that reads a table"), hint, name="loss")
        if one.indicator is None:
            message, hint = N_("{name} is not of the home, as other indicators are"), N_("name its indicator, as the others do")
            yield at(document, ("indicators", place, "column"), message, hint, name=one.name)


def _indicator(one: Ingredient, place: int, recipe: Recipe, document: Document) -> Iterator[Problem]:
    location = ("indicators", place)
    if one.weight < 0:
        hint = N_("write zero or more; what counts against a place has `direction: lower`")
        yield at(document, (*location, "weight"), N_("the weight of {name} is below zero"), hint, name=one.name)
    yield from _treated(one, (*location, "treat"), recipe, document)
    if one.normalise not in POSTED:
        if not set(POSTED) & set(recipe.doubt.normalise):
            for key in ("low", "high"):
                if getattr(one, key) is not None:
                    hint = N_("remove it, or write `normalise: goalposts`")
                    yield at(document, (*location, key), N_("{name} is not measured against two values"), hint, name=one.name)
            return
        if one.low is None and one.high is None:
            return
    yield from _posts(one, location, document)


def _treated(one: Ingredient, location: tuple, recipe: Recipe, document: Document) -> Iterator[Problem]:
    """Treatment may end in logarithms of its own, which no value of the file can be held against."""
    if one.treat == "none":
        return
    if one.log:
        hint = N_("keep one of `treat` and `log`")
        message = N_("the treatment of {name} may take logarithms, and `log` would take them again")
        yield at(document, location, message, hint, name=one.name)
    if one.normalise in POSTED or (one.low is not None and set(POSTED) & set(recipe.doubt.normalise)):
        hint = N_("remove `treat`: what lies beyond `low` and `high` does not press the others together")
        message = N_("the treatment of {name} may take logarithms, and its values of `low` and `high` would not be theirs")
        yield at(document, location, message, hint, name=one.name)


def _posts(one: Ingredient, location: tuple, document: Document) -> Iterator[Problem]:
    """Both values, in their order, with logarithms where those are taken."""
    for key in ("low", "high"):
        post = getattr(one, key)
        if post is None:
            hint = N_("write both, `low` and `high`")
            yield at(document, location, N_("{name} lacks its value of {key}"), hint, name=one.name, key=key)
        elif one.log and post <= 0:
            hint = N_("write a value above zero, or remove `log: true`")
            yield at(document, (*location, key), N_("{number:g} has no logarithm"), hint, number=post)
    if one.low is None or one.high is None:
        return
    told = {"low": one.low, "high": one.high, "name": one.name}
    if one.normalise == "distance_to_target":
        unsaid = one.indicator is not None and "direction" not in one.model_fields_set  # the home's indicator is yet to say it
        if one.low == one.high or ((one.low > one.high) != (one.direction == "lower") and not unsaid):
            hint = N_("write the worst value as `low` and the target as `high`, or correct the direction")
            message = N_("the worst value of {name} ({low:g}) and its target ({high:g}) are against its direction")
            yield at(document, (*location, "low"), message, hint, **told)
    elif one.low >= one.high:
        hint = N_("write the lower number as `low`; where less is better, `direction: lower` says so")
        yield at(document, (*location, "low"), N_("the goalposts of {name} are reversed: {low:g} to {high:g}"), hint, **told)


def _bounds(recipe: Recipe, document: Document) -> Iterator[Problem]:
    if recipe.cap is None:
        return
    low, high = recipe.cap
    if low >= high:
        hint = N_("write the lower number first")
        yield at(document, ("cap",), N_("the cap is reversed: {low:g} to {high:g}"), hint, low=low, high=high)
    elif recipe.floor >= high:
        hint = N_("write a floor below the cap")
        yield at(document, ("floor",), N_("the floor, {floor:g}, is not below the cap, {high:g}"), hint, floor=recipe.floor, high=high)


def _doubt(recipe: Recipe, document: Document) -> Iterator[Problem]:
    yield from _unknown(recipe.doubt.error, ("doubt", "error"), recipe, document)
    for name, error in recipe.doubt.error.items():
        if error < 0:
            hint = N_("write the standard error in the indicator's own unit")
            yield at(document, ("doubt", "error", name), N_("the error of {name} is below zero"), hint, name=name)
    for place, way in enumerate(recipe.doubt.normalise):
        if way == "none":
            hint = N_("name other ways, such as zscore or percentile")
            yield at(
                document, ("doubt", "normalise", place), N_("without making them comparable, units would be mixed: {way}"), hint, way=way
            )
    posted = set(POSTED) & set(recipe.doubt.normalise)
    if posted and not any(one.low is not None and one.high is not None for one in recipe.indicators):
        hint = N_("write `low` and `high` for those that have them, or name other ways")
        yield at(document, ("doubt", "normalise"), N_("no indicator says what it would be measured against"), hint)


def _unknown(names: Iterable[str], location: tuple, recipe: Recipe, document: Document) -> Iterator[Problem]:
    for place, name in enumerate(names):
        if name not in recipe.names:
            where = (*location, name if (*location, name) in document.marks else place)
            hint = N_("write {near}")
            yield at(document, where, N_("no indicator of this index is called {name!r}"), hint, name=name, near=near(name, recipe.names))
