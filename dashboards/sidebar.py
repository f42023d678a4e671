"""The left side of every page: whose panel this is, the search box, and the menu."""

from collections.abc import Hashable, Mapping, Sequence
from html import escape

import streamlit as st
from streamlit import Page

from dashboards import formats, panel, search
from dashboards.kept import kept
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import translator
from data.periods import Month


def show(session: Session, menu: Mapping[str, Sequence[Page]], asked: Page) -> None:
    """The city and its mandate, the search box, and the pages of the menu by section, of which one is `asked` for."""
    city = session.definitions.city
    _ = translator(session.locale)
    start, end = (formats.month_name(Month.of(day), session.locale) for day in (city.mandate.start, city.mandate.end))
    with st.sidebar:
        mandate = plain(_("Mandate {start} – {end}", start=start, end=end))
        st.markdown(f"### {plain(session.say(city.name))}\n\n:small[:gray[{mandate}]]", anchors=False)
        search.box(session)
        panel.menu(_nav(session, menu, asked), {_address(page): page for pages in menu.values() for page in pages})


def _as_of(session: Session, menu: Mapping[str, Sequence[Page]], asked: Page) -> Hashable:
    """In a closed month the menu is today's."""
    offered = tuple(page.url_path for pages in menu.values() for page in pages)
    return session.key, session.language, session.today, asked.url_path, offered


@kept(64, by=_as_of)
def _nav(session: Session, menu: Mapping[str, Sequence[Page]], asked: Page) -> str:
    """The menu as HTML, kept because each of its links carries the whole view."""
    _ = translator(session.locale)
    sections = "".join(_section(session, section, pages, asked) for section, pages in menu.items())
    name = escape(_("Pages"))
    return f'<nav aria-label="{name}">{sections}</nav>'


def _section(session: Session, title: str, pages: Sequence[Page], asked: Page) -> str:
    shown = "".join(_link(session, page, current=page == asked) for page in pages if page.visibility == "visible")
    return f"<p>{escape(title)}</p><ul>{shown}</ul>" if shown else ""


def _link(session: Session, page: Page, *, current: bool) -> str:
    here = ' aria-current="page"' if current else ""
    return f'<li><a href="{escape(session.address(_address(page)))}"{here}>{escape(page.title)}</a></li>'


def _address(page: Page) -> str:
    """Streamlit gives the first page none."""
    return page.url_path or "overview"
