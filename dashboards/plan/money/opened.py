"""Which rows of the tree of amounts stand open: part of the page's address, so that only these rows are sent."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards.session import Session

MOST = 60
"""Rows open at once; the oldest close first, so that the address stays short."""


def nodes() -> tuple[int, ...]:
    """The nodes that the address names, in the order in which they were opened."""
    asked = st.query_params.get("open", "").split(",")
    return tuple(dict.fromkeys(int(part) for part in asked if part.isdecimal() and len(part) < 10))


def toggle(session: Session, held: Sequence[int], node: int, said: str, **more: str) -> str:
    """The name of a row as a link that opens or closes it."""
    after = [other for other in held if other != node] if node in held else [*held, node][-MOST:]
    address = escape(session.address("budget", **more, open=",".join(map(str, after))))
    state = "true" if node in held else "false"
    return f'<a class="opens" role="button" aria-expanded="{state}" id="open-{node}" href="{address}">{escape(said)}</a>'
