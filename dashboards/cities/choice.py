"""What a reader of the page has chosen, as the address says it: the order of the cities, and the city that is opened."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboards.cities.known import Known
from dashboards.glossary import in_order
from dashboards.words import N_
from data.exchange.received import CityMonth

ATTENTION, NAME, MEETING = "attention", "name", "meeting"
ORDERS = {ATTENTION: N_("what needs attention first"), NAME: N_("by name"), MEETING: N_("the next meeting first")}


def order() -> str:
    """One of ORDERS."""
    asked = st.query_params.get("order", "")
    return asked if asked in ORDERS else ATTENTION


def ordered(known: Known) -> Sequence[CityMonth]:
    """The cities as the reader wants them; whoever has no meeting to come stands at the end of the order by meetings."""
    if order() == NAME:
        return sorted(known.cities, key=lambda month: in_order(known.name(month)))
    if order() == MEETING:
        return sorted(known.cities, key=lambda month: _next(known, month))
    return known.cities


def orders(known: Known) -> str:
    """The orders as HTML links, the one that holds marked."""
    _ = known.words
    title, links = escape(_("Order")), " · ".join(_link(known, name, _(words)) for name, words in ORDERS.items())
    return f'<p class="count">{title}: {links}</p>'


def city() -> str:
    """The id of the city that is opened; "" for the list."""
    return st.query_params.get("city", "")


def address(known: Known, month: CityMonth) -> str:
    """The link that opens a city."""
    return known.session.address("cities", city=month.city)


def _next(known: Known, month: CityMonth) -> date:
    meets = month.next_meeting
    return meets if meets is not None and meets >= known.day else date.max


def _link(known: Known, name: str, words: str) -> str:
    if name == order():
        return f'<b aria-current="true">{escape(words)}</b>'
    asked = {} if name == ATTENTION else {"order": name}
    return f'<a id="order-{name}" href="{escape(known.session.address("cities", **asked))}">{escape(words)}</a>'
