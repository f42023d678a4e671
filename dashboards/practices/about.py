"""What others did about an indicator: the practices that are linked to it, for the pages of peers and of a goal."""

from collections.abc import Sequence
from html import escape

from dashboards import panel
from dashboards.practices import vocabulary
from dashboards.practices.known import Known, Row, read, used
from dashboards.session import Session

MOST = 3
"""In a section of another page; the page of practices has all."""


def show(session: Session, indicator: str, place: str | None = None) -> None:
    """The section of a page; nothing where nobody wrote one down."""
    if told := block(session, indicator, place):
        panel.show(told, key=f"practices_about_{indicator}")


def of(session: Session, indicator: str, place: str | None = None) -> list[Row]:
    """Practices that are kept and about an indicator or a metric, of other places than the city.

    First those of `place`, such as the one that improved most, then the best shown.
    """
    if not used(session):
        return []
    own = session.definitions.city.place
    found = [row for row in read(session) if row["state"] == "kept" and indicator in row["indicators"] and row["place"] != own]
    return sorted(found, key=lambda row: place is None or row["place"] != place)


def block(session: Session, indicator: str, place: str | None = None) -> str:
    """The section as HTML; "" where there is nothing to tell."""
    rows = of(session, indicator, place)
    if not rows:
        return ""
    known = Known(session)
    _ = known.words
    title = escape(_("What others did about it"))
    listed = "".join(entry(known, row) for row in rows[:MOST])
    return f'<section><h2>{title}</h2><ul class="policies practices">{listed}</ul>{_more(known, indicator, rows)}</section>'


def links(session: Session, indicator: str) -> str:
    """The first of them by their names alone, as HTML, for a line of another section; "" where there is none."""
    known = Known(session)
    return ", ".join(known.link(row) for row in of(session, indicator)[:MOST])


def entry(known: Known, row: Row) -> str:
    """One of them: its name, where and since when, what shows it and what was found."""
    told = ", ".join(filter(None, [known.where(row), known.since(row)]))
    found = known.say(row["found"]) or known.say(row["done"])
    shown = vocabulary.strength(row["strength"], known.session.locale)
    return f'<li>{known.link(row)} {shown}<span class="note">{escape(told)}. {escape(found)}</span></li>'


def _more(known: Known, indicator: str, rows: Sequence[Row]) -> str:
    if len(rows) <= MOST:
        return ""
    _, address = known.words, escape(known.session.address("practices", about=indicator))
    said = escape(_.ngettext("{n} practice about it", "All {n} practices about it", len(rows), n=len(rows)))
    return f'<p><a href="{address}">{said}</a></p>'
