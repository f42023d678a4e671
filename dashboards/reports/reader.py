"""Whom a report is made for where nobody looks at a page: what a page would know, without a browser."""

from streamlit.delta_generator import DeltaGenerator

from dashboards.session import Session, locale_of
from data import definitions as definition_files
from data import facts as fact_files
from data.home import Home
from data.periods import Month
from data.places import around
from data.records.records import begun, records
from data.snapshots.frozen import shown_by
from kpis import catalogue as goal_files


def reader(home: Home, place: str, month: Month, language: str) -> Session:
    """A session of a place, month and language; a month that is closed is shown as it was closed.

    Raises Refused where a definition is wrong, NotPossibleNow without a way to the facts.
    """
    definitions, held = definition_files.load(home), fact_files.current(home)
    catalogue, locale = goal_files.load(home, definitions), locale_of(language, definitions.city.locale)
    key = (str(home.folder), held.version if held else 0, place, str(month), locale)
    room = DeltaGenerator()
    snapshot = shown_by(records(home), around(definitions.place, place), month) if begun(home) else None
    return Session(home, definitions, catalogue, place, month, language, locale, held, key, room, room, room, snapshot=snapshot).closed
