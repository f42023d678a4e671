"""Every set of places that one may be compared with: the nearest, groups made by hand, the region, what it shares, its size, all."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.definitions import Definitions
from data.model import Text
from data.places import around
from kpis.peers.fellows import fellows
from kpis.peers.neighbours import Neighbours

Kind = Literal["nearest", "group", "region", "trait", "size", "all"]
OF_ITS_OWN: frozenset[Kind] = frozenset({"nearest", "group", "all"})


@dataclass(frozen=True)
class PeerSet:
    """Places to compare with, in order of nearness or of the file, never the place itself.

    `id` goes into addresses: `nearest`, `group:<id>`, `region`, `trait:<id>`, `size`, `all`. `name` is that of the group, the region or the
    category, and `of` the trait's; both are None where the kind says it all. `low` and `high` are the residents between which the places of
    a size lie (the second not among them; None: no end). `holds` is false of a group that the place is no member of.
    """

    id: str
    kind: Kind
    places: tuple[str, ...]
    name: Text | None = None
    of: Text | None = None
    why: Text | None = None
    low: int | None = None
    high: int | None = None
    holds: bool = True


def peer_sets(definitions: Definitions, place: str, nearest: Neighbours | None = None) -> tuple[PeerSet, ...]:
    """Every set that has another place in it; first the nearest, where they are known, and last all.

    Raises KeyError where the place is not known.
    """
    every = tuple(each for each in fellows(definitions, place) if each != place)
    found = [
        PeerSet("nearest", "nearest", tuple(each.place for each in nearest.nearest) if nearest else ()),
        *_groups(definitions, place),
        *_region(definitions, place, every),
        *_traits(definitions, place, every),
        *_size(definitions, place, every),
        PeerSet("all", "all", every),
    ]
    # A region or a size that everybody shares would be all of them under another name.
    return tuple(each for each in found if each.places and (each.kind in OF_ITS_OWN or each.places != every))


def _groups(definitions: Definitions, place: str) -> list[PeerSet]:
    """The groups, of them whoever a place can be compared with at all; those that have the place first."""
    every = frozenset(fellows(definitions, place))
    found = [
        PeerSet(
            f"group:{group.id}",
            "group",
            tuple(each for each in group.places if each != place and each in every),
            group.name,
            why=group.why,
            holds=place in group.places,
        )
        for group in definitions.groups
    ]
    return sorted(found, key=lambda each: not each.holds)


def _region(definitions: Definitions, place: str, every: tuple[str, ...]) -> Iterator[PeerSet]:
    if region := region_of(definitions, place):
        inside = tuple(each for each in every if region_of(definitions, each) == region)
        yield PeerSet("region", "region", inside, definitions.place[region].name)


def region_of(definitions: Definitions, place: str) -> str | None:
    """The nearest place of kind region that a place lies in."""
    above = around(definitions.place, place)[1:]
    return next((each for each in above if each in definitions.place and definitions.place[each].kind == "region"), None)


def _traits(definitions: Definitions, place: str, every: tuple[str, ...]) -> Iterator[PeerSet]:
    """Those that share a category: the coast, a climate, a region that is written as a trait."""
    for trait in definitions.traits:
        own = definitions.place[place].traits.get(trait.id)
        if trait.kind == "category" and isinstance(own, str):
            alike = tuple(each for each in every if definitions.place[each].traits.get(trait.id) == own)
            yield PeerSet(f"trait:{trait.id}", "trait", alike, trait.categories.get(own, own), of=trait.name)


def _size(definitions: Definitions, place: str, every: tuple[str, ...]) -> Iterator[PeerSet]:
    """Those of the same class of residents; districts have none, since the classes are of cities."""
    own = definitions.place[place]
    if not definitions.sizes or own.kind == "district" or own.population is None:
        return
    number = size_of(definitions, own.population)
    low, high = (None, *definitions.sizes)[number], (*definitions.sizes, None)[number]
    residents = {each: definitions.place[each].population for each in every}
    alike = tuple(each for each in every if (found := residents[each]) is not None and size_of(definitions, found) == number)
    yield PeerSet("size", "size", alike, low=low, high=high)


def size_of(definitions: Definitions, residents: int) -> int:
    """The number of the class that so many residents fall into: 0 is below the first of `sizes`."""
    return bisect_right(definitions.sizes, residents)
