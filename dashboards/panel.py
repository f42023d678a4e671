"""A part of a page in HTML of our own: real tables and links, drawn in the page itself in the theme's colours.

Every text that comes from a file or a person passes through `escape` before it gets here.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from streamlit import Page
from streamlit.components import v2

from dashboards import links
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import translator
from kpis.score import Status

FOLDER = Path(__file__).parent / "components"
SHAPES = {
    "●": '<circle cx="6" cy="6" r="5"/>',
    "▲": '<path d="M6 .8 11.6 11H.4z"/>',
    "■": '<rect x="1" y="1" width="10" height="10"/>',
    "◆": '<path d="M6 0l6 6-6 6-6-6z"/>',
    "✓": '<path class="open" d="M1 6.5 4.6 10 11 2"/>',
    "○": '<circle class="open" cx="6" cy="6" r="4.4"/>',
    "—": '<path class="open" d="M1 6h10"/>',
}

_panel = v2.component(
    "mandato_panel",
    css="\n".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.css"))),
    js=(FOLDER / "panel.js").read_text(encoding="utf-8"),
)


_menu = v2.component(
    "mandato_menu",
    css=(FOLDER / "menu" / "menu.css").read_text(encoding="utf-8"),
    js=(FOLDER / "panel.js").read_text(encoding="utf-8"),
)
"""Apart, because what looks are sent along goes with every run."""


def show(html: str | bytes, key: str) -> None:
    """Draw the HTML, and follow the link of ours that a reader chooses in it. What is kept of it is kept as the bytes that are sent."""
    chosen = _panel(data=html.encode() if isinstance(html, str) else html, key=key, on_link_change=_stay)
    if chosen.link:
        links.follow(chosen.link)


def menu(html: str, pages: Mapping[str, Page]) -> None:
    """Draw the HTML as the menu of some pages, each by its address, and go to the one that a reader chooses."""
    chosen = _menu(data=html.encode(), key="menu", on_link_change=_stay)
    if chosen.link:
        links.follow(chosen.link, pages)


def status(session: Session, status: Status) -> str:
    """A status as shape, word and colour; the word leads to its entry in the glossary."""
    look, _ = LOOKS[status], translator(session.locale)
    address = escape(session.address("glossary", term=status))
    return (
        f'<a class="status {look.colour}" href="{address}" title="{escape(_(look.meaning))}">{shape(look.shape)}{escape(_(look.word))}</a>'
    )


def shape(drawn: str) -> str:
    """The shape of a look as HTML; none where a look has only its word."""
    return f'<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{SHAPES[drawn]}</svg>' if drawn else ""


def _stay() -> None:
    """The component asks for a callback before it reports a link; there is nothing to do before the page runs again."""
