"""The city's position among its usual peers for a table of goals: reckoned in the background, and shown once it is known."""

from collections.abc import Hashable, Sequence
from html import escape

import streamlit as st

from dashboards import behind, standing
from dashboards import session as visit
from dashboards.behind import Behind, Work
from dashboards.peers import listing, sets
from dashboards.peers.saying import Said
from dashboards.session import Session
from kpis.peers.groups import PeerSet
from kpis.peers.standings import Standings
from kpis.score import Score

REMEMBERED = 64
"""Places and months held in memory."""

Known = tuple[PeerSet | None, Standings]
_behind = Behind[Known]("positions", REMEMBERED)


def of(session: Session) -> Known | None:
    """The usual peers and where the city stands among them; None while that is reckoned, which this starts.

    Without a peer, and for a city that does not compare itself, there are no standings.
    """
    if session.held is None or "compare" not in session.definitions.city.modules:
        return None, {}
    work = Work(f"the position of {session.place} among its peers", lambda: None, lambda: _reckoned(session), (None, {}))
    return _behind.of(_key(session), work)


def ready(session: Session) -> bool:
    """Whether they are there; a cache of a drawn page goes by it."""
    return of(session) is not None


def cells(session: Session, scores: Sequence[Score]) -> dict[str, str]:
    """By goal its position as HTML, leading to its peers, and below it between which ones it may lie.

    Only of those that have one, and a better end: without it a position would be read as a first or a last.
    """
    peers, found = of(session) or (None, {})
    if peers is None:
        return {}
    stands = ((score, found.get(score.indicator.id)) for score in scores)
    return {score.kpi.id: _cell(Said(session, each), peers) for score, each in stands if each and each.sign and each.position is not None}


def _cell(said: Said, peers: PeerSet) -> str:
    address = escape(listing.link(said.session, peers, said.standing.indicator.id))
    doubt = f'<span class="note">{escape(said.between())}</span>' if said.between() else ""
    return f'<a href="{address}">{escape(said.position())}</a>{doubt}'


@st.fragment(run_every=behind.LOOK_AGAIN)
def watch(session: Session) -> None:
    """Shows the page again when they are there."""
    if ready(session):
        visit.show_again()


def _key(session: Session) -> Hashable:
    return session.home, session.facts.version, session.catalogue, session.definitions, session.place, session.month


def _reckoned(session: Session) -> Known:
    peers = sets.usual(session)
    return peers, standing.of(session, peers.places) if peers else {}
