"""A verb called from the screen: what it did, or in words why it did not. What was typed is never lost by it."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.access import NotAllowed
from data.problems import NotPossibleNow, Refused
from data.records.writing import Gone, Stale

Done = TypeVar("Done")

ROLES = {
    "mayor": N_("mayor's office"),
    "office": N_("data office"),
    "reviewer": N_("reviewer"),
    "editor": N_("editor of an area"),
    "consultant": N_("consultant"),
}


def attempt(session: Session, act: Callable[[], str]) -> str | None:
    """Call it; returns what it says it did. Where it is refused, the reasons stand on the page and the answer is None. Raises Stale."""
    done, faults = tried(session, act)
    for fault in faults:
        st.error(plain(fault), icon=":material/error:")
    return done


def attempt_at(session: Session, act: Callable[[], str], where: str) -> str | None:
    """The same; that somebody was faster is said in the next run at the place `where`."""
    try:
        return attempt(session, act)
    except Stale:
        _ = translator(session.locale)
        leave(where, _("Somebody else changed this meanwhile, so nothing was done. It is shown as it stands now."), well=False)
    return None


def tried(session: Session, act: Callable[[], Done]) -> tuple[Done | None, list[str]]:
    """Call it; returns what it returns, or None and why nothing was saved, in sentences. Raises Stale."""
    _ = translator(session.locale)
    try:
        return act(), []
    except Refused as refused:
        faults = [_.problem(problem) for problem in refused.problems]
    except NotAllowed as refused:
        faults = [not_allowed(refused, _)]
    except Gone:
        faults = [_("This is no longer there: somebody removed it meanwhile.")]
    except NotPossibleNow as reason:
        faults = [_.not_now(reason)]
    return None, [_("Nothing was saved: {why}.", why=fault) for fault in faults]


def press(session: Session, label: str, key: str, act: Callable[[], str], where: str) -> None:
    """A button that does one thing at once; what it did, or that somebody was faster, is said in the next run at the place `where`."""
    if st.button(plain(label), key=key) and (done := attempt_at(session, act, where)):
        leave(where, done)


def leave(where: str, text: str, *, well: bool = True) -> None:
    """Say it in the next run, which begins at once and reads everything anew."""
    note(where, text, well=well)
    visit.show_again()


def note(where: str, text: str, *, well: bool = True) -> None:
    """Say it in the next run, whenever that begins."""
    visit.put(_note(where), text)
    visit.put(_well(where), well)


def said(where: str) -> None:
    """What was left to be said here, once, in a room of its own: what follows on the page keeps its place, and stays unfolded."""
    with st.container():
        if text := visit.left(_note(where)):
            visit.put(_note(where), None)
            if visit.left(_well(where)):
                st.success(plain(str(text)), icon=":material/check:")
            else:
                st.error(plain(str(text)), icon=":material/sync_problem:")


def said_if_any(where: str) -> None:
    """The same where nothing follows that could be unfolded: it keeps no room while nothing is said."""
    if visit.left(_note(where)):
        said(where)


def not_allowed(refused: NotAllowed, _: Words) -> str:
    return _(refused.sentence, name=refused.name, roles=" / ".join(_(ROLES[role]) for role in refused.roles))


def _note(where: str) -> str:
    return f"said {where}"


def _well(where: str) -> str:
    return f"said well {where}"
