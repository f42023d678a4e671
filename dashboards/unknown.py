"""What a link asked for and is not here: said in a sentence, since something else is shown in its place."""

from dashboards import layout
from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import N_, translator

SENTENCES = {
    "place": N_("The link asks for a place that does not exist, {names}: another one is shown."),
    "plan": N_("The link asks for a plan that does not exist, {names}: another one is shown."),
    "month": N_("The link asks for a month without data, {names}: another one is shown."),
    "indicators": N_("The link asks for indicators that do not exist, {names}: they are left out."),
    "places": N_("The link asks for places that do not exist, {names}: they are left out."),
    "from": N_("The link begins in a month without data, {names}: another one is shown."),
    "axis": N_("The link asks for an axis that does not exist, {names}: all are shown."),
    "area": N_("The link asks for an area that does not exist, {names}: all are shown."),
    "status": N_("The link asks for a status that no goal has, {names}: all are shown."),
    "theme": N_("The link asks for a theme that does not exist, {names}: all are shown."),
    "about": N_("The link asks for practices about what none is about, {names}: all are shown."),
    "where": N_("The link asks for practices of a place that has none, {names}: all are shown."),
    "shown": N_("The link asks for practices by what shows none of them, {names}: all are shown."),
    "only": N_("The link narrows the plan by what is not in it, {names}: that is left out."),
    "index": N_("The link asks for an index that does not exist, {names}: another one is shown."),
    "peers": N_("The link asks for peers that do not exist, {names}: others are shown."),
    "to": N_("The link ends in a month without data, {names}: another one is shown."),
}
LONGEST = 100
"""Letters of the names: an address may hold thousands."""


def say(session: Session, *keys: str) -> None:
    """A sentence for each of these choices of which the link that was just opened asks for something unknown."""
    _ = translator(session.locale)
    for key in keys:
        if names := ", ".join(visit.unknown(key)):
            layout.note(_(SENTENCES[key], names=names if len(names) <= LONGEST else f"{names[:LONGEST]}…"))
