"""Beside its peers: where the city stands on what a goal is measured by, for the goal's own page."""

from html import escape

from dashboards import panel, standing
from dashboards.peers import leads, listing, sets
from dashboards.peers.saying import Said
from dashboards.peers.strip import strip
from dashboards.session import Session
from dashboards.words import translator
from kpis.peers.groups import PeerSet
from kpis.score import Score


def show(session: Session, score: Score) -> None:
    """The section of the page; nothing where the city compares itself with nobody, or nobody else measures it."""
    if told := block(session, score):
        panel.show(told, key="beside_its_peers")


def block(session: Session, score: Score) -> str:
    """The section as HTML: the position and the gap among the usual peers, their strip, what must be known, and the way to all of it."""
    if "compare" not in session.definitions.city.modules or session.held is None:
        return ""
    peers = sets.usual(session)
    found = standing.of_goal(session, score, peers.places) if peers else None
    if peers is None or found is None or found.own.value is None or all(peer.value is None for peer in found.peers):
        return ""
    _, said = translator(session.locale), Said(session, found)
    title, against = escape(_("Beside its peers")), escape(_("Against: {peers}.", peers=sets.name(session, peers)))
    return (
        f'<section><h2>{title}</h2><div class="peered">{strip(found, said.strip())}<p>{escape(_sentence(said))}</p></div>'
        f'<p class="note">{against} {escape(_known(said))}</p>{_onward(said, peers)}</section>'
    )


def _sentence(said: Said) -> str:
    """Position and gap, or why there is none, and how the gap went."""
    _ = said.words
    stands = leads.stands(said) if said.standing.position is not None else _("Not ranked: {why}.", why=said.why())
    return " ".join(filter(None, [stands, leads.gone(said), leads.improver(said)]))


def _known(said: Said) -> str:
    """How sure that is, and what must be known of the figures."""
    flags = ", ".join(said.flags())
    return " ".join(filter(None, [said.least(), f"{flags[:1].upper()}{flags[1:]}." if flags else ""]))


def _onward(said: Said, peers: PeerSet) -> str:
    _ = said.words
    address, name = listing.link(said.session, peers, said.standing.indicator.id), _("Every peer's value")
    return f'<p class="onward"><a href="{escape(address)}">{escape(name)}</a></p>'
