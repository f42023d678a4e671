"""The pages there are, by the sections of the menu."""

from dataclasses import dataclass
from functools import cache

import streamlit as st

from dashboards.links import PAGES
from dashboards.words import N_, Words, translator

ALWAYS = ""
"""The module of a page that every city has."""


def offered(locale: str, modules: set[str] | None) -> dict[str, list[st.Page]]:
    """The pages of these modules, or all, by their section; a run uses up the page that it shows, so each run gets copies."""
    every = _every(locale).items()
    return {section: [_twin(page) for page, module in pages.items() if modules is None or module in modules] for section, pages in every}


@dataclass(frozen=True)
class Entry:
    """A page: its address, its title, the module it belongs to, and whether the menu shows it."""

    address: str
    title: str
    module: str = ALWAYS
    hidden: bool = False


SECTIONS: dict[str, tuple[Entry, ...]] = {
    N_("Home"): (Entry("overview", N_("Overview")), Entry("work", N_("My work"), "work"), Entry("cities", N_("Cities"), "cities")),
    N_("Goals"): (
        Entry("goals", N_("Goals"), "goals"),
        Entry("goal", N_("Goal"), hidden=True),
        Entry("explorer", N_("Explorer"), "explorer"),
    ),
    N_("Plan"): (
        Entry("progress", N_("Progress"), "plan"),
        Entry("budget", N_("Budget and works"), "plan"),
        Entry("accountability", N_("Accountability"), "plan"),
        Entry("area", N_("Area"), "plan", hidden=True),
        Entry("neighbourhood", N_("Neighbourhood"), "plan", hidden=True),
        Entry("action", N_("Action"), "plan", hidden=True),
    ),
    N_("Policy"): (
        Entry("assessments", N_("Assessments"), "assessments"),
        Entry("policy", N_("Policy"), "assessments", hidden=True),
        Entry("appraisal", N_("Appraisal"), "assessments", hidden=True),
        Entry("impact", N_("Impact"), "impact"),
        Entry("study", N_("Study"), "impact", hidden=True),
        Entry("foresight", N_("Foresight"), "foresight"),
    ),
    N_("Compare"): (
        Entry("peers", N_("Peers"), "compare"),
        Entry("index", N_("Index"), "compare"),
        Entry("practices", N_("Practices"), "compare"),
    ),
    N_("Meetings"): (
        Entry("review", N_("This month"), "meetings"),
        Entry("followups", N_("Follow-ups"), "meetings"),
        Entry("concerns", N_("Concerns"), "meetings"),
        Entry("decisions", N_("History"), "meetings"),
        Entry("meeting", N_("Meeting"), "meetings", hidden=True),
    ),
    N_("Office"): (
        Entry("load", N_("Load data"), "load"),
        Entry("quality", N_("Quality"), "quality"),
        Entry("workshop", N_("KPI workshop"), "workshop"),
        Entry("administration", N_("Administration")),
        Entry("glossary", N_("Glossary"), hidden=True),
    ),
}
"""The menu: what stands in each section, from the top down."""


def _twin(page: st.Page) -> st.Page:
    """A copy, in a fraction of the time that copy.copy takes: every run makes forty."""
    twin = object.__new__(type(page))
    twin.__dict__.update(page.__dict__)
    return twin


@cache
def _every(locale: str) -> dict[str, dict[st.Page, str]]:
    """Every page by its section, with the module it belongs to; made once, for each of them is looked up on the disk."""
    _ = translator(locale)
    return {_(section): {_page(entry, _): entry.module for entry in entries} for section, entries in SECTIONS.items()}


def _page(entry: Entry, _: Words) -> st.Page:
    shown = "hidden" if entry.hidden else "visible"
    first = entry.address == "overview"
    return st.Page(PAGES[entry.address], title=_(entry.title), url_path=entry.address, default=first, visibility=shown)
