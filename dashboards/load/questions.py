"""What only a person can answer about a file, each with what the first cells would become."""

import hashlib
from collections.abc import Container, Mapping
from typing import Any

import streamlit as st
from babel.numbers import format_decimal

from dashboards import formats, layout
from dashboards.load.desk import Desk, Given, keep
from dashboards.load.sample import shown
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import N_, translator
from data.indicators import Indicator
from data.places import Place
from data.proposal import Option, Proposal, Question

MOST_RADIOS = 8
"""More options than that are a list to choose from."""
OPENING = ("sheet", "encoding", "delimiter", "open_end")
"""What can be answered otherwise where nothing can be read of what was answered."""
COLUMN_FOR = ("place", "indicator", "period")
"""What may stand in a column that nobody recognised as such."""
COLUMN = "*column:"
"""Begins an answer that names one; no id and no period begins so."""


def show(session: Session, desk: Desk, found: Proposal, only: Container[str] | None = None) -> None:
    """Each question as a choice, or some by their keys; an answer changes the proposal at once."""
    asked = [question for question in found.questions if only is None or question.key in only]
    if not asked:
        return
    _ = translator(session.locale)
    layout.section(_("What only you can know"))
    for question in asked:
        options = [*_columns(question, found), *question.options]
        alone = question.key == "place" and len(options) == 1  # of any other question the one option may be wrong
        if alone and question.answer is None:
            keep(desk, given=_answered(desk.given, question, _plain(options[0].value)))
            st.rerun()
        with st.container(gap="xsmall"):
            answer = _asked(session, question, options)
            if alone:
                layout.note(_("Chosen already: no other place is defined."))
        if answer is not None and answer != _plain(question.answer):
            keep(desk, given=_answered(desk.given, question, answer))
            st.rerun()


def _columns(question: Question, found: Proposal) -> list[Option]:
    """What has no column that was recognised may have one that was not."""
    if question.key not in COLUMN_FOR:
        return []
    unread = [guess.name for guess in found.guesses if guess.role == "not_read" and (guess.dated or question.key != "period")]
    return [Option(f"{COLUMN}{name}", N_("each row has its own, in the column {name}"), {"name": name}) for name in unread]


def _answered(given: Given, question: Question, answer: object) -> Given:
    if isinstance(answer, str) and answer.startswith(COLUMN):
        return {**given, "roles": {**given.get("roles", {}), answer.removeprefix(COLUMN): question.key}}
    return {**given, question.key: answer}


def _asked(session: Session, question: Question, options: list[Option]) -> object:
    """The answer in hand; None where there is none yet."""
    _ = translator(session.locale)
    label = _(question.message, **question.values)
    st.markdown(plain(label))  # a widget reads its label out as it is written, and shows it as markup
    given = _plain(question.answer)
    chosen = _chosen(session, question, options, label) if options else None
    if not question.free:
        return chosen
    own = "" if given is None or given in [_plain(option.value) for option in options] else str(given)
    said = _("Or write it, such as 2024 or 2024-06") if options else label
    seen = "visible" if options else "collapsed"
    written = (st.text_input(said, own, key=f"load_own_{question.key}", width=420, label_visibility=seen) or "").strip()
    return written if written and written != own else chosen if chosen is not None else written or None


def _chosen(session: Session, question: Question, options: list[Option], label: str) -> object:
    """The option in hand, from radios with their examples, or from a list where there are many."""
    _, values = translator(session.locale), [_plain(option.value) for option in options]
    given = _plain(question.answer)
    said = [plain(formats.sentence(_said(session, question, option))) for option in options]
    told: dict[str, Any] = {
        "options": range(len(values)),
        "index": values.index(given) if given in values else None,
        "key": f"load_question_{question.key}_{hashlib.sha256(repr(values).encode()).hexdigest()[:8]}",
        "format_func": said.__getitem__,
        "label_visibility": "collapsed",
    }
    if len(values) > MOST_RADIOS:
        at = st.selectbox(label, placeholder=_("Choose"), width=420, **told)
    else:
        captions = [_examples(option, session.locale) for option in options]
        at = st.radio(label, captions=captions if any(captions) else None, **told)
    return None if at is None else values[at]


def _said(session: Session, question: Question, option: Option) -> str:
    """What an option means; a place or an indicator by its name."""
    known: Mapping[str, Place | Indicator] = {"place": session.definitions.place, "indicator": session.definitions.indicator}.get(
        question.key, {}
    )
    found = known.get(str(option.value))
    return session.say(found.name) if found else translator(session.locale)(option.message, **option.values)


def _examples(option: Option, locale: str) -> str:
    """What the first cells would become: 1.234 → 1234, as the reader's country writes it."""
    pairs = (
        (text, read if isinstance(read, str) else format_decimal(read, "0.######", locale=locale)) for text, read in option.examples[:4]
    )
    return plain(" · ".join(f"{shown(text, 24)} → {shown(read, 24)}" for text, read in pairs))


def _plain(answer: object) -> object:
    """As JSON keeps it."""
    return list(answer) if isinstance(answer, tuple) else answer
