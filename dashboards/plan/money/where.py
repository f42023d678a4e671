"""Where works stand: the districts of the plan's place, and the page's address for the works of each."""

from dashboards.plan.money.known import Known
from dashboards.session import Session
from data.places import Place

ALL, NOWHERE = "all", "elsewhere"
"""What the address calls all works, and those that lie in no district."""


def districts(session: Session, place: str) -> dict[str, Place]:
    """The districts of the plan's place, in the order of the places' file; the place itself where it has none."""
    inside = [other for other in session.definitions.places if other.parent == place]
    own = session.definitions.place.get(place)
    return {one.id: one for one in (inside or ([own] if own else []))}


def address(session: Session, known: Known, district: str, **more: str) -> str:
    """This page about the works of a district, or of all."""
    return session.address("budget", plan=known.plan.key, district=district, **more)
