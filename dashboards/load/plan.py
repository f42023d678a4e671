"""What is about to be loaded: the source that reads the file, and the definitions it is read with, some still to be saved."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.load.desk import Desk, Given
from dashboards.session import Session
from data.definition_edits import extended
from data.definitions import Definitions
from data.ids import id_of
from data.ingest.apart import Read, propose_apart, read_apart
from data.problems import Problem, Refused
from data.proposal import Proposal, source_of
from data.sources import Source


@dataclass(frozen=True, eq=False)
class Plan:
    """`places` and `indicators` are those still to be saved, `own` says that the source is too."""

    source: Source
    known: Definitions
    own: bool = False
    places: tuple[Given, ...] = ()
    indicators: tuple[Given, ...] = ()

    @property
    def key(self) -> str:
        """Changes with anything that could change what is read."""
        return repr((self.source.model_dump_json(), self.places, self.indicators))


@dataclass(frozen=True)
class Reading:
    """What came of reading the file: `found` is None where it was refused whole."""

    found: Read | None
    problems: tuple[Problem, ...]


def plan_of(session: Session, desk: Desk) -> Plan:
    """Raises Refused where what was decided does not hold together."""
    known = session.definitions
    if desk.source:
        if desk.source not in known.source:
            raise Refused(
                [Problem("the mapping {name!r} is no longer saved", "choose or make another", desk.name, values={"name": desk.source})]
            )
        return Plan(known.source[desk.source], known)
    places, indicators = _unsaved(desk.places, known.place), _unsaved(desk.indicators, known.indicator)
    told: dict[str, Any] = {"id": desk.replaces or id_of(desk.title, known.source), "name": desk.title}
    source = source_of(proposal(session, desk), told)
    return Plan(source, extended(known, places=places, indicators=indicators), True, places, indicators)


def _unsaved(new: dict[str, Given], known: Collection[str]) -> tuple[Given, ...]:
    """The entries that are still to be written, without what nobody said."""
    return tuple(
        {"id": name, **{key: said for key, said in entry.items() if said != ""}} for name, entry in new.items() if name not in known
    )


def proposal(session: Session, desk: Desk) -> Proposal:
    """How the file could be read, given what was decided so far. Raises Refused where the reader dies of the file."""
    return _proposal(desk, session.definitions, (str(desk.folder), desk.digest, repr(desk.given), session.key[2]))


def reading(session: Session, desk: Desk, plan: Plan) -> Reading:
    """The file, read by the plan."""
    return _reading(desk, plan, (str(desk.folder), desk.digest, plan.key, session.key[2]))


@st.cache_resource(show_spinner=False, max_entries=20)
def _proposal(_desk: Desk, _known: Definitions, key: tuple) -> Proposal:  # noqa: ARG001 - the cache goes by the key
    return propose_apart(_desk.file, _known, _desk.name, _desk.given)


@st.cache_resource(show_spinner=False, max_entries=4)
def _reading(_desk: Desk, _plan: Plan, key: tuple) -> Reading:  # noqa: ARG001 - the cache goes by the key
    try:
        found = read_apart([(_desk.file, _desk.name)], _plan.source, _plan.known)
    except Refused as refused:
        return Reading(None, tuple(refused.problems))
    return Reading(found, found.problems)
