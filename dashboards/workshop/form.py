"""The form of a goal: what matters of it, in groups; every answer is written into the text at once."""

from collections.abc import Mapping

import streamlit as st

from dashboards import layout
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import LANGUAGES, Words, translator
from dashboards.workshop import answers, desk
from dashboards.workshop.desk import NOTE, Bench
from dashboards.workshop.fields import CHOICES, GROUPS, Field
from data.problems import Refused
from kpis.presets import library
from kpis.workshop.draft import Draft


def show(session: Session, bench: Bench, subject: str, draft: Draft) -> None:
    """The groups as tabs. While the text cannot be read there is nothing to fill."""
    _ = translator(session.locale)
    if not answers.readable(draft):
        layout.note(_("The form returns as soon as the YAML can be read again."))
        return
    tabs = st.tabs([_(title) for title in GROUPS])
    for tab, fields in zip(tabs, GROUPS.values(), strict=True):
        with tab:
            for field in fields:
                if _is_asked(draft, field):
                    _ask(session, bench, subject, draft, field, _)
    if note := visit.take(NOTE):
        st.warning(plain(str(note)), icon=":material/edit_off:")


def _is_asked(draft: Draft, field: Field) -> bool:
    """Ends of a range, and cuts, only where there is a range and there are cuts; the id of a goal that is saved stays."""
    ranged = answers.said(draft, Field("polarity", "")) == "range"
    rules = {
        "id": draft.is_new,
        "target.value": not ranged,
        "target.low": ranged,
        "target.high": ranged,
        "bands.on_track": answers.said(draft, Field("bands", "", "bands")) == answers.CUTS,
        "bands.at_risk": answers.said(draft, Field("bands", "", "bands")) == answers.CUTS,
    }
    return rules.get(field.key, True)


def _ask(session: Session, bench: Bench, subject: str, draft: Draft, field: Field, _: Words) -> None:
    if field.kind == "words":
        with st.container(horizontal=True, gap="small"):
            for language in LANGUAGES:
                _line(bench, subject, draft, field, f"{_(field.label)} ({language})", _, language)
    elif field.kind in ("choice", "bands"):
        _choice(session, bench, subject, draft, field, _)
    else:
        _line(bench, subject, draft, field, _(field.label), _)


def _line(bench: Bench, subject: str, draft: Draft, field: Field, label: str, _: Words, language: str = "") -> None:
    key = f"workshop_{field.key}_{language}"
    visit.put(key, answers.said(draft, field, language) or "")
    st.text_input(
        label, key=key, help=_(field.hint) or None, width="stretch", on_change=_answer, args=(bench, subject, field, key, language)
    )


def _choice(session: Session, bench: Bench, subject: str, draft: Draft, field: Field, _: Words) -> None:
    options, key = _options(session, draft, field, _), f"workshop_{field.key}_"
    held = answers.said(draft, field)
    visit.put(key, held if held in options else f"metric:{held}" if f"metric:{held}" in options else None)
    st.selectbox(
        _(field.label),
        list(options),
        index=None,
        key=key,
        format_func=options.__getitem__,
        placeholder=_("not written"),
        help=_(field.hint) or None,
        on_change=_answer,
        args=(bench, subject, field, key),
    )


def _options(session: Session, draft: Draft, field: Field, _: Words) -> Mapping[str, str]:
    known = session.definitions
    if field.key in CHOICES:
        return {name: f"{name}: {_(word)}" for name, word in CHOICES[field.key].items()}
    if field.key == "measure":
        metrics = {f"metric:{name}": session.say(one.metric.name) for name, one in session.catalogue.measures.items()}
        return {one.id: session.say(one.name) for one in known.indicators} | metrics
    if field.key == "owner":
        return {area.id: session.say(area.name) for area in known.city.areas}
    if field.key == "axis":
        return {axis.id: session.say(axis.name) for axis in known.city.mandate.axes}
    return _bands(session, draft, field, _)


def _bands(session: Session, draft: Draft, field: Field, _: Words) -> Mapping[str, str]:
    own = {answers.LIST: _("a list of our own, in the YAML")} if answers.said(draft, field) == answers.LIST else {}
    presets = {
        f"{answers.PRESET}{name}": session.say(preset.name) for name in library.names() if (preset := library.preset(name)) is not None
    }
    return {answers.CUTS: _("two cuts"), **own, **presets}


def _answer(bench: Bench, subject: str, field: Field, key: str, language: str = "") -> None:
    """Writes an answer into the text; where that is not possible says so, and leaves the text as it is."""
    draft, answer = desk.lying(bench, subject), visit.left(key)
    if draft is None:
        return
    try:
        desk.lay(bench, subject, answers.answered(draft, field, None if answer is None else str(answer), language, bench.locale))
    except Refused as refused:
        visit.put(NOTE, "; ".join(bench.words.problem(problem) for problem in refused.problems))
