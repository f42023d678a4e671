"""The first screen of an index: where the place stands, how sure that is, what drives it, and the cheapest way up."""

from collections.abc import Sequence
from html import escape

from dashboards.index import driving, saying, tiers, way
from dashboards.index.shown import Shown
from dashboards.words import Words, translator

LISTED = 4
"""Sentences of a list that are read at once; the others open on demand."""


def screen(shown: Shown) -> str:
    """Where it stands and how sure that is; the tiers beside what drives its place; and the cheapest way up."""
    _ = translator(shown.locale)
    parts = [
        '<div class="columns standing">',
        f'<section><p class="headline">{escape(saying.headline(shown))}</p><p class="because">{escape(saying.doubt(shown))}</p></section>',
        tiers.block(shown) or tiers.ranked(shown),
        driving.block(shown) or _choose_one(shown),
        way.block(shown),
        "</div>",
        _listed(_("To bear in mind"), saying.flags(shown), _),
        _listed(_("Not ranked"), list(saying.left_out(shown)), _),
    ]
    return "".join(parts)


def _choose_one(shown: Shown) -> str:
    """What would stand beside the tiers if the reader's own place were ranked."""
    _ = translator(shown.locale)
    title = escape(_("What drives a place"))
    if any(place in shown.session.definitions.place for place in shown.built.places):
        told = _("Choose a place in the list to see what drives its rank, and which way up is the cheapest.")
    else:
        told = _("None of these places is one that the city knows, so there is none of which it could be told here.")
    return f'<section class="drivers"><h2>{title}</h2><p class="because">{escape(told)}</p></section>'


def _listed(title: str, said: Sequence[str], _: Words) -> str:
    """The first sentences, and the others where somebody opens them; "" of none."""
    if not said:
        return ""
    first, others = ("".join(f"<li>{escape(one)}</li>" for one in part) for part in (said[:LISTED], said[LISTED:]))
    more = len(said) - LISTED
    opened = escape(_.ngettext("{n} more", "{n} more", more, n=more))
    rest = f'<details><summary>{opened}</summary><ul class="ways">{others}</ul></details>' if others else ""
    return f'<section><h2>{escape(title)}</h2><ul class="ways">{first}</ul>{rest}</section>'
