"""What people do with practices: write one down, change it, undo that, keep a proposal, withdraw one and take it up again."""

from collections.abc import Callable
from typing import Any

from dashboards.plan import doing, form
from dashboards.plan.fields import Field, Typed, in_language
from dashboards.plan.form import NEW, Form
from dashboards.practices import vocabulary
from dashboards.practices.known import Known, Row
from data.ids import id_of
from data.practices import practices as verbs
from data.practices.practices import DESCRIBED, Practice, add_practice, change_practice

PLACE = "practices"
"""Where the page says what was done."""
TEXTS = ("name", "done", "elsewhere", "found", "bought")
"""Columns that are written in several languages."""


def show_new(known: Known, indicator: str = "") -> None:
    """The form of a new one, folded, about the indicator that is asked for; nothing for whoever may not."""
    if not known.proposes:
        return
    _ = known.words
    now: dict[str, Any] = dict.fromkeys(DESCRIBED)
    now |= {"indicators": [indicator] if indicator else [], "strength": "described", "currency": None}
    title = _("Write a practice down") if known.keeps else _("Propose a practice")
    sends = {_("Save the practice") if known.keeps else _("Send the proposal"): _add(known)}
    form.fold(known.session, Form("practice/new", title, _fields(known), now, NEW, sends, said_at=PLACE))


def show(known: Known, row: Row) -> None:
    """What may be done with one of them, as it stands now; nothing for whoever may not."""
    held = next((each for each in known.today if each["id"] == row["id"]), None)
    if held is None or not (known.may(held) or known.keeps):
        return
    _buttons(known, held)
    if held["state"] != "withdrawn" and known.may(held):
        form.fold(known.session, _change_form(known, held))
        form.fold(known.session, _withdraw_form(known, held))


def _buttons(known: Known, row: Row) -> None:
    """What is done at once."""
    _ = known.words
    if row["state"] == "proposed" and known.keeps:
        _press(known, row, _("Keep it"), verbs.keep_practice, _("The practice is kept."))
    if row["state"] == "withdrawn":
        if known.restores(row):
            _press(known, row, _("Take it up again"), verbs.restore_practice, _("The practice holds again."))
    elif known.may(row) and row["version"] > 1 and verbs.before(known.session.records, row["id"]):
        _press(known, row, _("Undo the last change"), verbs.undo_change, _("The last change is undone."))


def _press(known: Known, row: Row, label: str, verb: Callable[..., int], done: str) -> None:
    def act() -> str:
        session = known.session
        assert session.actor is not None
        verb(session.records, session.actor, row["id"], row["version"])
        return done

    doing.press(known.session, label, f"practice/{row['id']}/{verb.__name__}", act, PLACE)


def _fields(known: Known) -> tuple[Field, ...]:
    _, session = known.words, known.session
    places = {each.id: session.say(each.name) for each in session.definitions.places if each.kind != "district"}
    measured = {name: session.say(session.indicator(name).name) for name in session.measured}
    return (
        Field("name", _("Name of the practice"), "line"), Field("done", _("What was done"), "text"),
        Field("place", _("Where, of the places of the panel"), "choice", places), Field("elsewhere", _("Or another place"), "line"),
        Field("since", _("Since"), "line", hint=_("A year, a month or a day: 2024, 2024-05, 2024-05-01")),
        Field("indicators", _("Indicators it is about"), "choices", measured),
        Field("strength", _("What shows that it works"), "choice", vocabulary.options(session.locale), needed=True),
        Field("link", _("Link to what shows it"), "line"), Field("found", _("What was found"), "text"),
        Field("cost", _("What it cost"), "number"), Field("currency", _("Currency"), "line", hint=session.definitions.city.currency),
        Field("bought", _("What that paid for"), "line"),
        Field("contact", _("Whom to ask, by name or by post"), "line", hint=_("Shown to people of the city who hold a role or a post.")),
        Field("address", _("How they are reached"), "line"),
    )  # fmt: skip


def _add(known: Known) -> Any:
    def send(typed: Typed, _version: int, _file: Any) -> str:
        _, session = known.words, known.session
        assert session.actor is not None
        name, taken = typed["name"] or "", [row["key"] for row in known.today]
        told = {**typed, "name": name, "done": typed["done"] or "", "indicators": tuple(typed["indicators"])}
        add_practice(session.records, session.actor, Practice(key=id_of(name, taken), **told))
        if known.keeps:
            return _("The practice is written down: {name}", name=name)
        return _("The practice is proposed: {name}", name=name)

    return send


def _change_form(known: Known, row: Row) -> Form:
    _ = known.words
    now = {name: known.say(row[name]) or None if name in TEXTS else row[name] for name in DESCRIBED}
    now["indicators"] = list(row["indicators"])

    def send(typed: Typed, version: int, _file: Any) -> str:
        session = known.session
        assert session.actor is not None
        told = {name: in_language(row[name], typed[name], session.language) if name in TEXTS else typed[name] for name in DESCRIBED}
        changes = {name: value for name, value in told.items() if value != row[name]}
        change_practice(session.records, session.actor, row["id"], version, **changes)
        return _("The practice is saved.")

    name = f"practice/{row['id']}/{known.session.language}"
    return Form(
        name, _("Change the practice"), _fields(known), now, row["version"], {_("Save the practice"): send}, DESCRIBED, said_at=PLACE
    )


def _withdraw_form(known: Known, row: Row) -> Form:
    _ = known.words

    def send(typed: Typed, version: int, _file: Any) -> str:
        session = known.session
        assert session.actor is not None
        verbs.withdraw_practice(session.records, session.actor, row["id"], version, typed["withdrawn"] or "")
        return _("The practice is withdrawn.")

    fields, sends = (Field("withdrawn", _("Why nobody should follow it any more"), "text"),), {_("Withdraw it"): send}
    name = f"practice/{row['id']}/withdraw"
    return Form(name, _("Withdraw this practice"), fields, {"withdrawn": None}, row["version"], sends, said_at=PLACE)
