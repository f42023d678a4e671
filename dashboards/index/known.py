"""The indices of the home and what came of each: reckoned in the background and kept, never while somebody waits for a page."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

import streamlit as st

from dashboards import behind, layout
from dashboards import session as visit
from dashboards.index import reckoning
from dashboards.index.reckoning import Reckoned
from dashboards.kept import kept as remembered
from dashboards.session import Session
from dashboards.words import translator
from kpis.index import indices as files
from kpis.index.indices import Indices
from kpis.index.reading import Written
from kpis.index.removal import Removal, removals

if TYPE_CHECKING:  # SALib takes a second to import, and few ask
    from kpis.index.sensitivity import Sensitivity

HOMES = 16
ASKED = "index"
"""The key of the address, and of the control, that says which index."""


def stamp(session: Session) -> Hashable:
    """Changes with the facts, the definitions and the files of the indices."""
    return str(session.home.folder), session.held.version if session.held else 0, session.key[2], files.stamp(session.home)


@remembered(HOMES, by=stamp)
def indices(session: Session) -> Indices:
    """The indices that can be read, in the order of their files, and what is wrong with the files of the others."""
    return files.read(session.home, session.definitions, session.catalogue)


def asked(session: Session) -> Written | None:
    """The index that the address names (`?index=`) or that was chosen, else the first; None where there is none."""
    every = {one.recipe.index: one for one in indices(session).written}
    return every[visit.linked(ASKED, list(every), next(iter(every)))] if every else None


def found(session: Session, written: Written, at: Hashable | None = None) -> Reckoned | None:
    """What came of an index at the month that is looked at, which is `at` (as_of); None while it is reckoned, which this starts."""
    return reckoning.found(session, written, at or as_of(session, written))


def settle(session: Session, written: Written) -> Reckoned:
    """Reckon it now where nobody has, for whoever asks once and waits: a report made without a page."""
    return reckoning.settle(session, written, as_of(session, written))


@st.fragment(run_every=behind.LOOK_AGAIN)
def watch(session: Session, written: Written) -> None:
    """Says that an index is being reckoned, and shows the page again when it is there."""
    _ = translator(session.locale)
    if found(session, written) is not None:
        visit.show_again()
    layout.note(_("The index is being reckoned; it appears here in a moment."))


def sensitivity(session: Session, known: Reckoned) -> "Sensitivity | None":
    """How much each uncertain choice moves the ranks: reckoned while whoever asked for it waits; None where nothing was doubted."""
    return _sensitivity(session, known) if known.doubted and (known.doubted.choices or known.doubted.error) else None


def removed(session: Session, known: Reckoned) -> tuple[Removal, ...]:
    """What each indicator does when it is left out: reckoned while whoever asked for it waits, once."""
    return _removed(session, known)


def as_of(session: Session, written: Written) -> Hashable:
    """What an index is reckoned of: changes with the figures, the files, the month and the place."""
    return stamp(session), str(session.month), session.place, written.recipe.index


def _of(session: Session, known: Reckoned) -> Hashable:
    return as_of(session, known.written)


@remembered(HOMES, by=_of)
def _sensitivity(session: Session, known: Reckoned) -> "Sensitivity":
    from kpis.index.sensitivity import sensitivity as reckoned  # SALib takes a second to import, and few ask

    assert known.built is not None
    _ = translator(session.locale)
    with st.spinner(_("The shares of the choices are being reckoned")):
        return reckoned(known.built, known.own)


@remembered(HOMES, by=_of)
def _removed(_session: Session, known: Reckoned) -> tuple[Removal, ...]:
    assert known.built is not None
    return removals(known.built, known.own)
