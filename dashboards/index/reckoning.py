"""Reckoning an index in the background: what is kept is read, and what is missing is drawn, kept and remembered."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cache

from dashboards.behind import Behind, Work
from dashboards.session import Session
from data.problems import N_, Problem, Refused
from kpis.index import kept, kept_ways
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.reading import Written
from kpis.index.reckoned import reckoned
from kpis.index.way_up import Way

REMEMBERED = 32
"""Indices of homes, versions and months held in memory."""


@dataclass(frozen=True, eq=False)
class Reckoned:
    """An index as it came out of the figures of a month, and how sure it is; without both, `problems` say why.

    `own` is the place that the reader stands in, by its id; None where it is not ranked. `ways` lead it up.
    """

    written: Written
    built: Built | None = None
    doubted: Doubted | None = None
    own: str | None = None
    ways: tuple[Way, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


_behind = Behind[Reckoned]("index", REMEMBERED)


def found(session: Session, written: Written, stamp: Hashable) -> Reckoned | None:
    """What is known under this stamp; None while it is reckoned, which this starts."""
    return _behind.of(stamp, _work(session, written))


def settle(session: Session, written: Written, stamp: Hashable) -> Reckoned:
    """Reckon it now where nobody has, for whoever asks once and waits: a report made without a page."""
    return _behind.settle(stamp, _work(session, written))


def _work(session: Session, written: Written) -> Work[Reckoned]:
    """A fault of ours in one index is said on its page, and takes no other down."""
    fault = Problem(N_("it could not be reckoned"), N_("the log of the panel says why"))
    begun = cache(lambda: _begun(session, written))  # what is built for whoever opens the page is not built again behind it

    def at_hand() -> Reckoned | None:
        return begun() if begun().problems else _at_hand(session, begun())

    name = f"the index {written.recipe.index}"
    return Work(name, at_hand, lambda: _drawn(session, begun()), Reckoned(written, problems=(fault,)))


def _begun(session: Session, written: Written) -> Reckoned:
    """An index as it is built, or with what is wrong: quick enough for whoever opens the page."""
    try:
        built = reckoned(written, session.held, session.catalogue, session.definitions, session.month)
    except Refused as refused:
        return Reckoned(written, problems=tuple(refused.problems))
    return Reckoned(written, built, own=own_place(session, built))


def _at_hand(session: Session, begun: Reckoned) -> Reckoned | None:
    """With its doubt and its ways up where these were kept."""
    assert begun.built is not None
    doubted = kept.latest(session.home, begun.built, begun.own)
    ways = () if begun.own is None else kept_ways.latest(session.home, begun.built, begun.own)
    return None if doubted is None or ways is None else replace(begun, doubted=doubted, ways=ways)


def own_place(session: Session, built: Built) -> str | None:
    """The place that the reader looks at, else the city; None where neither is ranked."""
    return next((place for place in (session.place, session.definitions.city.place) if place in built.places), None)


def _drawn(session: Session, begun: Reckoned) -> Reckoned:
    assert begun.built is not None
    try:
        doubted = kept.renewed(session.home, begun.built, begun.own)
    except Refused as refused:
        return Reckoned(begun.written, problems=tuple(refused.problems))
    ways = () if begun.own is None else kept_ways.renewed(session.home, begun.built, doubted, begun.own)
    return replace(begun, doubted=doubted, ways=ways)
