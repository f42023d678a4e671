"""The page below its heading: for whoever keeps the people, one of its four parts; for others, who may."""

import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.administration import log, people, posts, table
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.session import Session
from dashboards.words import N_, translator
from data.access import NotAllowed, require
from data.people import PEOPLE
from data.people import people as known
from data.records.records import begun

PARTS = {
    "people": (N_("People"), people.show),
    "posts": (N_("Posts"), posts.show),
    "table": (N_("From a table"), table.show),
    "log": (N_("Log"), log.show),
}


def show(session: Session) -> None:
    """The part that was asked for: `administration?part=log`."""
    _ = translator(session.locale)
    if not (begun(session.home) and known(session.records)):
        _nobody_yet(session)
        return
    if session.actor is None:
        layout.section(_("Say first who you are"))
        st.write(
            _("Choose yourself where place and language are chosen. Until there is sign-in, that works only at the panel's own machine.")
        )
        return
    try:
        require(session.actor, "keep_people", PEOPLE)
    except NotAllowed as refused:
        st.error(plain(_("This page is not shown: {why}.", why=doing.not_allowed(refused, _))), icon=":material/lock:")
        return
    PARTS[_chosen(session)][1](session)


def _chosen(session: Session) -> str:
    _, first = translator(session.locale), next(iter(PARTS))
    part = visit.linked("part", list(PARTS), first)
    names = {name: _(title) for name, (title, _show) in PARTS.items()}
    st.segmented_control(_("Part of the page"), list(PARTS), key="part", format_func=names.__getitem__, label_visibility="collapsed")
    return part


def _nobody_yet(session: Session) -> None:
    """How a city gets its first people: whoever may write its files is of the office."""
    _ = translator(session.locale)
    layout.section(_("Nobody is known yet"))
    st.write(_("Here you will see who works with the plan, what each may do, who holds which post, and who changed what."))
    st.write(_("The first people come from a table, at the machine where the panel's files are:"))
    st.code("python -m data people people.csv", language="shell", width="content")
    st.write(_("Its columns are {columns}; only the first is needed.", columns=plain(", ".join(table.COLUMNS))))
    said = _("Whoever runs it joins the data office under their own login, and so does everybody whose role in the table is `office`.")
    everything = _("They keep everything else here.")
    st.write(f"{said} {everything}")
