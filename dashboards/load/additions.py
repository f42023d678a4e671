"""Places and indicators that a file brings and nobody has defined yet: what they are called, and the rest of what must be known."""

import re
from html import escape
from typing import Any

import streamlit as st

from dashboards import panel
from dashboards.load.desk import Desk, Given, keep
from dashboards.load.kinds import Kind
from dashboards.load.tables import table
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.ids import id_of
from data.proposal import Match, Proposal

PLACE_KINDS = {
    "city": N_("city"),
    "district": N_("district"),
    "metropolitan_area": N_("metropolitan area"),
    "region": N_("region"),
    "country": N_("country"),
}
MEASURES = {"level": N_("a state at the period's end"), "flow": N_("adds up over periods"), "ratio": N_("a share of two numbers")}
FREQUENCIES = {"day": N_("day"), "week": N_("week"), "month": N_("month"), "quarter": N_("quarter"), "half": N_("half"), "year": N_("year")}
POLARITIES = {"higher": N_("higher is better"), "lower": N_("lower is better"), "neutral": N_("neither")}
ASKED = {"places": ("kind", "parent"), "indicators": ("kind", "theme", "owner")}
"""What nobody but a person can know of new ones: an entry has none of it until it is answered."""
OF_DISTRICTS = re.compile(
    r"\b(distritos?|barrios?|barriadas?|parroquias?|comunas?|colonias?|pedan[ií]as?|districts?|neighbou?rhoods?|boroughs?|wards?)\b"
)
"""What a column of the parts of a city is called."""
OPEN = "–"
"""Stands in the table for what nobody has said yet."""
WRITTEN = (
    (r"\d{4}([/-]\d{2})?", "year"),
    (r"\d{4}-?[QqTt][1-4]", "quarter"),
    (r"\d{4}-?[SsHh][12]", "half"),
    (r"\d{4}-\d{2}-\d{2}", "day"),
)
"""How periods are written, by their frequency; anything else is taken for months."""


def shared(session: Session, desk: Desk, found: Proposal, kind: Kind) -> Given:
    """What is said of all new ones of a kind; what only a person can know is not among it until it is answered."""
    if kind.part in desk.shared:
        return desk.shared[kind.part]
    known = session.definitions
    if kind.part == "places":
        inside = _is_of_districts(found) and known.city.place in known.place
        return {"kind": "district", "parent": known.city.place} if inside else {}
    said: Given = {"frequency": _frequency(found), "polarity": "neutral", "source": desk.title}
    only = {"theme": known.themes, "owner": known.city.areas}
    return said | {name: things[0].id for name, things in only.items() if len(things) == 1}


def add(session: Session, kind: Kind, match: Match, new: dict[str, Given], said: Given) -> str:
    """A new one for a name of the file, with what is said of all of them; returns its id."""
    known: Any = session.definitions.place if kind.part == "places" else session.definitions.indicator
    name = match.new_id if match.new_id not in {*known, *new} else id_of(match.text, {*known, *new})
    entry: Given = {"name": " ".join(match.text.split()), **said}
    if kind.part == "indicators":
        entry["unit"] = match.unit or ""
    new[name] = entry
    return name


def unanswered(session: Session, desk: Desk, kind: Kind) -> int:
    """New ones of which nobody has said yet what must be known; a district must lie in something."""
    known: Any = session.definitions.place if kind.part == "places" else session.definitions.indicator
    new: dict[str, Given] = getattr(desk, kind.part)
    unsaved = [entry for name, entry in new.items() if name not in known]
    return sum(
        any(name not in entry for name in ASKED[kind.part]) or (entry["kind"] == "district" and not entry["parent"]) for entry in unsaved
    )


def without_unit(session: Session, desk: Desk) -> int:
    """New indicators whose unit nobody has said."""
    return sum(not entry["unit"] for name, entry in desk.indicators.items() if name not in session.definitions.indicator)


def show(session: Session, desk: Desk, kind: Kind) -> None:
    """The new ones as a table, what is said of all of them at once, and of a single one."""
    new: dict[str, Given] = getattr(desk, kind.part)
    if not new:
        return
    _ = translator(session.locale)
    count = len(new)
    title = (
        _.ngettext("{n} new place", "{n} new places", count, n=count)
        if kind.part == "places"
        else _.ngettext("{n} new indicator", "{n} new indicators", count, n=count)
    )
    st.markdown(f"**{title}**")
    st.write(_("All of them:"))
    _for_all(session, desk, kind, _)
    with st.expander(_("Look at them one by one, and change one")):
        _for_one(session, desk, kind, _)
        panel.show(_table(session, kind, new), key=f"load_new_{kind.part}")


def _for_all(session: Session, desk: Desk, kind: Kind, _: Words) -> None:
    """What the new ones have in common: a choice holds for all of them at once."""
    new: dict[str, Given] = getattr(desk, kind.part)
    held = desk.shared.get(kind.part, {})
    told = _fields(session, kind, held, f"load_all_{kind.part}", _)
    changed = {name: value for name, value in told.items() if value != held.get(name)}
    unit = _unit_for_all(session, desk, _) if kind.part == "indicators" else ""
    if not changed and not unit:
        return
    entries = {name: {**entry, **changed} for name, entry in new.items()}
    if unit:
        entries = {name: {**entry, "unit": entry["unit"] or unit} for name, entry in entries.items()}
    keep(desk, shared={**desk.shared, kind.part: told}, **{kind.part: entries})
    st.rerun()


def _unit_for_all(session: Session, desk: Desk, _: Words) -> str:
    """Asked only where the file does not say it."""
    lacking = without_unit(session, desk)
    if not lacking:
        return ""
    label = _.ngettext("Unit of {n} indicator that has none yet", "Unit of {n} indicators that have none yet", lacking, n=lacking)
    return _text(label, "", f"load_all_unit_{lacking}")


def _for_one(session: Session, desk: Desk, kind: Kind, _: Words) -> None:
    """One of them, changed by itself."""
    new: dict[str, Given] = getattr(desk, kind.part)
    name = st.selectbox(
        _("Change one"),
        list(new),
        index=None,
        key=f"load_one_{kind.part}",
        format_func=lambda one: new[one]["name"],
        placeholder=_("Choose"),
        width=420,
    )
    if name is None:
        return
    with st.form(f"load_one_form_{kind.part}", border=False):
        told = {"name": _text(_("Name"), new[name]["name"], f"load_one_name_{name}") or new[name]["name"]}
        if kind.part == "indicators":
            told["unit"] = _text(_("Unit"), new[name]["unit"], f"load_one_unit_{name}")
        told |= _fields(session, kind, new[name], f"load_one_{name}", _)
        pressed = st.form_submit_button(_("Change it"), key=f"load_one_set_{kind.part}")
    if pressed:
        keep(desk, **{kind.part: {**new, name: {**new[name], **told}}})
        st.rerun()


def _fields(session: Session, kind: Kind, entry: Given, key: str, _: Words) -> Given:
    return _place_fields(session, entry, key, _) if kind.part == "places" else _indicator_fields(session, entry, key, _)


def _place_fields(session: Session, entry: Given, key: str, _: Words) -> Given:
    parents = {"": _("none")} | {place.id: session.say(place.name) for place in session.definitions.places}
    with st.container(horizontal=True):
        kind = _select(_("They are"), {name: _(word) for name, word in PLACE_KINDS.items()}, entry.get("kind"), f"{key}_kind", _)
        parent = _select(_("They lie in"), parents, entry.get("parent"), f"{key}_parent", _)
    return _answered({"kind": kind, "parent": parent})


def _indicator_fields(session: Session, entry: Given, key: str, _: Words) -> Given:
    known = session.definitions
    choices = {
        "frequency": (_("A value for each"), {name: _(word) for name, word in FREQUENCIES.items()}),
        "kind": (_("A value is"), {name: _(word) for name, word in MEASURES.items()}),
        "polarity": (_("Which way is better"), {name: _(word) for name, word in POLARITIES.items()}),
        "theme": (_("Theme"), {theme.id: session.say(theme.name) for theme in known.themes}),
        "owner": (_("Owner"), {area.id: session.say(area.name) for area in known.city.areas}),
    }
    with st.container(horizontal=True):
        told = {name: _select(label, options, entry.get(name), f"{key}_{name}", _) for name, (label, options) in choices.items()}
        source = _text(_("Source: who measured it, and how"), entry["source"], f"{key}_source")
    return {**_answered(told), "source": source or entry["source"]}


def _answered(told: dict[str, str | None]) -> Given:
    return {name: said for name, said in told.items() if said is not None}


def _text(label: str, said: str, key: str) -> str:
    return (st.text_input(label, said, key=key, width=340) or "").strip()


def _select(label: str, options: dict[str, str], chosen: str | None, key: str, _: Words) -> str | None:
    """Nothing is chosen where nobody has said anything."""
    names = list(options)
    return st.selectbox(
        label,
        names,
        index=names.index(chosen) if chosen in names else None,
        key=key,
        format_func=options.__getitem__,
        placeholder=_("Choose"),
        width=220,
    )


def _table(session: Session, kind: Kind, new: dict[str, Given]) -> str:
    _ = translator(session.locale)
    if kind.part == "places":
        rows = [[entry["name"], _word(PLACE_KINDS, entry, "kind", _), _parent(session, entry, _)] for entry in new.values()]
        titles = [_("Name"), _("Kind"), _("Lies in")]
    else:
        rows = [_indicator_row(session, entry, _) for entry in new.values()]
        titles = [_("Name"), _("Unit"), _("A value for each"), _("A value is"), _("Which way is better"), _("Theme"), _("Owner")]
    return table(titles, [[escape(text) for text in row] for row in rows])


def _parent(session: Session, entry: Given, _: Words) -> str:
    named = {"": _("none")} | {place.id: session.say(place.name) for place in session.definitions.places}
    return named.get(entry.get("parent", OPEN), OPEN)


def _indicator_row(session: Session, entry: Given, _: Words) -> list[str]:
    known = session.definitions
    themes = {theme.id: session.say(theme.name) for theme in known.themes}
    owners = {area.id: session.say(area.name) for area in known.city.areas}
    words = {"frequency": FREQUENCIES, "kind": MEASURES, "polarity": POLARITIES}
    said = [_word(options, entry, name, _) for name, options in words.items()]
    return [entry["name"], entry["unit"] or OPEN, *said, themes.get(entry.get("theme", ""), OPEN), owners.get(entry.get("owner", ""), OPEN)]


def _word(options: dict[str, str], entry: Given, name: str, _: Words) -> str:
    return _(options[entry[name]]) if name in entry else OPEN


def _is_of_districts(found: Proposal) -> bool:
    """The column of places says that they are parts of a city."""
    return any(guess.role == "place" and OF_DISTRICTS.search(guess.name.casefold().replace("_", " ")) for guess in found.guesses)


def _frequency(found: Proposal) -> str:
    """How often the file has values, by how its periods are written."""
    source = found.source
    first = {guess.name: next(iter(guess.examples), "") for guess in found.guesses}
    written = "".join(first.get(column, "") for column in source.columns.of("period"))
    wide = tuple(source.wide.periods.values()) if source.wide and source.wide.periods else ()
    texts = [str(text) for text in (source.all.period, *wide, written) if text]
    return next((kind for pattern, kind in WRITTEN if texts and re.fullmatch(pattern, texts[0])), "month")
