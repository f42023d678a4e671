"""Receiving what cities sent: what each file is, whether its key is trusted, and only then a button that takes it in."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import formats, layout, panel
from dashboards.cities import arrived, vouching
from dashboards.cities.arrived import Arrived
from dashboards.cities.known import Known
from dashboards.markdown import plain
from dashboards.plan import doing
from dashboards.plan.tables import table
from dashboards.words import N_
from data.exchange.month_file import MonthFile
from data.exchange.receiving import Done, receive
from data.periods import Month
from data.problems import Problem, Refused
from data.records.records import begun

PLACE = "cities"
"""Where the page says what was done."""
STANDINGS: dict[Done, str] = {
    "new": N_("new"),
    "replaced": N_("closed anew: it takes the place of the one that is here"),
    "unchanged": N_("here already, unchanged"),
}
"""What receiving a file would do, in words."""
DONE: dict[Done, str] = {
    "new": N_("Received: {city}, {month}."),
    "replaced": N_("Received in the place of the one that was here: {city}, {month}."),
    "unchanged": N_("It was here already, unchanged: {city}, {month}."),
}


def show(known: Known) -> None:
    """The room for the files, for whoever may receive them, and what is done about each."""
    _ = known.words
    layout.section(_("Receive a city's month"))
    if not begun(known.session.home):
        label = _("Nobody works with this panel yet: how the first people come in")
        st.page_link("pages/office/administration.py", label=label, icon=":material/group_add:", query_params=known.session.query())
    elif known.session.actor is None:
        layout.note(
            _("Choose yourself where place and language are chosen. Until there is sign-in, that works only at the panel's own machine.")
        )
    elif not known.may:
        layout.note(_("The data office and the consultant receive what cities send."))
    else:
        _receive(known)


def _receive(known: Known) -> None:
    _ = known.words
    label = _("Signed months that cities sent, several at once")
    brought = st.file_uploader(label, type=["json"], accept_multiple_files=True, key="cities_files")
    layout.note(_("Nothing counts before its key is trusted and you have seen what it is."))
    found, faults = arrived.read(known, ((file.name, file.getvalue()) for file in brought))
    if found:
        panel.show(_read(known, found), key="cities_read")
    for fault in faults:
        st.error(plain(_said(known, fault)), icon=":material/error:")
    _enter(known, [each.file for each in found if each.enters])
    for group in arrived.by_key([each for each in found if each.waits]):
        vouching.show(known, group, PLACE)


def _said(known: Known, fault: Problem) -> str:
    return f"{fault.path}: {known.words.problem(fault)}."


def _read(known: Known, found: Sequence[Arrived]) -> str:
    """What was read, as an HTML table."""
    _ = known.words
    titles = [(_("City"), ""), (_("Month"), ""), (_("Month closed on"), ""), (_("Fingerprint"), ""), (_("What it is"), ""), (_("File"), "")]
    return table(titles, [("", [_row(known, each) for each in found])], _("What was read"), "read")


def _row(known: Known, each: Arrived) -> list[str]:
    content = each.file.content
    told = [
        known.session.say(content.name), formats.sentence(_month(known, each.file)), known.date(content.closed_at),
        each.file.fingerprint, _standing(known, each), each.file.name,
    ]  # fmt: skip
    return [escape(text) for text in told]


def _standing(known: Known, each: Arrived) -> str:
    _, done = known.words, each.standing.done
    if done is None:
        return _("refused: why stands below")
    said = _(STANDINGS[done])
    return said if each.standing.trusted else _("{what}; its key is not trusted yet", what=said)


def _month(known: Known, file: MonthFile) -> str:
    return formats.month_name(Month.parse(file.content.month), known.session.locale)


def _enter(known: Known, enters: Sequence[MonthFile]) -> None:
    """The button that takes in what is trusted and not here yet."""
    _ = known.words
    if enters:
        label = _.ngettext("Receive {n} month", "Receive {n} months", len(enters), n=len(enters))
        doing.press(known.session, label, "cities_receive", lambda: " ".join(_entered(known, file) for file in enters), PLACE)


def _entered(known: Known, file: MonthFile) -> str:
    """What became of one file: what stops it does not stop the others of its batch."""
    _, actor = known.words, known.session.actor
    assert actor is not None
    try:
        done = receive(known.session.records, actor, file)
    except Refused as refused:
        return " ".join(_said(known, fault) for fault in refused.problems)
    return _(DONE[done], city=known.session.say(file.content.name), month=_month(known, file))
