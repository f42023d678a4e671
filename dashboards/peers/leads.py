"""What next: the worst gaps that are real, then what loses ground; who improved most on each, what they did, and where to look further."""

from collections.abc import Iterable, Mapping
from html import escape

from dashboards import formats
from dashboards.peers import listing
from dashboards.peers.saying import Said
from dashboards.practices import about as practices
from dashboards.practices.known import Known
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.peers.groups import PeerSet
from kpis.peers.standing import Standing
from kpis.peers.worst_first import worst_first

MOST = 3
"""Gaps that a reader can take along."""


def block(session: Session, peers: PeerSet, standings: Mapping[str, Standing]) -> str:
    """The section as HTML; where nothing is worse it says so."""
    _ = translator(session.locale)
    asked = asking(standings.values())[:MOST]
    title = escape(_("What next"))
    if not asked:
        return f"<section><h2>{title}</h2><p>{escape(_nothing(standings.values(), _))}</p></section>"
    lines = "".join(_lead(Said(session, each), peers) for each in asked)
    return f'<section><h2>{title}</h2><ul class="leads">{lines}</ul></section>'


def asking(standings: Iterable[Standing]) -> list[Standing]:
    """What asks for something: the worst gaps first, then what lost ground to the median and is not worse yet."""
    ordered = worst_first(standings)
    losing = [each for each in ordered if each.verdict != "worse" and each.position and each.trend and each.trend.course == "losing"]
    return [each for each in ordered if each.verdict == "worse"] + losing


def _nothing(standings: Iterable[Standing], _: Words) -> str:
    """Why nothing asks for something: all is well as far as it can be told, or nothing can be."""
    judged = [each for each in standings if each.sign and each.position is not None]
    told, n = any(each.verdict for each in judged), sum(each.verdict is None for each in judged)
    if not told:
        return _("Nothing can be told yet: of no indicator is it known what a real difference from these peers is.")
    nothing = _("Nothing is worse than among the peers, or loses ground, by more than the figures can tell apart.")
    more = _.ngettext("Of {n} indicator it cannot be told.", "Of {n} indicators it cannot be told.", n, n=n) if n else ""
    return f"{nothing} {more}".strip()


def improver(said: Said) -> str:
    """Who improved most, from where to where; "" where nobody did."""
    _ = said.words
    found = said.standing.improver
    if found is None:
        return ""
    ends = {"first": said.bare(found.first), "last": said.value(found.last)}
    return _.ngettext(
        "{place} improved most: from {first} to {last} in {n} year.",
        "{place} improved most: from {first} to {last} in {n} years.",
        found.years,
        n=found.years,
        place=said.place(found.place),
        **ends,
    )


def stands(said: Said) -> str:
    """4th of 15: 2.1 days worse than the median of the peers."""
    _ = said.words
    told = {"position": formats.sentence(said.position()), "gap": said.gap(whole=True)}
    if not said.standing.sign:
        return _("{value}; neither more nor less is better.", value=said.against())
    if said.level:
        return _("{position}: no real difference from the median of the peers.", **told)
    return _("{position}: {gap} than the median of the peers.", **told)


def gone(said: Said) -> str:
    """How the gap to the median went."""
    _ = said.words
    told = said.trend()
    return _("Against the median: {told}.", told=told) if told else ""


def practice(said: Said) -> str:
    """The one thing that is recorded of what others did about it, the best improver's first, as HTML; "" where there is none."""
    improver = said.standing.improver
    found = practices.of(said.session, said.standing.indicator.id, improver.place if improver else None)
    return f'<ul class="policies practices">{practices.entry(Known(said.session), found[0])}</ul>' if found else ""


def in_the_explorer(said: Said, peers: PeerSet) -> str:
    """The address of the indicator in the Explorer beside these peers; "" where the city does not use it."""
    if "explorer" not in said.session.definitions.city.modules:
        return ""
    places = ",".join((said.session.place, *peers.places))
    return said.session.address("explorer", indicators=said.standing.indicator.id, places=places)


def _lead(said: Said, peers: PeerSet) -> str:
    _ = said.words
    address = escape(listing.link(said.session, peers, said.standing.indicator.id))
    told = [stands(said), gone(said), improver(said)]
    parts = [
        f'<a href="{address}"><b>{escape(said.name)}</b></a>',
        f"<p>{escape(' '.join(filter(None, told)))}</p>{practice(said)}",
    ]
    if further := in_the_explorer(said, peers):
        see = escape(_("Beside its peers in the Explorer"))
        parts.append(f'<a class="note" href="{escape(further)}">{see}</a>')
    return f"<li>{''.join(parts)}</li>"
