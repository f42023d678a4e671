"""The workshop while the panel itself cannot be opened: the broken goals and files with their problems, to be mended where they are."""

import streamlit as st

from dashboards import layout
from dashboards.workshop import conflict, desk, editor, saving
from dashboards.workshop.desk import CHOICE, Bench
from data.definitions import load
from data.facts import Facts, current
from data.home import Home
from data.problems import NotPossibleNow, Refused
from kpis.workshop.draft import Draft, Trial, problems_as_saved, tried

ADDRESS = "workshop"


def mend(address: str, language: str) -> bool:
    """Opens on what is broken, where the workshop is asked for and goals alone are broken; False where it cannot help."""
    bench = _bench(language) if address == ADDRESS else None
    if bench is None:
        return False
    broken = desk.troubled(bench, problems_as_saved(bench.home, bench.definitions, bench.facts))
    if not broken:
        return False
    _ = bench.words
    with st.container(width=1200):
        st.title(_("KPI workshop"), anchor=False)
        st.write(_("A definition needs mending. The panel returns as soon as there is no problem left; the loaded figures are untouched."))
        saving.said(bench)
        subject = st.selectbox(_("To be mended"), broken, key=CHOICE, format_func=lambda one: desk.name(bench, one), width=520)
        _show(bench, subject)
    return True


def _show(bench: Bench, subject: str) -> None:
    draft = desk.lying(bench, subject)
    if draft is None or conflict.shown(bench, subject, draft):
        return
    trial = tried(bench.home, bench.definitions, draft, bench.facts)
    _text(bench, subject, draft, trial)
    saving.show(bench, subject, draft, trial)


def _bench(language: str) -> Bench | None:
    home = Home.here()
    try:
        definitions = load(home)
    except Refused:
        return None
    return Bench(home, definitions, _facts(home), definitions.city.place, language) if ADDRESS in definitions.city.modules else None


def _facts(home: Home) -> Facts | None:
    try:
        return current(home)
    except NotPossibleNow:
        return None


def _text(bench: Bench, subject: str, draft: Draft, trial: Trial) -> None:
    editor.show(bench, subject, draft, trial)
    if trial.elsewhere:
        _ = bench.words
        st.write(_("There are problems in other files or goals too:"))
        layout.problems([said.problem for said in trial.elsewhere], _)
