"""An area by its name, and the way to its page."""

from html import escape

from dashboards.session import Session


def name(session: Session, area: str | None) -> str:
    """In the reader's language; one that only the records name, by its id; "" where there is none."""
    return session.say(session.definitions.area.get(area, area)) if area else ""


def link(session: Session, area: str | None, plan: str = "") -> str:
    """The name as HTML; an area of the city leads to its page, about a plan where one is named; one that only the records name has none."""
    said = escape(name(session, area))
    if area not in session.definitions.area:
        return said
    more = {"plan": plan} if plan else {}
    return f'<a href="{escape(session.address("area", area=area, **more))}">{said}</a>'
