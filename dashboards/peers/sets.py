"""With whom the city is compared: every set that there is, the one chosen, and how each is called."""

from dashboards import formats
from dashboards import session as visit
from dashboards.kept import kept
from dashboards.session import Session
from dashboards.words import Words, translator
from data.problems import Refused
from kpis.peers.choosing import nearest
from kpis.peers.fellows import fellows
from kpis.peers.groups import PeerSet, peer_sets
from kpis.peers.neighbours import Neighbours

KEY = "peers"
"""Of the choice, in the address and the control."""


def sets(session: Session) -> tuple[PeerSet, ...]:
    """Every set of the session's place, the one to begin with first; empty where there is nobody to compare with."""
    return _known(session)[0]


def neighbours(session: Session) -> Neighbours | None:
    """The most alike and why; None where no context is declared by which they could be found."""
    return _known(session)[1]


def chosen(session: Session) -> PeerSet | None:
    """The set that the address names, else the first; None where there is none."""
    found = {each.id: each for each in sets(session)}
    return found[visit.linked(KEY, list(found), next(iter(found)))] if found else None


def usual(session: Session) -> PeerSet | None:
    """The set to begin with, for whoever does not choose: a section on another page."""
    return next(iter(sets(session)), None)


def name(session: Session, peers: PeerSet) -> str:
    """What a set is called in the control: The 15 most alike; Cities of the region."""
    _, n = translator(session.locale), len(peers.places)
    told = session.say(peers.name) if peers.name else ""
    if peers.kind == "nearest":
        if everybody(session, peers):
            return _("All {n}, the most alike first", n=n)
        return _.ngettext("The {n} most alike", "The {n} most alike", n, n=n)
    if peers.kind == "region":
        return _("Region: {name}", name=told)
    if peers.kind == "trait":
        return f"{session.say(peers.of or '')}: {told}"
    if peers.kind == "size":
        return _("Of its size: {residents}", residents=residents(peers, session.locale, _))
    return told if peers.kind == "group" else _.ngettext("All ({n})", "All ({n})", n, n=n)


def everybody(session: Session, peers: PeerSet) -> bool:
    """Whether nobody is left that it could be compared with: then nobody was chosen."""
    return len(peers.places) == len(fellows(session.definitions, session.place)) - 1


def residents(peers: PeerSet, locale: str, _: Words) -> str:
    """Between how many residents the places of a size lie."""
    low, high = (None if end is None else formats.number(end, 0, locale) for end in (peers.low, peers.high))
    if low is None:
        return _("under {high} residents", high=high) if high else ""
    return _("{low} to {high} residents", low=low, high=high) if high else _("{low} residents or more", low=low)


@kept(64, by=lambda session: session.key)
def _known(session: Session) -> tuple[tuple[PeerSet, ...], Neighbours | None]:
    found: Neighbours | None
    try:
        found = nearest(session.definitions, session.held, session.place, session.month.last)
    except Refused:
        found = None
    return peer_sets(session.definitions, session.place, found), found
