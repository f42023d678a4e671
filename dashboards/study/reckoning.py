"""Reckoning the studies of a home in the background: what is kept is read, and what is missing is made, kept and remembered."""

import logging
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress

from dashboards.behind import Behind, Work
from dashboards.session import Session
from data.problems import N_, Problem
from kpis.impact import kept
from kpis.impact import studies as files
from kpis.impact.answer import Answer, answered
from kpis.impact.kept import Judged
from kpis.impact.reading import Written

REMEMBERED = 16
"""Homes and versions held in memory."""
Found = Mapping[str, tuple[Answer, Sequence[Judged]]]
"""By the study's id: what was found, and how it was judged by each version of the facts."""

_behind = Behind[Found]("studies", REMEMBERED)


def found(session: Session, stamp: Hashable) -> Found | None:
    """What is known under this stamp; None while it is reckoned, which this starts."""
    return _behind.of(stamp, _work(session))


def settle(session: Session, stamp: Hashable) -> None:
    """Reckon them now where nobody has, for whoever asks once and waits: a report made without a page."""
    _behind.settle(stamp, _work(session))


def _work(session: Session) -> Work[Found]:
    return Work("the studies", lambda: _kept(session), lambda: _reckoned(session), {})


def _kept(session: Session) -> Found | None:
    """What was kept of every study; None where one is missing."""
    told = {
        written.study.study: _latest(session, written)
        for written in files.read(session.home, session.definitions, session.catalogue).written
    }
    if any(answer is None for answer in told.values()):
        return None
    return {study: (answer, kept.history(session.home, study)) for study, answer in told.items() if answer is not None}


def _latest(session: Session, written: Written) -> Answer | None:
    return kept.latest(session.home, written, session.held, session.catalogue, session.definitions)


def _reckoned(session: Session) -> Found:
    known: dict[str, tuple[Answer, Sequence[Judged]]] = {}
    for written in files.read(session.home, session.definitions, session.catalogue).written:
        answer = _latest(session, written) or _made(session, written)
        known[written.study.study] = answer, kept.history(session.home, written.study.study)
    return known


def _made(session: Session, written: Written) -> Answer:
    """A fault of ours in one study is logged and said on its page, and takes no other down."""
    try:
        answer = answered(written, session.home, session.held, session.catalogue, session.definitions)
    except Exception:
        logging.getLogger(__name__).exception("the study %s could not be reckoned", written.study.study)
        return Answer(written.study, refused=(Problem(N_("it could not be reckoned"), N_("the log of the panel says why")),))
    with suppress(OSError):  # where nothing can be written, it is reckoned again after the next start
        kept.keep(session.home, written, session.held, session.catalogue, session.definitions, answer)
    return answer
