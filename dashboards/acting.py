"""Who writes, until there is sign-in: chosen by hand, in demo mode, and only where the panel answers nobody but its own machine."""

from datetime import UTC, datetime
from ipaddress import ip_address

import streamlit as st

from dashboards.words import Words
from data.access import Actor
from data.home import Home
from data.people import actor, people
from data.problems import NotPossibleNow
from data.records.records import begun, records

KEY = "acting"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def choose(home: Home, _: Words) -> Actor | None:
    """The control to choose a person by, and the actor that holds; None only reads.

    Nobody can be chosen from another machine, through a proxy, before the records know anybody, or while they cannot be read.
    """
    if not (local() and begun(home)):
        return None
    try:
        return _chosen(home, _)
    except NotPossibleNow:
        return None


def _chosen(home: Home, _: Words) -> Actor | None:
    held = records(home)
    known = {row["id"]: row["name"] for row in people(held)}
    if not known:
        return None
    chosen = st.selectbox(
        _("Act as (no sign-in yet)"), [None, *known], key=KEY, format_func=lambda person: known.get(person, _("nobody: read only"))
    )
    return actor(held, chosen, datetime.now(UTC).date()) if chosen else None


def local() -> bool:
    """Whether the panel listens to its own machine alone, and the reader sits at it."""
    listens = st.get_option("server.address")
    return bool(listens) and _is_loopback(listens) and _is_loopback(st.context.ip_address) and not _was_forwarded()


def _was_forwarded() -> bool:
    return any(st.context.headers.get(name) for name in FORWARDED)


def _is_loopback(address: str | None) -> bool:
    """Streamlit gives the reader of its own machine no address."""
    if address in (None, "localhost"):
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
