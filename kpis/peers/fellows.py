"""Whom a place can be compared with at all: places of its kind, and of a district the other districts of its city."""

from data.definitions import Definitions


def fellows(definitions: Definitions, place: str) -> tuple[str, ...]:
    """The ids of the place and of all that are of its kind, in the order of the file; districts only of the same city.

    Raises KeyError where the place is not known.
    """
    own = definitions.place[place]
    return tuple(each.id for each in definitions.places if each.kind == own.kind and (own.kind != "district" or each.parent == own.parent))
