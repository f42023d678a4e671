"""What the Quality page is narrowed to: one owner, one theme, or everything."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import N_, translator
from kpis.quality import Finding

ALL = ""
FILTERS = {"area": N_("Owner"), "theme": N_("Theme")}
"""The words in the address, which the list of goals shares, and their labels."""


@dataclass(frozen=True)
class Choice:
    """An area and a theme by their ids; "" asks for nothing."""

    area: str = ALL
    theme: str = ALL

    def asks_for(self, session: Session, indicator: str) -> bool:
        """Whether the indicator is the area's and of the theme."""
        known = session.definitions.indicator[indicator]
        return self.area in (ALL, known.owner) and self.theme in (ALL, known.theme)

    def matches(self, session: Session, finding: Finding) -> bool:
        """Whether one of its indicators is."""
        return any(self.asks_for(session, indicator) for indicator in finding.indicators)


def chosen(session: Session) -> Choice:
    """Draw the filter and return what it holds."""
    _, options = translator(session.locale), names(session)
    held = {key: visit.linked(key, list(options[key]), ALL) for key in FILTERS}
    active = sum(map(bool, held.values()))
    with session.controls, st.popover(_("Filter ({n})", n=active) if active else _("Filter"), icon=":material/filter_list:"):
        for key, label in FILTERS.items():
            st.selectbox(_(label), list(options[key]), key=key, format_func=options[key].__getitem__)
        if active:
            st.button(_("Show everything"), on_click=reset, key="quality_reset")
    return Choice(**held)


def names(session: Session) -> Mapping[str, Mapping[str, str]]:
    """For each filter its options and their names, as far as an indicator has them; ALL first."""
    _, known = translator(session.locale), session.definitions
    owners, themes = {it.owner for it in known.indicators}, {it.theme for it in known.indicators}
    areas = {area: session.say(name) for area, name in known.area.items() if area in owners}
    subjects = {theme.id: session.say(theme.name) for theme in known.themes if theme.id in themes}
    return {"area": {ALL: _("All"), **areas}, "theme": {ALL: _("All"), **subjects}}


def reset() -> None:
    """Ask for everything again."""
    for key in FILTERS:
        visit.put(key, ALL)
