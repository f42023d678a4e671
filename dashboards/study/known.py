"""The studies of the home and what was found of each: reckoned in the background and kept, never while somebody waits for a page."""

from collections.abc import Hashable

import streamlit as st

from dashboards import behind, formats, layout
from dashboards import session as visit
from dashboards.kept import kept as remembered
from dashboards.session import Session
from dashboards.study import reckoning
from dashboards.study.shown import Shown
from dashboards.words import translator
from data.problems import Refused
from data.yaml_file import parse
from kpis.impact import reading
from kpis.impact import studies as files
from kpis.impact.studies import Studies
from kpis.impact.study import Study
from kpis.saving import Draft

HOMES = 16


def stamp(session: Session) -> Hashable:
    """Changes with the facts, the definitions and the files of the studies."""
    return str(session.home.folder), session.held.version if session.held else 0, session.key[2], files.stamp(session.home)


@remembered(HOMES, by=stamp)
def studies(session: Session) -> Studies:
    """The studies that can be read, in the order of their names, and what is wrong with the files of the others."""
    return files.read(session.home, session.definitions, session.catalogue)


def study(session: Session, name: str) -> Study | None:
    """A study by its id; None where there is none."""
    return next((each for each in studies(session).studies if each.study == name), None)


def ids(session: Session) -> set[str]:
    return {each.study for each in studies(session).studies}


def shown(session: Session, study: Study) -> Shown | None:
    """What was found of a study; None while it is reckoned, which this starts."""
    found = reckoning.found(session, stamp(session))
    held = found.get(study.study) if found is not None else None
    return Shown(session, *held) if held else None


def every(session: Session) -> list[Shown] | None:
    """What was found of each; None while any is reckoned."""
    found = [shown(session, each) for each in studies(session).studies]
    ready = [each for each in found if each is not None]
    return ready if len(ready) == len(found) else None


def settle(session: Session) -> None:
    """Reckon them now where nobody has, for whoever asks once and waits: a report made without a page."""
    reckoning.settle(session, stamp(session))


@st.fragment(run_every=behind.LOOK_AGAIN)
def watch(session: Session) -> None:
    """Says that the studies are being reckoned, and shows the page again when they are there."""
    _ = translator(session.locale)
    if every(session) is not None:
        visit.show_again()
    layout.note(_("The studies are being reckoned; they appear here in a moment."))


def prove(session: Session, draft: Draft) -> None:
    """Raises Refused where the draft would not hold as a file of the home."""
    document = parse(draft.text, session.home.short(draft.path))
    if found := files.problems(reading.written(document, draft.path), session.definitions, session.catalogue):
        raise Refused(found)


def facts_day(session: Session) -> str:
    """The day on which the newest of the figures became known; "" before the first load."""
    return formats.day(max(load.known_on for load in session.held.loads()), session.locale) if session.held else ""


def by_all_figures(session: Session) -> str:
    """Studies ask all figures, whichever month is looked at: said beside each, for the pages around them show the month."""
    _, day = translator(session.locale), facts_day(session)
    return _("By all figures known on {day}, whichever month is looked at.", day=day) if day else ""
