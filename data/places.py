"""Places: the city, its districts, its peers, the region around it (`data/places.yaml`)."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from data.model import Id, Model, Text, Tuple

Kind = Literal["city", "district", "metropolitan_area", "region", "country"]


class Place(Model):
    """A city, or a district inside one (its parent); a region or a metropolitan area is a place too."""

    id: Id
    name: Text
    kind: Kind = "city"
    parent: Id | None = None
    code: str | None = Field(default=None, min_length=1, max_length=80, description="Official code, as boundary files write it")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east")
    population: int | None = Field(default=None, ge=0, le=20_000_000_000, description="Residents")


class Places(Model):
    places: Annotated[tuple[Place, ...], Tuple]


def around(places: Mapping[str, Place], place: str) -> list[str]:
    """A place by its id, and then what it lies in, the nearest first: a district, its city, its region. `places` by their ids."""
    found, here = [place], places.get(place)
    while here is not None and here.parent is not None:
        found.append(here.parent)
        here = places.get(here.parent)
    return found
