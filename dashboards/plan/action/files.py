"""Kept papers and pictures, each behind a button: the bytes are given when somebody asks for them, and no browser runs them.

A button whose file cannot be read would do nothing at all, and not say why: of such a file a sentence stands in its place.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from dashboards.markdown import plain
from dashboards.plan.action.subject import Row
from dashboards.session import Session
from dashboards.words import translator
from data.plans import evidence_files
from data.problems import Refused

UNSAFE = re.compile(r"[^\w.\- ]+")
LONGEST = 100


def offer(session: Session, pieces: Sequence[Row]) -> None:
    """A button for each piece of evidence that is a file."""
    kept = [piece for piece in pieces if piece["file"]]
    sound = [piece for piece in kept if whole(session, piece["file"])]
    _give(session, sound)
    _ = translator(session.locale)
    for piece in kept:
        if piece not in sound:
            told = _("The file {name} is damaged or gone from the store; a restore brings it back.", name=piece["file_name"])
            st.warning(plain(told), icon=":material/broken_image:")


def whole(session: Session, sha256: str) -> bool:
    """Whether the file is there and as it was brought; it is read again only after somebody touched it."""
    store = session.records.store
    stamp = evidence_files.stamp(store, sha256)
    return stamp is not None and _whole(store, sha256, stamp)


@st.cache_data(show_spinner=False, max_entries=5000)
def _whole(store: Path, sha256: str, stamp: tuple[int, int]) -> bool:  # noqa: ARG001 - what the cache goes by
    try:
        evidence_files.read(store, sha256)
    except (Refused, OSError):
        return False
    return True


def _give(session: Session, pieces: Sequence[Row]) -> None:
    if not pieces:
        return
    with st.container(horizontal=True):
        for piece in pieces:
            label, name = plain(piece["file_name"]), safe_name(piece["file_name"])
            st.download_button(
                label, reading(session, piece["file"]), name, piece["media"], key=f"evidence_file_{piece['id']}", on_click="ignore",
                icon=":material/download:", help=plain(piece["title"]),
            )  # fmt: skip


def reading(session: Session, sha256: str) -> Callable[[], bytes]:
    """What reads the file once it is asked for; a file that is damaged is not given out."""
    store = session.records.store
    return lambda: evidence_files.read(store, sha256)


def safe_name(name: str) -> str:
    """A name of letters, digits, dots, dashes and spaces, with its ending."""
    stem, _, ending = UNSAFE.sub("_", name).strip(". ").rpartition(".")
    return f"{(stem or 'file')[:LONGEST]}.{ending}" if ending else "file"
