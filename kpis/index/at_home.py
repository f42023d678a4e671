"""An index of the home's own figures held against what the home knows, and what it leaves to its indicators taken from them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from data.definitions import Definitions
from data.indicators import Indicator
from data.located import near
from data.model import Text
from data.places import Trait
from data.problems import N_, Problem, Refused
from kpis.catalogue import Catalogue
from kpis.index.grouping import GROUPINGS, groupings
from kpis.index.ranked_places import eligible
from kpis.index.reading import Written
from kpis.index.recipe import Ingredient

POPULATION = "population"
FEWEST = 2


def settled(written: Written, catalogue: Catalogue, definitions: Definitions) -> Written:
    """The index with the name, unit and source of each indicator, and its better end where the index does not say which it is.

    The goal on an indicator says which end is better before the indicator itself does. Raises Refused with every problem.
    """
    if not written.recipe.of_the_home:
        return written
    if wrong := problems(written, catalogue, definitions):
        raise Refused(wrong)
    told = tuple(_told(one, catalogue, definitions) for one in written.recipe.indicators)
    return replace(written, recipe=written.recipe.model_copy(update={"indicators": told}))


def problems(written: Written, catalogue: Catalogue, definitions: Definitions) -> list[Problem]:
    """What an index says that the home does not know, or that does not go together there. One of a table leans on nothing."""
    if not written.recipe.of_the_home:
        return []
    return [*_ingredients(written, catalogue, definitions), *_places(written, definitions), *_groups(written, definitions)]


def better(name: str, catalogue: Catalogue, definitions: Definitions) -> str:
    """Which end of an indicator or a metric is better: higher, lower, or neutral where neither a goal nor the indicator says so."""
    goals = (kpi.polarity for kpi in catalogue.kpis if kpi.measure == name)
    return next(goals, catalogue.indicator(name, definitions).polarity)


def numbers(definitions: Definitions) -> Mapping[str, Trait]:
    """The traits of places that are numbers, by id: a count can be divided by them."""
    return {trait.id: trait for trait in definitions.traits if trait.kind == "number"}


def _told(one: Ingredient, catalogue: Catalogue, definitions: Definitions) -> Ingredient:
    name = str(one.indicator)
    indicator, end = catalogue.indicator(name, definitions), better(name, catalogue, definitions)
    known: dict[str, Text] = {"label": indicator.name, "unit": indicator.unit, "source": indicator.source}
    update: dict[str, object] = {key: text for key, text in known.items() if getattr(one, key) is None}
    if "direction" not in one.model_fields_set and end != "neutral":
        update["direction"] = end
    return one.model_copy(update=update)


def _ingredients(written: Written, catalogue: Catalogue, definitions: Definitions) -> Iterator[Problem]:
    known = {**definitions.indicator, **{name: measure.indicator for name, measure in catalogue.measures.items()}}
    divided = [POPULATION, *numbers(definitions), *known]
    for number, one in enumerate(written.recipe.indicators):
        here = f"indicators.{number}"
        if one.indicator not in known:
            yield _not_known(written, f"{here}.indicator", "indicator", str(one.indicator), list(known))
        else:
            yield from _ends(written, here, one, better(one.indicator, catalogue, definitions))
            yield from _divided(written, here, one, known[one.indicator])
        if one.denominator is not None and one.denominator not in divided:
            yield _not_known(written, f"{here}.denominator", "indicator", one.denominator, divided)


def _ends(written: Written, here: str, one: Ingredient, end: str) -> Iterator[Problem]:
    if end == "neutral" and "direction" not in one.model_fields_set:
        message, hint = N_("it is not said which end of {name} is better"), N_("write `direction: higher` or `direction: lower`")
        yield written.problem(here, message, hint, name=one.indicator)


def _divided(written: Written, here: str, one: Ingredient, indicator: Indicator) -> Iterator[Problem]:
    if indicator.is_count and indicator.compare is None and one.denominator is None:
        message = N_("{name} is a count: the largest place has the most of it")
        hint = N_("write `denominator: population`, or say in data/indicators.yaml what it is compared by")
        yield written.problem(here, message, hint, name=one.indicator)


def _places(written: Written, definitions: Definitions) -> Iterator[Problem]:
    recipe = written.recipe
    strange = [(number, place) for number, place in enumerate(eligible(recipe, definitions)) if place not in definitions.place]
    for number, place in strange:
        yield _not_known(written, f"places.{number}", "place", place, list(definitions.place))
    if isinstance(recipe.places, tuple) and len(set(recipe.places)) < len(recipe.places):
        yield written.problem("places", N_("a place is named twice"), N_("name each once"))
    if not strange and len(eligible(recipe, definitions)) < FEWEST:
        yield written.problem("places", N_("there is nobody to compare with"), N_("name places, or define them in data/places.yaml"))


def _groups(written: Written, definitions: Definitions) -> Iterator[Problem]:
    known = [*GROUPINGS, *(trait.id for trait in definitions.traits if trait.kind == "category")]
    for key, name in groupings(written.recipe):
        if name not in known:
            yield _not_known(written, key, "trait", name, known)


def _not_known(written: Written, key: str, what: str, name: str, known: list[str]) -> Problem:
    message, hint = N_("{name!r} is not a known {what}"), N_("write {near}, or define it first")
    return written.problem(key, message, hint, name=name, what=what, near=near(name, known))
