"""The way from a filter by district to everything about the district."""

from html import escape

from dashboards.session import Session
from dashboards.words import translator
from data.places import Place
from data.plans.reading import Plan


def link(session: Session, plan: Plan, place: Place | None) -> str:
    """A link, as HTML, to the page of a neighbourhood, or to the list of all where none is chosen; "" where there is none to list."""
    _ = translator(session.locale)
    if place is not None and place.parent != plan.place:
        return ""
    if not any(each.parent == plan.place for each in session.definitions.places):
        return ""
    said = _("Everything about {place}, for a visit", place=session.say(place.name)) if place else _("Neighbourhood by neighbourhood")
    address = session.address("neighbourhood", plan=plan.key, **({"district": place.id} if place else {}))
    return f'<p class="about-place"><a href="{escape(address)}">{escape(said)}</a></p>'
