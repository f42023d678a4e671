"""The demo's loads: one for each month, as if the areas had sent their figures and the other cities had published theirs."""

from collections.abc import Iterator
from hashlib import sha256

import polars as pl
from tqdm import tqdm

from data.definitions import Definitions
from data.demo.arrivals import as_they_came
from data.demo.districts import district_series
from data.demo.parts import part_series
from data.demo.recipe import FIRST
from data.demo.recipes import RECIPES
from data.demo.series import Series, city_series
from data.demo.story import CITY
from data.loads import NewLoad
from data.places import Place

SOURCE = "demo"
ARRIVAL_DAY = 5
"""Day of the following month on which a month's figures become known."""


def loads(definitions: Definitions) -> list[tuple[NewLoad, pl.DataFrame]]:
    """What `data.loads.apply` takes, for the places and indicators of the definitions that the demo has recipes for."""
    rows = as_they_came(_all_series(definitions))
    return [_load(number, part.drop("month")) for (number,), part in rows.group_by("month", maintain_order=True) if isinstance(number, int)]


def _all_series(definitions: Definitions) -> Iterator[tuple[Series, Place]]:
    """Every series with its place; a progress bar where standard error is a terminal."""
    city = definitions.place[CITY]
    districts = [place for place in definitions.places if place.parent == CITY]
    peers = [place for place in definitions.places if place.kind == "city" and place.id != CITY]
    known = [(definitions.indicator[name], recipe) for name, recipe in RECIPES.items() if name in definitions.indicator]
    for indicator, recipe in tqdm(known, desc="Villa Quimera", unit=" indicators", disable=None, leave=False):
        own = city_series(recipe, indicator, city, city)
        yield own, city
        yield from ((part, city) for part in part_series(recipe, own))
        yield from zip(district_series(recipe, own, districts), districts, strict=False)
        for peer in peers:
            yield city_series(recipe, indicator, peer, city), peer


def _load(number: int, rows: pl.DataFrame) -> tuple[NewLoad, pl.DataFrame]:
    month = FIRST.plus(number)
    content = sha256(rows.write_csv().encode()).hexdigest()[:12]
    known_on = month.plus(1).first.replace(day=ARRIVAL_DAY)
    return NewLoad(f"demo-{month}-{content}", SOURCE, (), "python -m data demo", known_on, rows.height, demo=True), rows
