"""Places: the city, its districts, its peers, the region around it (`data/places.yaml`)."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from data.model import Date, Id, Model, Text, Tuple

Kind = Literal["city", "district", "metropolitan_area", "region", "country"]


class Trait(Model):
    """What tells places apart that no government chose: a number (income, share of older people, rain) or a category (coast, inland).

    A trait with an `indicator` takes its latest known value instead of what is written of each place.
    """

    id: Id
    name: Text
    unit: Text | None = None
    kind: Literal["number", "category"] = "number"
    log: bool = Field(default=False, description="Compared by its logarithm, as what differs by multiples: residents, density")
    indicator: Id | None = None
    categories: dict[Id, Text] = Field(
        default_factory=dict, description="Of a category: what each is called; where they are named, no other is known"
    )
    source: Text | None = None
    decimals: int = Field(default=0, ge=0, le=6, description="Decimals shown")
    peers: bool = Field(default=True, description="Whether peers are chosen by it; households only divide")


class Group(Model):
    """Places that somebody put together by hand, with the reason."""

    id: Id
    name: Text
    places: Annotated[tuple[Id, ...], Tuple] = Field(min_length=1)
    why: Text | None = None


class Change(Model):
    """When groups were changed from the panel, by whom and why."""

    date: Date
    by: str = Field(min_length=1, max_length=2000)
    reason: str = Field(min_length=1, max_length=2000)


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
    traits: dict[Id, float | str] = Field(default_factory=dict, description="What it is like, by the ids of `traits:`")


class Places(Model):
    places: Annotated[tuple[Place, ...], Tuple]
    traits: Annotated[tuple[Trait, ...], Tuple] = ()
    groups: Annotated[tuple[Group, ...], Tuple] = ()
    changes: Annotated[tuple[Change, ...], Tuple] = Field(default=(), description="What the panel changed, which writes it")
    sizes: Annotated[tuple[int, ...], Tuple] = Field(
        default=(), description="Residents at which a new class of size begins, from the smallest up: 50000, 250000"
    )


def around(places: Mapping[str, Place], place: str) -> list[str]:
    """A place by its id, and then what it lies in, the nearest first: a district, its city, its region. `places` by their ids."""
    found, here = [place], places.get(place)
    while here is not None and here.parent is not None:
        found.append(here.parent)
        here = places.get(here.parent)
    return found
