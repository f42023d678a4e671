"""What the reader wants to see, from the controls of the explorer; every choice is part of the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboards import formats, offered
from dashboards import session as visit
from dashboards.explorer import computing
from dashboards.explorer.computing import NOTHING, Computed
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.periods import Month

VIEWS = {"chart": N_("Chart"), "map": N_("Map"), "table": N_("Table")}
YEAR = 12
"""Months: the longest period there is."""
MOST_INDICATORS = 4
MOST_PLACES = 40


@dataclass(frozen=True)
class Choice:
    """Indicators and places by their ids, in the order in which they were chosen; the months are both included.

    `computed` says how the values are split, computed and dated, as the address writes it: see dashboards.explorer.computing.
    """

    indicators: tuple[str, ...]
    places: tuple[str, ...]
    view: str
    since: Month
    until: Month
    computed: Computed = NOTHING

    @property
    def split(self) -> str:
        """The dimensions that are shown apart: a map shows whole places."""
        return "" if self.view == "map" else self.computed.split

    @property
    def reach(self) -> tuple[Month, Month]:
        """First and last month to read: computed values look back, and an index to its base."""
        computed = self.computed
        back = YEAR * int(computed.average or 0) + (YEAR if computed.compare == "year" else 0)
        base = [Month.parse(computed.base)] if computed.base else []
        return min(self.since.plus(-back), *base, self.since), max(self.until, *base, self.until)

    def address(self, session: Session) -> str:
        """What a link says that brings somebody else to the same view."""
        told = {"indicators": ",".join(self.indicators), "places": ",".join(self.places), "view": self.view}
        return urlencode(session.query(**told, **{"from": str(self.since), "to": str(self.until)}, **self.computed.told()), safe=",|")


def chosen(session: Session) -> Choice:
    """Draw the controls and return what they hold."""
    _, (indicators, places) = translator(session.locale), _linked(session)
    months = _months(session, places)
    view = visit.linked("view", VIEWS, "chart")
    since, until = visit.linked("from", months, months[-1]), visit.linked("to", months, _last(session, months))
    with st.container(horizontal=True, vertical_alignment="center"):
        _pick_indicators(session, _)
        st.radio(
            _("Show as"), list(VIEWS), key="view", horizontal=True, format_func=lambda name: _(VIEWS[name]), label_visibility="collapsed"
        )
        with st.popover(_("Places and months"), icon=":material/tune:"):
            _pick_places(session, _)
            for label, key in ((_("From"), "from"), (_("To"), "to")):
                st.selectbox(label, months, key=key, format_func=lambda month: _month_name(session, month))
        computed = computing.chosen(session, indicators, places, months)
    since, until = sorted((Month.parse(since), Month.parse(until)))
    return Choice(tuple(indicators), tuple(places), view, since, until, computed)


def _linked(session: Session) -> tuple[list[str], list[str]]:
    known = session.measured
    indicators = visit.linked_list("indicators", known, _usual_indicator(session), MOST_INDICATORS)
    places = visit.linked_list("places", offered.places(session.definitions), _usual_places(session), MOST_PLACES)
    return indicators, places


def _usual_indicator(session: Session) -> list[str]:
    """An explorer that opens on nothing teaches nothing: the first goal's indicator, or the first of all."""
    names = [*(kpi.measure for kpi in session.catalogue.kpis), *(indicator.id for indicator in session.definitions.indicators)]
    return names[:1]


def _usual_places(session: Session) -> list[str]:
    """The session's place, and its districts."""
    inside = [place.id for place in session.definitions.places if place.parent == session.place]
    return [session.place, *inside][:MOST_PLACES]


def _months(session: Session, places: list[str]) -> list[str]:
    """The months with data of the city, of the session's place or of a chosen one, newest first."""
    held = offered.months(session.facts, session.place, session.definitions.city.place, *places)
    return [str(month) for month in held] or [str(session.month)]


def _last(session: Session, months: list[str]) -> str:
    return str(session.month) if str(session.month) in months else months[0]


def _pick_indicators(session: Session, _: Words) -> None:
    names = {name: session.say(session.indicator(name).name) for name in session.measured}
    st.multiselect(
        _("Indicators"),
        list(names),
        key="indicators",
        format_func=names.__getitem__,
        max_selections=MOST_INDICATORS,
        placeholder=_("Choose up to {n} indicators", n=MOST_INDICATORS),
        label_visibility="collapsed",
        width=400,
    )


def _pick_places(session: Session, _: Words) -> None:
    places = {place: session.say(session.definitions.place[place].name) for place in offered.places(session.definitions)}
    st.multiselect(
        _("Places"),
        list(places),
        key="places",
        format_func=places.__getitem__,
        max_selections=MOST_PLACES,
        placeholder=_("Choose places"),
    )
    own = session.definitions.city.place
    districts = [own, *(place.id for place in session.definitions.places if place.parent == own)]
    cities = [place.id for place in session.definitions.places if place.kind == "city"]
    with st.container(horizontal=True):
        for key, label, members in (("pick_districts", _("City and districts"), districts), ("pick_cities", _("All cities"), cities)):
            if len(members) > 1:
                st.button(label, key=key, on_click=visit.put, args=("places", members[:MOST_PLACES]))


def _month_name(session: Session, month: str) -> str:
    return formats.sentence(formats.month_name(Month.parse(month), session.locale))
