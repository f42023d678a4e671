"""A form about one row of the records: what is typed is kept as a draft, and sent on the version that was seen, never over somebody else's.

Nothing is done in a widget's callback: a button is pressed, and the run that follows calls the verb.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from dashboards import formats, layout
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.plan import conflict, doing, fields
from dashboards.plan.fields import Field, Typed
from dashboards.session import Session
from dashboards.words import translator
from data import drafts
from data.records.writing import Stale

NEW = 0
"""The version of a row that is not there yet."""


@dataclass(frozen=True)
class Form:
    """`name` is the same at each visit, such as action/12/report. `now` is what the row says, as plain values, at `version`.

    `sends` are the buttons: each calls a verb with what was typed, the version that was seen and the file, and says what it did.
    `watched` are the fields that are columns of the row: where somebody else changed one of them, both versions are shown; without any,
    the form writes something new. `changed` says who changed the row last. `in_a_row` puts fields and buttons beside one another.
    `said_at` is where the page says what was done, if not above the form, which may be gone by then.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    now: Mapping[str, Any]
    version: int
    sends: Mapping[str, Callable[[Typed, int, Any], str]]
    watched: tuple[str, ...] = ()
    changed: str = ""
    in_a_row: bool = False
    said_at: str = ""


@dataclass(frozen=True)
class Held:
    """What a visit knows of a form: the row as it was seen (`base` at `version`), what the widgets began with, and what they hold.

    `round` changes when they are filled anew; `beside` is somebody else's version, while both are mixed by hand; `since` is when a
    draft was found.
    """

    round: int
    version: int
    base: Typed
    filled: Typed
    typed: Typed
    beside: Typed | None = None
    since: str = ""


_HELD = TypeAdapter(Held)


def fold(session: Session, form: Form) -> None:
    """The form in a part that unfolds; open where something typed waits in it."""
    doing.said(form.said_at or form.name)
    held = _settled(session, form)
    waits = bool(held.since) or held.beside is not None or _moved(form, held)
    with st.expander(plain(form.title), expanded=waits):
        _draw(session, form, held)


def show(session: Session, form: Form) -> None:
    """The form in the open."""
    if not form.said_at:
        doing.said(form.name)
    _draw(session, form, _settled(session, form))


def _draw(session: Session, form: Form, held: Held) -> None:
    _ = translator(session.locale)
    if _moved(form, held):
        _settle(session, form, held)
        return
    _found(session, held)
    if held.beside is not None:
        conflict.beside(session, form.name, form.fields, held.beside, held.typed, form.changed)
    room = st.container(horizontal=True, vertical_alignment="bottom") if form.in_a_row else st.container()
    with room:
        typed, file = fields.ask(session, form.fields, held.filled, f"{_key(session, form)}#{held.round}")
    _keep(session, form, held, typed)
    with room if form.in_a_row else st.container(horizontal=True):
        pressed = [label for number, label in enumerate(form.sends) if _button(form, label, number)]
        thrown = typed != held.base and st.button(_throw(session), key=f"{form.name}#throw", type="tertiary")
    if typed != held.base:
        layout.note(_("Kept as a draft until you send it."))
    if thrown:
        give_up(session, form)
    for label in pressed:
        send(session, form, label, typed, held.version, file)


def send(session: Session, form: Form, label: str, typed: Typed, version: int, file: Any = None) -> None:
    """Call the verb; what was typed is dropped only when it is done."""
    _ = translator(session.locale)
    try:
        done = doing.attempt(session, lambda: form.sends[label](typed, version, file))
    except Stale:
        done = _("Nothing was saved: somebody else has changed it meanwhile. Look at it as it stands, or send it again.")
        doing.leave(form.said_at or form.name, done, well=False)
    if done:
        _forget(session, form)
        doing.leave(form.said_at or form.name, done)


def give_up(session: Session, form: Form) -> None:
    """Throw away what was typed: the form shows the row as it stands."""
    _forget(session, form)
    visit.show_again()


def _settle(session: Session, form: Form, held: Held) -> None:
    """Both versions, and what the person chooses: to send theirs on the new version, to give it up, or to go on with both in view."""
    chosen = conflict.chosen(session, form.name, form.fields, form.now, held.typed, form.changed)
    if chosen == "mine":
        send(session, form, next(iter(form.sends)), held.typed, form.version)
    elif chosen == "theirs":
        give_up(session, form)
    elif chosen == "both":
        now = dict(form.now)
        _write(session, form, replace(held, round=held.round + 1, version=form.version, base=now, filled=held.typed, beside=now))
        visit.show_again()


def _moved(form: Form, held: Held) -> bool:
    """Whether somebody else changed what this form changes, since it was filled."""
    return any(held.base.get(name) != form.now.get(name) for name in form.watched)


def _settled(session: Session, form: Form) -> Held:
    """What the form holds in this run; where nothing was typed it follows the row, and where only other columns moved, its version."""
    held = _read(session, form) or _opened(session, form)
    if held.typed == held.base != form.now:
        held = _fresh(form, held.round + 1)
    elif not _moved(form, held) and held.version != form.version:
        held = replace(held, version=form.version)
    _write(session, form, held)
    return held


def _opened(session: Session, form: Form) -> Held:
    """The first run of a visit: the draft that was kept, or the row."""
    assert session.actor is not None
    found = drafts.kept(session.records, session.actor, form.name)
    counted = visit.left(_round(session, form))
    fresh = _fresh(form, counted if isinstance(counted, int) else 0)
    if found is None:
        return fresh
    content, at = found
    names = {each.name for each in form.fields}
    base, typed = ({**fresh.base, **{name: value for name, value in content[part].items() if name in names}} for part in ("base", "typed"))
    since = formats.moment(at, session.locale)
    return replace(fresh, version=content["version"], base=base, filled=typed, typed=typed, since=since)


def _fresh(form: Form, number: int) -> Held:
    now = dict(form.now)
    return Held(number, form.version, now, now, now)


def _keep(session: Session, form: Form, held: Held, typed: Typed) -> None:
    """What was typed since the run before goes to the records; a form that says what the row says has no draft."""
    if typed == held.typed:
        return
    assert session.actor is not None
    if typed == held.base:
        drafts.drop(session.records, session.actor, form.name)
    else:
        content = {"version": held.version, "base": held.base, "typed": typed}
        drafts.keep(session.records, session.actor, form.name, content)
    _write(session, form, replace(held, typed=typed))


def _forget(session: Session, form: Form) -> None:
    assert session.actor is not None
    drafts.drop(session.records, session.actor, form.name)
    held = _read(session, form)
    visit.put(_round(session, form), held.round + 1 if held else 0)
    visit.put(_key(session, form), None)


def _found(session: Session, held: Held) -> None:
    if held.since and held.typed != held.base:
        _ = translator(session.locale)
        layout.note(_("You typed this on {when} and did not send it. It was kept for you and, later, your successor.", when=held.since))


def _throw(session: Session) -> str:
    _ = translator(session.locale)
    return _("Throw away what I typed")


def _button(form: Form, label: str, number: int) -> bool:
    return st.button(label, key=f"{form.name}#send#{number}", type="primary" if number == 0 else "secondary")


def _read(session: Session, form: Form) -> Held | None:
    held = visit.left(_key(session, form))
    try:
        return _HELD.validate_json(held) if isinstance(held, str) else None
    except ValidationError:
        return None


def _write(session: Session, form: Form, held: Held) -> None:
    visit.put(_key(session, form), _HELD.dump_json(held).decode())


def _key(session: Session, form: Form) -> str:
    """A visit may change who acts: what one of them typed is not the other's."""
    assert session.actor is not None
    return f"form {session.actor.person} {form.name}"


def _round(session: Session, form: Form) -> str:
    return f"{_key(session, form)} round"
