"""What every page has in common: its heading, and how it says that it is empty or that something is wrong."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards import formats
from dashboards.markdown import plain, with_code
from dashboards.session import Session, language_asked, left, put
from dashboards.words import Words, translator
from data.problems import NotPossibleNow, Problem, Refused

SHOWN_PROBLEMS = 50
TITLED = "page titled"
"""Whether the page that is being drawn has its title already: a page has one."""
ICON = f"data:image/png;base64,{b64encode((Path(__file__).parent / 'icon.png').read_bytes()).decode()}"
"""Of the browser's tab, in full: a file's name would have it read again on every run."""


def head(session: Session, title: str, purpose: str, *, needs_facts: bool = True) -> None:
    """The page's title and its one sentence of purpose, above the row of controls.

    Both are shown as they are written, never as markup. A page that needs facts stops here while none are loaded.
    """
    _ = translator(session.locale)
    demo = _("demo data")
    badges = [f":orange-background[{demo}]"] if session.held and session.held.demo else []
    if session.actor:
        acting = (_("acting as {name}", name=session.actor.name), _("without sign-in"))
        badges += [f":gray-background[{_unbroken(said)}]" for said in acting]
    if session.snapshot:
        badges.append(f":blue-background[{plain(_closed(session, session.snapshot))}]")
    with session.heading:
        st.title(plain(title), anchor=False)
        put(TITLED, True)
        st.markdown(" · ".join([f":gray[{plain(purpose)}]", *badges]))
    if needs_facts and session.held is None:
        nothing_yet(session)
        st.stop()


def _unbroken(text: str) -> str:
    """On a phone a line ends between two such texts, never within one."""
    return plain(text.replace(" ", "\N{NO-BREAK SPACE}"))


def _closed(session: Session, row: Mapping[str, Any]) -> str:
    """What a closed month is looked at as; on a page on which one works it is only said that it is closed."""
    _, day = translator(session.locale), formats.day_of(row["at"], session.locale)
    if session.beside:
        return _("as it was closed on {day}: only read", day=day)
    return _("closed on {day}; shown as it is today", day=day) if session.today else _("closed on {day}", day=day)


def section(title: str) -> None:
    """A heading within a page."""
    st.header(plain(title), anchor=False)


def note(text: str) -> None:
    """Small print, shown as it is written. Streamlit's own caption is too pale to read."""
    st.markdown(f":small[:gray[{plain(text)}]]")


def nothing_yet(session: Session, title: str = "") -> None:
    """What a page of figures shows while none are loaded: how to load some. `title` where there is something else already."""
    _ = translator(session.locale)
    section(title or _("No data yet"))
    st.write(_("Here you will see this page with the city's own figures. Nothing is loaded so far."))
    if "load" in session.definitions.city.modules:
        st.page_link("pages/office/load.py", label=_("Load the first file"), icon=":material/upload_file:", query_params=session.query())
    st.write(_("This command loads a file without the page:"))
    st.code("python -m data ingest FILE --source NAME", language="shell", width="content")
    if session.definitions.city.demo:  # beside a city's own definitions the command refuses
        st.write(_("Or look around with an invented city first:"))
        st.code("python -m data demo", language="shell", width="content")


def mending(session: Session) -> None:
    """Says that the files on disk are broken, where and how to mend the first fault, while the last valid ones hold."""
    if not session.problems:
        return
    _, first, more = translator(session.locale), session.problems[0], len(session.problems) - 1
    said = [
        _("A definition needs mending. Until then the last valid ones are in force."),
        f"**{plain(_place(first, _))}**: {with_code(_.problem(first))}.",
        _.ngettext("{n} more: `python -m kpis check`", "{n} more: `python -m kpis check`", more, n=more) if more else "",
    ]
    st.warning(" ".join(part for part in said if part), icon=":material/build:")
    if "workshop" in session.definitions.city.modules:
        _to_the_workshop(session.problems, _)


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Whatever is wrong with the city's files is said in words: what happened, that nothing was lost, and what to do."""
    put(TITLED, False)
    try:
        yield
    except Refused as refused:
        _ = translator(language_asked())
        _fault(_("A definition needs mending"))
        st.write(_("Nothing was lost: the loaded figures are untouched, and the pages return as soon as these lines are right."))
        problems(refused.problems, _)
        _to_the_workshop(refused.problems, _)
    except NotPossibleNow as reason:
        _ = translator(language_asked())
        _fault(_("Not possible just now"))
        st.write(_("Nothing was changed. What stands in the way:"))
        st.text(_.not_now(reason))


def _fault(title: str) -> None:
    """The title where the page has none yet, else a heading within it."""
    (st.header if left(TITLED) else st.title)(title, anchor=False)


def _to_the_workshop(found: Sequence[Problem], _: Words) -> None:
    """Goals are mended there; what the city itself says is not."""
    if all((problem.path or "").startswith("kpis/") for problem in found):
        st.page_link("pages/office/workshop.py", label=_("Mend it in the KPI workshop"), icon=":material/build:")


def _place(problem: Problem, _: Words) -> str:
    """File, line and key; without a key the column."""
    line = _("line {n}", n=problem.line) if problem.line else ""
    column = _("column {n}", n=problem.column) if isinstance(problem.column, int) else ""
    return ", ".join(filter(None, [problem.path or "", line, problem.key or column]))


def problems(found: Sequence[Problem], _: Words) -> None:
    """What is wrong with definition files, each with its place and cure, and the command that lists them."""
    for problem in found[:SHOWN_PROBLEMS]:
        place = plain(_place(problem, _))
        st.markdown(f"- **{place}**: {with_code(_.problem(problem))}" if place else f"- {with_code(_.problem(problem))}")
    _and_more(found, _)
    st.write(_("This command lists them all:"))
    st.code("python -m kpis check", language="shell", width="content")


def unsaved(found: Sequence[Problem], _: Words) -> None:
    """What is wrong with something that stands in no file yet, each with its cure: there is no place, and no command would find it."""
    for problem in found[:SHOWN_PROBLEMS]:
        st.markdown(f"- {with_code(_.problem(problem))}")
    _and_more(found, _)


def _and_more(found: Sequence[Problem], _: Words) -> None:
    if len(found) > SHOWN_PROBLEMS:
        st.write(_("... and {n} more", n=_.count(len(found) - SHOWN_PROBLEMS)))
