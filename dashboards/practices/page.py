"""The page below its heading: the list, narrowed as asked, or one practice."""

from html import escape

import streamlit as st

from dashboards import downloads, layout, panel, unknown
from dashboards.plan import doing
from dashboards.practices import filters, listing, one, writing
from dashboards.practices.known import Known, Row
from dashboards.session import Session
from dashboards.words import translator


def asked(session: Session) -> tuple[Known, Row | None]:
    """The practice that the address names: `practices?practice=KEY`; None where it names none that is there."""
    known = Known(session)
    return known, known.practice(st.query_params.get("practice", ""))


def heading(session: Session, known: Known, row: Row | None) -> None:
    """The name of the practice, or of the list."""
    _ = translator(session.locale)
    if row is None:
        purpose = _("What other cities did, what shows that it works, what it cost and whom to ask")
        layout.head(session, _("Practices"), purpose, needs_facts=False)
    else:
        layout.head(session, known.say(row["name"]), one.purpose(known, row), needs_facts=False)


def show(session: Session, known: Known, row: Row | None) -> None:
    """Everything below the heading."""
    doing.said(writing.PLACE)
    if row is not None:
        _show_one(session, known, row)
        return
    if st.query_params.get("practice"):
        _ = translator(session.locale)
        layout.note(_("The link names no practice that is written down in this month: here are all."))
    _show_all(session, known)


def _show_one(session: Session, known: Known, row: Row) -> None:
    _ = known.words
    panel.show(one.block(known, row), key="practice")
    writing.show(known, row)
    st.page_link("pages/compare/practices.py", label=_("All practices"), icon=":material/arrow_back:", query_params=session.query())


def _show_all(session: Session, known: Known) -> None:
    _ = known.words
    if not known.rows:
        _nothing_yet(known)
        return
    held = filters.asked(known)
    rows = [row for row in known.rows if held.fits(known, row)]
    with session.controls:
        about = {_("Narrowed to"): filters.said(known, held) or _("nothing: every practice")}
        downloads.offer(session, "practices", lambda: listing.frame(known, rows), about)
    unknown.say(session, *filters.KEYS)
    panel.show(f'<p class="headline">{escape(listing.headline(known, rows))}</p>{listing.block(known, rows)}', key="practices_list")
    writing.show_new(known, held.about)


def _nothing_yet(known: Known) -> None:
    _ = known.words
    layout.section(_("No practice yet"))
    st.write(_("Here you will see what other cities did about what you measure, what shows that it works, what it cost and whom to ask."))
    if not known.proposes:
        st.write(_("Whoever holds a role in the city proposes the first one; the data office or a consultant keeps it."))
    writing.show_new(known)
