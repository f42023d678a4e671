"""Who the peers are and why these: named at once, and on demand by which variables, how, and how stable that is."""

from collections.abc import Sequence
from html import escape

from dashboards import formats
from dashboards.peers import sets
from dashboards.plan.tables import NUMBER, Title, table
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from kpis.peers.context import POPULATION, RESIDENTS
from kpis.peers.groups import PeerSet
from kpis.peers.neighbours import Neighbours

METHODS = {
    "euclidean": N_(
        "Straight-line distance over the variables, each in standard deviations from the mean of all places, and the farthest place at 1."
    ),
    "gower": N_(
        "Gower's distance: the mean over the variables of how far apart two places are, as a share of the range, or 1 where a category "
        "differs; what is not known of one of them is left out of that pair."
    ),
}
"""How the most alike are found."""


def block(session: Session, peers: PeerSet) -> str:
    """The section as HTML: how many and why these, each by its name, and the rest on demand."""
    _ = translator(session.locale)
    found = sets.neighbours(session) if peers.kind == "nearest" else None
    title, names = escape(_("Against whom")), "".join(_chip(session, place, found) for place in peers.places)
    return (
        f'<section><h2>{title}</h2><p>{escape(why(session, peers, _))}</p><ul class="against">{names}</ul>'
        f"{_chosen(session, found, _) if found else ''}</section>"
    )


def why(session: Session, peers: PeerSet, _: Words) -> str:
    """Why these and no others, in a sentence."""
    own = session.say(session.definitions.place[session.place].name)
    if peers.kind == "nearest":
        found = sets.neighbours(session)
        named = ", ".join(variable(session, each).lower() for each in found.variables) if found else ""
        if sets.everybody(session, peers):
            return _("Every place of its kind, the one most like {place} first, by {variables}.", place=own, variables=named)
        return _("The most like {place} by {variables}; never by how well they do.", place=own, variables=named)
    told = {
        "region": _("Those of the same region as {place}.", place=own),
        "trait": _("Like {place} in this: {trait}.", place=own, trait=sets.name(session, peers)),
        "size": _("Those with as many residents as {place}: {residents}.", place=own, residents=sets.residents(peers, session.locale, _)),
        "all": _("Every place that is known, like {place} or not.", place=own),
    }.get(peers.kind)
    return told or (session.say(peers.why) if peers.why else _("A group that somebody put together by hand, without a reason."))


def variable(session: Session, name: str) -> str:
    """What a variable is called: a trait, or the residents."""
    named = {RESIDENTS: POPULATION.name, **{trait.id: trait.name for trait in session.definitions.traits}}
    return session.say(named[name])


def _chip(session: Session, place: str, found: Neighbours | None) -> str:
    reason = next((formats.reason(each.reason, session.locale) for each in found.nearest if each.place == place), "") if found else ""
    title = f' title="{escape(formats.sentence(reason))}"' if reason else ""
    return f"<li{title}>{escape(session.say(session.definitions.place[place].name))}</li>"


def _chosen(session: Session, found: Neighbours, _: Words) -> str:
    """How the most alike were found, which opens when it is asked for."""
    summary, how = escape(_("How these were chosen")), escape(_(METHODS[found.method]))
    left_out = [session.say(session.definitions.place[place].name) for place in found.left_out]
    names = ", ".join(left_out)
    dropped = ", ".join(variable(session, each) for each in found.not_used)
    unused = _("Not used, because not known of this place or the same everywhere: {variables}.", variables=dropped) if dropped else ""
    missing = escape(_("Not among them, because too little is known of them: {places}.", places=names)) if left_out else ""
    return (
        f"<details><summary>{summary}</summary><p>{how}</p>{_reasons(session, found, _)}{_stability(session, found, _)}"
        f"{f'<p>{missing}</p>' if missing else ''}{f'<p>{escape(unused)}</p>' if unused else ''}</details>"
    )


def _reasons(session: Session, found: Neighbours, _: Words) -> str:
    titles: list[Title] = [(_("Place"), ""), (_("Distance"), NUMBER), (_("Why"), "")]
    rows = [
        [
            escape(session.say(session.definitions.place[each.place].name)),
            escape(formats.number(each.distance, 2, session.locale)),
            escape(formats.sentence(formats.reason(each.reason, session.locale))),
        ]
        for each in found.nearest
    ]
    return table(titles, [("", rows)], _("From the most alike; 0 is the same, 1 the farthest of all places"), "reasons")


def _stability(session: Session, found: Neighbours, _: Words) -> str:
    if not found.stability:
        return ""
    titles: list[Title] = [(_("Without the variable"), ""), (_("Peers that stay"), NUMBER)]
    rows: Sequence[list[str]] = [
        [escape(variable(session, name)), f"{escape(formats.number(100 * found.stability[name], 0, session.locale))}{formats.BOUND}%"]
        for name in found.variables
        if name in found.stability
    ]
    return table(titles, [("", rows)], _("How many of these stay when one variable is left out"), "stability", narrow=True)
