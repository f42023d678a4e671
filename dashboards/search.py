"""One search box that finds any goal, action, indicator and place, and what was said in meetings, and goes there."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import streamlit as st

from dashboards import session as visit
from dashboards.assessments import findable as policies
from dashboards.index import findable as indices
from dashboards.kept import kept
from dashboards.links import PAGES
from dashboards.meetings import findable
from dashboards.plan import mandate, shown
from dashboards.practices import findable as practices
from dashboards.practices.known import stamp as practised
from dashboards.session import Session
from dashboards.study import findable as studies
from dashboards.words import Words, translator
from data.plans.reading import plans
from data.problems import NotPossibleNow
from data.records.records import begun

KEY, FOUND = "search", "found"
ASKED = {
    "goal": ("goal", "kpi"),
    "action": ("action", "node"),
    "indicator": ("explorer", "indicators"),
    "study": ("study", "study"),
    "index": ("index", "index"),
    "place": ("overview", "place"),
}
"""The page of each kind, and the word by which it is asked; what was said names its page itself."""
MOST = 1000
"""Actions that the box lists; of more, it would slow every page, so what is typed is looked for in the plan instead."""


@dataclass(frozen=True)
class Findable:
    """What the box lists, by what it is known by; whether there are actions, and too many to be listed."""

    names: "Names"
    actions: bool
    many: bool


class Names(dict[str, str]):
    """What each is called by what it is known by; what somebody typed is called as it is written."""

    def __missing__(self, typed: str) -> str:
        return typed


def box(session: Session) -> None:
    """The box. What was chosen is taken out of it at once, so that going back does not send the reader there again."""
    _, known = translator(session.locale), _findable(session)
    label = _("Find a goal, action, indicator or place") if known.actions else _("Find a goal, indicator or place")
    st.selectbox(
        label,
        list(known.names),
        index=None,
        key=KEY,
        format_func=known.names.__getitem__,
        placeholder=_("Find a goal, action or place") if known.actions else label,
        label_visibility="collapsed",
        on_change=_remember,
        accept_new_options=known.many,
    )
    if found := visit.take(FOUND):
        _go(session, str(found), known.names)


def _findable(session: Session) -> Findable:
    """Goals and places are found too while the records cannot be read."""
    try:
        return _known(session, mandate.stamp(session), _talk(session), MOST)
    except NotPossibleNow:
        return _known(session, None, None, MOST)


def _talk(session: Session) -> Hashable:
    """Changes with whatever is said in meetings today, which is what the pages that it leads to show; None where there are none."""
    live = session.live
    used = "meetings" in live.definitions.city.modules and begun(live.home)
    return live.records_state if used else None


def _remember() -> None:
    visit.put(FOUND, visit.take(KEY))


def _go(session: Session, found: str, names: Mapping[str, str]) -> None:
    if found not in names:  # typed, where actions are too many to be listed
        st.switch_page(PAGES["progress"], query_params=session.query(find=found))
    kind, _colon, name = found.partition(":")
    page, key = ASKED.get(kind, (kind, None))
    st.switch_page(PAGES[page], query_params=session.query(**({key: name} if key else dict(parse_qsl(name)))))


def _names(session: Session, _: Words) -> Iterator[tuple[str, str]]:
    goal, indicator, place = _("Goal"), _("Indicator"), _("Place")
    if "goals" in session.definitions.city.modules:
        yield from ((f"goal:{kpi.id}", f"{session.say(kpi.name)} · {goal}") for kpi in session.catalogue.kpis)
    if "explorer" in session.definitions.city.modules:
        yield from ((f"indicator:{it}", f"{session.say(session.indicator(it).name)} · {indicator}") for it in session.measured)
    yield from studies.names(session)
    yield from practices.names(session)
    yield from indices.names(session)
    yield from ((f"place:{it.id}", f"{session.say(it.name)} · {place}") for it in session.definitions.places)


def _as_of(session: Session, stamp: Hashable, talk: Hashable, most: int) -> Hashable:
    """Another month knows other actions, by other names."""
    return session.key, shown.live(session), stamp, talk, most, studies.stamp(session), indices.stamp(session), practised(session)


@kept(64, by=_as_of)
def _known(session: Session, stamp: Hashable, talk: Hashable, most: int) -> Findable:
    """Everything by what the box knows it by; without a stamp no actions, without talk nothing of the meetings."""
    actions = _actions(session) if stamp is not None else {}
    said = findable.names(session.live) if talk is not None else {}
    judged = policies.names(session) if stamp is not None and "assessments" in session.definitions.city.modules else {}
    names, many = dict(_names(session, translator(session.locale))), len(actions) > most
    return Findable(Names({**names, **judged, **({} if many else actions), **said}), bool(actions), many)


def _actions(session: Session) -> dict[str, str]:
    """The actions of every plan."""
    _, found = translator(session.locale), {}
    action = _("Action")
    for plan in plans(session.records):
        nodes = shown.tree_of(session, plan).nodes
        above = set(nodes["parent"].drop_nulls())
        leaves = [(node, name) for node, name in nodes.select("id", "name").iter_rows() if node not in above]
        found |= {f"action:{node}": f"{shown.name(session, name)} · {action}" for node, name in leaves}
    return found
