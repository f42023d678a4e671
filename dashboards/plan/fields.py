"""The fields of a form: how each is asked, what it holds as plain values that a draft can keep, and how that is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import streamlit as st

from dashboards import formats
from dashboards.markdown import plain as as_written
from dashboards.session import Session
from dashboards.words import translator
from data.plans.evidence_files import ENDINGS

Kind = Literal["line", "text", "number", "whole", "day", "choice", "chips", "choices", "yes", "file"]
Typed = dict[str, Any]
"""By the names of the fields: text, number, true or false, a day as 2026-06-30, a list, or None where nothing is said."""
SHORT = ("line", "number", "whole", "day", "choice", "yes")
DAYS = (date(1900, 1, 1), date(2199, 12, 31))


@dataclass(frozen=True)
class Field:
    """`label` and `hint` are in the reader's language; `options` are what may be chosen and what it is called."""

    name: str
    label: str
    kind: Kind = "line"
    options: Mapping[Any, str] = field(default_factory=dict)
    hint: str | None = None
    needed: bool = False


def plain(value: Any) -> Any:
    """A value as a draft keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, str) and not value.strip() else value


def day(value: Any) -> date | None:
    """A day from what a draft keeps of it."""
    return date.fromisoformat(value) if value else None


def ask(session: Session, fields: Sequence[Field], filled: Mapping[str, Any], key: str) -> tuple[Typed, Any]:
    """Draw them with what they begin with; returns what they hold, and the file that was chosen, which no draft keeps."""
    typed: Typed = {}
    file = None
    room = None
    for each in fields:
        room = (room or st.container(horizontal=True, vertical_alignment="bottom")) if each.kind in SHORT else None
        with room or st.container():
            value = _ask(session, each, filled.get(each.name), f"{key}#{each.name}")
        if each.kind == "file":
            file = value
        else:
            typed[each.name] = plain(value)
    return typed, file


def said(session: Session, each: Field, value: Any) -> str:
    """What a field holds, in words."""
    _ = translator(session.locale)
    if value is None or value == []:
        return formats.NOTHING
    if each.kind == "day":
        return formats.day(date.fromisoformat(value), session.locale)
    if each.kind in ("choice", "chips"):
        return each.options.get(value, str(value))
    if each.kind == "choices":
        return ", ".join(each.options.get(one, str(one)) for one in value)
    if each.kind == "yes":
        return _("yes") if value else _("no")
    return formats.number(value, 0 if value == int(value) else 2, session.locale) if each.kind == "number" else str(value)


def _ask(session: Session, each: Field, value: Any, key: str) -> Any:
    told: dict[str, Any] = {"label": as_written(each.label), "key": key, "help": each.hint}
    if each.kind in ("line", "text"):
        draw = st.text_input if each.kind == "line" else st.text_area
        width, most = (340, 500) if each.kind == "line" else ("stretch", 10_000)
        return draw(value=value or "", **told, width=width, max_chars=max(most, len(value or "")))
    if each.kind == "number":
        return st.number_input(value=None if value is None else float(value), step=1.0, format="%g", width=180, **told)
    if each.kind == "whole":
        return st.number_input(value=None if value is None else int(value), step=1, width=140, **told)
    if each.kind == "day":
        written = "MM/DD/YYYY" if session.locale == "en_US" else "DD/MM/YYYY"
        return st.date_input(value=day(value), min_value=DAYS[0], max_value=DAYS[1], format=written, width=180, **told)
    return _choose(session, each, value, told)


def _choose(session: Session, each: Field, value: Any, told: dict[str, Any]) -> Any:
    _ = translator(session.locale)
    if each.kind == "yes":
        return st.checkbox(value=bool(value), **told)
    if each.kind == "file":
        return st.file_uploader(type=list(ENDINGS), **told)
    if each.kind == "choices":
        known = list(dict.fromkeys([*each.options, *(value or [])]))
        return st.multiselect(
            options=known, default=value or [], format_func=lambda one: each.options.get(one, str(one)), placeholder=_("none"), **told
        )
    if each.kind == "chips":
        known = list(dict.fromkeys([*each.options, *([value] if value else [])]))
        return st.pills(options=known, default=value, format_func=lambda one: as_written(_named(each, one)), **told)
    options = list(dict.fromkeys([*([] if each.needed else [None]), *each.options, value]))
    return st.selectbox(options=options, index=options.index(value), format_func=lambda one: _named(each, one), width=340, **told)


def _named(each: Field, one: Any) -> str:
    return formats.NOTHING if one is None else each.options.get(one, str(one))


def in_language(before: Any, typed: str | None, language: str) -> Any:
    """A text as the records keep it, after it was typed in one language: the others stay as they were."""
    if not typed:
        return None
    return {**before, language: typed} if isinstance(before, dict) else typed
