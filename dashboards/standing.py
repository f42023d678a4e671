"""Where the session's place stands among its peers: reckoned once for all pages, and kept."""

from collections.abc import Hashable, Sequence

from dashboards.kept import kept
from dashboards.session import Session
from kpis.peers.standing import Standing
from kpis.peers.standings import Standings, standings
from kpis.score import Score

KEPT = 32
"""Places, months and sets of peers."""


def of(session: Session, peers: Sequence[str]) -> Standings:
    """On every indicator, and on the metrics that goals are measured by; a quarter of a second the first time it is asked."""
    return _of(session, tuple(peers))


def of_goal(session: Session, score: Score, peers: Sequence[str]) -> Standing | None:
    """On what a goal is measured by; None without a peer."""
    return of(session, peers).get(score.indicator.id) if peers else None


def _key(session: Session, peers: tuple[str, ...]) -> Hashable:
    version = session.held.version if session.held else 0
    return session.home, version, session.catalogue, session.definitions, session.place, session.month, peers


@kept(KEPT, by=_key)
def _of(session: Session, peers: tuple[str, ...]) -> Standings:
    return standings(session.held, session.catalogue, session.definitions, session.place, session.month, peers)
