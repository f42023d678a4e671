"""The page Peers below its heading: where the city stands, against whom, how sure that is, and what next."""

from collections.abc import Hashable, Mapping
from html import escape
from io import BytesIO

import polars as pl
import streamlit as st

from dashboards import downloads, panel, standing, unknown
from dashboards.kept import kept
from dashboards.peers import grouping, leads, listing, missing, one, sets, summing, who
from dashboards.practices import known as practices
from dashboards.session import Session
from dashboards.words import N_, translator
from kpis.peers.exported import frame
from kpis.peers.groups import PeerSet
from kpis.peers.standing import Standing

SURE = N_(
    "Better or worse is said only of a difference larger than the figures can tell apart; beside a position stands which others it may be."
)
"""How sure the sentence above it is."""


def show(session: Session) -> None:
    """Every indicator, or the one that the address names; where there is nobody to compare with, what to write."""
    if grouping.asked() and session.beside is None:
        grouping.form(session)
        return
    with session.controls:
        peers = choose(session)
    unknown.say(session, sets.KEY)
    if peers is None:
        missing.alone(session)
        return
    found = standing.of(session, peers.places)
    with session.controls:
        _take_away(session, peers, found)
    asked = one.asked()
    if asked in found:
        one.show(session, peers, found[asked])
        return
    if asked:
        one.unknown(session)
    panel.show(_drawn(session, peers, found, practices.stamp(session)), key="standings")
    missing.context(session)
    grouping.links(session, peers)


def choose(session: Session) -> PeerSet | None:
    """With whom to compare, in the row of controls; no choice where there is only one set."""
    _, found = translator(session.locale), {each.id: each for each in sets.sets(session)}
    peers = sets.chosen(session)
    if len(found) > 1:
        names = {key: sets.name(session, each) for key, each in found.items()}
        st.selectbox(_("Peers"), list(found), key=sets.KEY, format_func=names.__getitem__, label_visibility="collapsed", width=260)
    return peers


def drawn(session: Session, peers: PeerSet, found: Mapping[str, Standing]) -> str:
    """The whole page as HTML."""
    _, every = translator(session.locale), found.values()
    sentence, sure = escape(summing.sentence(every, _)), escape(_(SURE))
    beside = f"{who.block(session, peers)}{leads.block(session, peers, found)}"
    return (
        f'<p class="headline">{sentence}</p><p class="because">{sure}</p><div class="columns">{beside}</div>'
        f"{listing.block(session, peers, found)}"
    )


def as_parquet(table: pl.DataFrame) -> bytes:
    """The figures as a file of Apache Parquet."""
    content = BytesIO()
    table.write_parquet(content)
    return content.getvalue()


def about(session: Session, peers: PeerSet) -> dict[str, str]:
    """What must stand beside the figures when they travel."""
    _ = translator(session.locale)
    return {
        _("Place"): session.say(session.definitions.place[session.place].name),
        _("Peers"): sets.name(session, peers),
        _("Chosen"): who.why(session, peers, _),
        _("Month"): str(session.month),
    }


def _take_away(session: Session, peers: PeerSet, found: Mapping[str, Standing]) -> None:
    """Every figure of the page, also typed and compressed for whoever computes on."""
    _ = translator(session.locale)

    def made() -> pl.DataFrame:
        return frame(found, session.definitions, session.language)

    parquet = {_("Columns (Parquet)"): ("parquet", "application/vnd.apache.parquet", lambda: as_parquet(made()))}
    downloads.offer(session, "peers", made, lambda: about(session, peers), parquet)


def _as_of(session: Session, peers: PeerSet, _found: Mapping[str, Standing], stamp: Hashable) -> Hashable:
    return session.key, peers.id, stamp


@kept(32, by=_as_of)
def _drawn(session: Session, peers: PeerSet, found: Mapping[str, Standing], _stamp: Hashable) -> bytes:
    """Kept: the words and drawings of sixty indicators take longer than all else on the page."""
    return drawn(session, peers, found).encode()
