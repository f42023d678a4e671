"""What the page says where there is nobody to compare with, or nothing by which the most alike could be found: what to write, and where."""

import streamlit as st

from dashboards import layout
from dashboards.peers import sets
from dashboards.session import Session
from dashboards.words import translator

TRAITS = """traits:
  - {id: income, name: {es: Renta por hogar, en: Income per household}, unit: EUR, log: true}
  - {id: over_65, name: {es: Personas mayores de 65, en: People over 65}, unit: "%"}
places:
  - {id: my_city, name: My city, population: 412000, traits: {income: 27400, over_65: 21.5}}
"""
"""An example, as it stands in data/places.yaml."""


def alone(session: Session) -> None:
    """There is no other place of its kind: what would be here, and what to write for it."""
    _ = translator(session.locale)
    layout.section(_("Nobody to compare with yet"))
    st.write(_("Here each indicator stands beside the same one of cities like this one: the position, the gap, and what the best did."))
    st.write(_("Name other cities in `data/places.yaml`, with what they are like, and load their figures as you load your own:"))
    st.code(TRAITS, language="yaml", width="content")


def context(session: Session) -> None:
    """Nothing says what the places are like, so that the most alike are not found, or by residents alone: said below what is shown."""
    found = sets.neighbours(session)
    if found is not None and len(found.variables) > 1:
        return
    _ = translator(session.locale)
    layout.section(_("The most alike are not known yet"))
    st.write(_("Peers for a reason are found by what no government chose: residents, income, age, climate. Write it of every city:"))
    st.code(TRAITS, language="yaml", width="content")
