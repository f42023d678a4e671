"""Who is looking: at which place and month, in which language.

The only module that reads or writes st.session_state, which holds plain values: the choices of the controls, by their keys,
which are also the words in the address: `?place=aurora&month=2026-06&language=es`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from dashboards import acting, formats
from dashboards.links import OF_TODAY
from dashboards.markdown import plain
from dashboards.offered import choosable, places
from dashboards.offered import names as offered_names
from dashboards.view import AS, CLOSED, TODAY, Session, stamp_of
from dashboards.words import LANGUAGES, translator
from data import facts as fact_files
from data.access import Actor
from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.model import say
from data.periods import Month
from data.places import around
from data.problems import NotPossibleNow
from data.records.records import begun
from data.records.records import records as open_records
from data.snapshots.frozen import shown_at
from data.versions import finish_stopped
from kpis.last_valid import in_force

LINKS, NO_LINK = "links", ("", None, ())
"""By the key of a choice that is part of the address: what was written there, the choice's default, and what its link asked for in vain.

Together under one key of the state, all of which Streamlit goes through for each control that it draws.
"""
MORE = "choices"
"""Whether place, language and who writes are open to be chosen: drawn only then, for every control costs every run."""


_current: ContextVar[Session | None] = ContextVar("session", default=None)


def current() -> Session:
    """The session that the front door opened. A page that was not reached through it stops here and shows nothing."""
    session = _current.get()
    if session is None:
        st.stop()
    return session


def start() -> Session:
    """Read the home, draw the controls, and settle who looks at what. Called by streamlit_app.py alone.

    Raises Refused where a definition is wrong and no valid one was read before, and NotPossibleNow where the facts cannot be read.
    """
    _current.set(None)
    st.session_state["same_visit"] = st.session_state.pop("shown_again", False)
    home = Home.here()
    finish_stopped(home)  # a save of two files that a power cut stopped
    stamp = stamp_of(home)  # before the files are read: what is kept under a stamp is never older than it says
    found = in_force(home)
    definitions, catalogue = found.definitions, found.catalogue
    held = fact_files.current(home)
    frame = st.container(width=1200)
    heading, controls = frame.container(gap="xsmall"), frame.container(horizontal=True)
    language = linked("language", list(LANGUAGES), default_language(definitions.city.locale))
    locale = locale_of(language, definitions.city.locale)
    state = _records_state(home)
    with controls:
        place, month, actor, row, today = _Controls(home, definitions, held, locale, state).draw()
    key = (str(home.folder), held.version if held else 0, (stamp, today), place, str(month), locale)
    drawn, whole = (frame, heading, controls), (found.problems, actor, row, today)
    session = Session(home, definitions, catalogue, place, month, language, locale, held, key, *drawn, *whole, state_met=state)
    _current.set(session)
    return session


def enter(session: Session, address: str) -> Session:
    """The session as a page is shown: of a closed month as it was closed, but where the reader or the page is about today."""
    entered = session if session.today or address in OF_TODAY else session.closed
    _current.set(entered)
    return entered


def default_language(city_locale: str) -> str:
    """The browser's language, or the city's where we do not speak it."""
    browser = (st.context.locale or "")[:2]
    return browser if browser in LANGUAGES else city_locale[:2]


def language_asked() -> str:
    """The language to speak where the city's files cannot be read: what the address says, or the browser."""
    asked = st.query_params.get("language", "")
    return asked if asked in LANGUAGES else default_language("es")


def locale_of(language: str, city_locale: str) -> str:
    """How numbers and days are written: as in the city's country, or in a related one for a reader of another language."""
    return city_locale if city_locale.startswith(language) else {"es": "es_ES", "en": "en_GB"}[language]


def linked(key: str, options: Collection[str], default: str) -> str:
    """A choice that is part of the page's address: called before its widget is drawn with the same key; returns what holds.

    What a link asks for holds when the link is opened, then what the reader chooses; what is not an option is left to `unknown`.
    Where neither says anything, the default holds, and follows when it changes.
    (Streamlit's own `bind` would put the translated label into the address, and no link would survive a change of language.)
    """
    asked = st.query_params.get(key, "")
    return _linked(key, asked, default, _Way(lambda text: text if text in options else None, str, _in_vain([asked], options)))


def linked_list(key: str, options: Collection[str], default: Sequence[str], most: int) -> list[str]:
    """The same for several choices, each once and `most` in all; the address joins them by commas."""

    def read(text: str) -> list[str] | None:
        return [part for part in dict.fromkeys(text.split(",")) if part in options][:most] or None

    asked = st.query_params.get(key, "")
    return _linked(key, asked, list(default), _Way(read, ",".join, _in_vain(asked.split(","), options)))


def asked_id(key: str) -> int | None:
    """The id of something that the address names, such as `followups?id=12`; None where it names none."""
    text = st.query_params.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def unknown(key: str) -> Sequence[str]:
    """What the link that this run opened asks for and is not among the options; the run that follows has forgotten it."""
    return _links().get(key, NO_LINK)[2]


def show_again() -> None:
    """Run the page once more for a reason that is not the reader's: what was said of the link stays."""
    st.session_state["shown_again"] = True
    st.rerun()


def take(key: str) -> object:
    """The choice made in a widget, which is emptied at once: for a choice that is an order, such as a goal to go to.

    Called in the widget's own on_change, or for what `put` left.
    """
    value = st.session_state.get(key)
    st.session_state[key] = None
    return value


def left(key: str) -> object:
    """What `put` left, which stays there."""
    return st.session_state.get(key)


def put(key: str, value: object) -> None:
    """Choose for the reader, or leave a note for the run that follows; called before the widget is drawn, as in a callback."""
    st.session_state[key] = value


def _stay(key: str) -> None:
    """Say again what a choice that is not in the address holds: else the browser falls back to the first option on another page."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


@dataclass(frozen=True)
class _Way:
    """How a choice is read from the address and written into it, and what this address asks for that is no option."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    in_vain: tuple[str, ...]


def _in_vain(asked: Sequence[str], options: Collection[str]) -> tuple[str, ...]:
    return tuple(part for part in dict.fromkeys(asked) if part and part not in options)


def _links() -> dict[str, tuple[str, Any, tuple[str, ...]]]:
    return st.session_state.setdefault(LINKS, {})


def _linked(key: str, asked: str, default: Any, way: _Way) -> Any:
    links = _links()
    is_met = key in links
    seen, default_before, in_vain = links.get(key, NO_LINK)
    is_new = not is_met or asked != seen
    wanted = way.read(asked) if asked else None
    if wanted is not None and (is_new or key not in st.session_state):
        holds = wanted
    else:
        holds = _held(key, way.read, way.write)
        if holds is None or (is_met and not asked and holds == default_before):
            holds = default
    st.session_state[key] = holds  # even where nothing changed: else the browser falls back to the first option on another page
    said = way.write(holds) if holds else ""
    if said and said != asked and (asked or holds != default):
        st.query_params[key] = said
    elif asked and not said:
        del st.query_params[key]
    if is_new or not st.session_state.get("same_visit"):  # an address that was written here asks for nothing in vain
        in_vain = way.in_vain if is_new else ()
    links[key] = said, default, in_vain
    return holds


def _held(key: str, read: Callable[[str], Any], write: Callable[[Any], str]) -> Any:
    """What the widget holds, where that is still one of the options; [] is a choice too."""
    held = st.session_state.get(key)
    return held if held == [] else read(write(held)) if held else None


class _Controls:
    """The one row of controls above every page. They live in the front door, so that a choice survives a change of page."""

    def __init__(self, home: Home, definitions: Definitions, held: Facts | None, locale: str, state: str | None) -> None:
        self._home, self._definitions, self._held, self._locale, self._state = home, definitions, held, locale, state
        self._ = translator(locale)

    def draw(self) -> tuple[str, Month, Actor | None, Mapping[str, Any] | None, bool]:
        """The place and the month chosen, who writes, the snapshot of a closed month, and whether it is looked at as it is today."""
        ids = places(self._definitions)
        place = linked("place", ids, self._definitions.city.place)
        months = offered_names(choosable(self._held, self._definitions, place))
        month, named = linked("month", months, months[0]), partial(formats.chosen_month, locale=self._locale)
        st.selectbox(self._("Month"), months, key="month", format_func=named, label_visibility="collapsed", width=170)
        lies_in = tuple(around(self._definitions.place, place))
        row = shown_at(open_records(self._home), self._state, lies_in, Month.parse(month)) if self._state else None
        today = row is not None and linked(AS, [CLOSED, TODAY], CLOSED) == TODAY
        label = plain(say(self._definitions.place[place].name, self._locale))
        more = st.popover(label, icon=":material/tune:", key=MORE, on_change="rerun")
        with more:
            if more.open:
                st.selectbox(self._("Place"), ids, key="place", format_func=self._place_name)
                st.selectbox(self._("Language"), list(LANGUAGES), key="language", format_func=LANGUAGES.__getitem__)
                if row:
                    self._choose_view(row)
        _stay(acting.KEY)
        actor = acting.choose(self._home, self._, left(acting.KEY), more if more.open else None)
        return place, Month.parse(month), actor, row, today

    def _choose_view(self, row: Mapping[str, Any]) -> None:
        """A closed month as it was, or as it is."""
        day = formats.day_of(row["at"], self._locale)
        names = {CLOSED: self._("As it was closed on {day}", day=day), TODAY: self._("As it is today")}
        st.radio(self._("This month is closed"), list(names), key=AS, format_func=names.__getitem__)
        st.caption(self._("As it was closed it is only read."))

    def _place_name(self, place: str) -> str:
        found = self._definitions.place[place]
        parent = self._definitions.place.get(found.parent or "")
        return f"{say(parent.name, self._locale)} · {say(found.name, self._locale)}" if parent else say(found.name, self._locale)


def _records_state(home: Home) -> str | None:
    """None where nothing is recorded, or cannot be read: the figures do not hang on the records."""
    try:
        return open_records(home).state if begun(home) else None
    except NotPossibleNow:
        return None
