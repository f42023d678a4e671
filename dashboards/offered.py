"""What can be chosen above every page: the months that have data, and the places."""

from data.definitions import Definitions
from data.offered import choosable, mandate_months, months, names

__all__ = ["choosable", "mandate_months", "months", "names", "places"]


def places(definitions: Definitions) -> list[str]:
    """Ids of the places to choose from: the city, its districts, then the others, each by its place in the file."""
    own = definitions.city.place
    inside = [place.id for place in definitions.places if place.parent == own]
    return [own, *inside, *(place.id for place in definitions.places if place.id != own and place.id not in inside)]
