"""Which places of a home an index ranks."""

from datetime import date

from data.definitions import Definitions
from data.facts import Facts
from kpis.index.recipe import Recipe


def eligible(recipe: Recipe, definitions: Definitions) -> list[str]:
    """The ids of those that it may rank, in the order of the home's places, or in that in which the index names them.

    `cities` are all of the home, of which `peers` are some, and `districts` those of the city itself.
    """
    if isinstance(recipe.places, tuple):
        return list(recipe.places)
    city = definitions.city.place
    if recipe.places == "districts":
        return [place.id for place in definitions.places if place.kind == "district" and place.parent == city]
    return [place.id for place in definitions.places if place.kind == "city"]


def ranked(recipe: Recipe, definitions: Definitions, facts: Facts, day: date | None = None) -> list[str]:
    """The ids of those that it ranks; `peers` are the city and its nearest by their context, as known of periods up to a day.

    Raises Refused where too little is known of what the city is like.
    """
    every = eligible(recipe, definitions)
    if recipe.places != "peers":
        return every
    from kpis.peers.choosing import nearest  # an index of all cities, or of districts, has no use for distances

    city = definitions.city.place
    near = {city, *(one.place for one in nearest(definitions, facts, city, day).nearest)}
    return [place for place in every if place in near]
