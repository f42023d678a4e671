"""Who writes, until there is sign-in: chosen by hand, in demo mode, and only where the panel answers nobody but its own machine."""

from contextlib import AbstractContextManager
from datetime import date
from ipaddress import ip_address
from typing import Any

import streamlit as st

from dashboards.words import Words
from data.access import Actor
from data.home import Home
from data.people import actor, people
from data.problems import NotPossibleNow
from data.records.records import begun, records

KEY = "acting"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def choose(home: Home, _: Words, held: object, room: AbstractContextManager[Any] | None) -> Actor | None:
    """The control to choose a person by, in `room`, and the actor that holds; None only reads.

    Without a room the choice is not drawn, and the person that is `held` holds. Nobody can be chosen from another machine,
    through a proxy, before the records know anybody, or while they cannot be read.
    """
    if not (held or room) or not (local() and begun(home)):
        return None
    try:
        chosen = _asked(home, _, room) if room else held
        return actor(records(home), int(str(chosen)), date.today()) if chosen else None
    except (NotPossibleNow, LookupError):  # the records may have been restored to a time before somebody was in them
        return None


def _asked(home: Home, _: Words, room: AbstractContextManager[Any]) -> int | None:
    known = {row["id"]: row["name"] for row in people(records(home))}
    if not known:
        return None
    with room:
        return st.selectbox(
            _("Act as (no sign-in yet)"), [None, *known], key=KEY, format_func=lambda person: known.get(person, _("nobody: read only"))
        )


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
