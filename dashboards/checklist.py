"""First steps: what is left to make the panel a city's own. Every tick is looked up in the home, none is remembered."""

from dataclasses import dataclass

import streamlit as st

from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data import definitions as definition_files
from data.definitions import Definitions
from data.home import Home
from data.new_home import PLACEHOLDERS, STARTER

NEW_HOME = "python -m data new DIR"
LOAD_PAGE = "pages/office/load.py"


@dataclass(frozen=True)
class Step:
    """One thing to make one's own: the file where it is written or the command that does it, and the page that does it too, if any."""

    task: str
    where: str
    done: bool
    page: str = ""


def steps(session: Session) -> list[Step]:
    """The five steps in order."""
    known, home = session.definitions, session.home
    own, loaded = _own(known), session.held is not None and session.held.own
    page = LOAD_PAGE if "load" in known.city.modules else ""
    return [
        Step(N_("Name the city"), home.short(home.city), own["name"]),
        Step(N_("Write the mandate's dates and axes"), home.short(home.city), own["mandate"]),
        Step(N_("List the areas of the administration"), home.short(home.city), own["areas"]),
        Step(N_("List the districts and other places"), home.short(home.places), own["places"]),
        Step(N_("Load the first file"), "python -m data ingest FILE --source NAME", loaded, page),
    ]


def show(session: Session) -> None:
    """The steps, folded, while one of them is left."""
    _, found = translator(session.locale), steps(session)
    left = sum(not step.done for step in found)
    if not left:
        return
    title = _.ngettext("Make it your own: {n} step left", "Make it your own: {n} steps left", left, n=left)
    with st.expander(title, expanded=session.held is None):
        if session.definitions.city.demo:
            st.markdown(_("This city is invented. A home for yours, with files to fill in: {command}", command=f"`{NEW_HOME}`"))
        st.markdown("  \n".join(_line(step, _) for step in found))
        for step in found:
            if step.page and not step.done:
                st.page_link(step.page, label=_("Load data"), icon=":material/upload_file:", query_params=session.query())


def _line(step: Step, _: Words) -> str:
    sign, page = "✓" if step.done else "○", _("Load data")
    where = f"{plain(page)} · `{step.where}`" if step.page else f"`{step.where}`"
    return f"{sign} {plain(_(step.task))} · {where}"


def _own(known: Definitions) -> dict[str, bool]:
    """Whether each part differs from the demo's and from the starter's."""
    if known.city.demo:
        return dict.fromkeys(("name", "mandate", "areas", "places"), False)
    starter = definition_files.load(Home(STARTER))
    names = {known.city.name} if isinstance(known.city.name, str) else set(known.city.name.values())
    return {
        "name": names.isdisjoint(PLACEHOLDERS),
        "mandate": known.city.mandate != starter.city.mandate,
        "areas": known.city.areas != starter.city.areas,
        "places": known.places != starter.places,
    }
