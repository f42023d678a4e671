"""Kept papers and pictures, each behind a button: the bytes are read when somebody asks for them, and no browser runs them."""

import re
from collections.abc import Callable, Sequence

import streamlit as st

from dashboards.markdown import plain
from dashboards.plan.action.subject import Row
from dashboards.session import Session
from data.plans import evidence_files

UNSAFE = re.compile(r"[^\w.\- ]+")
LONGEST = 100


def offer(session: Session, pieces: Sequence[Row]) -> None:
    """A button for each piece of evidence that is a file."""
    kept = [piece for piece in pieces if piece["file"]]
    if not kept:
        return
    with st.container(horizontal=True):
        for piece in kept:
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
