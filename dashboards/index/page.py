"""The page Index: which tier and how sure that is, what drives the place, and everything behind it where somebody asks."""

from collections.abc import Callable, Hashable, Mapping, Sequence

import streamlit as st

from dashboards import downloads, formats, layout, palette, panel, unknown
from dashboards import session as visit
from dashboards.index import drawn, known, mapping, plot, saying, steps, what_if, writing
from dashboards.index.reckoning import Reckoned
from dashboards.index.shown import Shown
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from kpis.index.indices import Indices
from kpis.index.reading import Written

PLACES, MAP, WHAT_IF, SURE, METHOD = "places", "map", "what_if", "sure", "method"
VIEWS: Mapping[str, str] = {
    PLACES: N_("All places"),
    MAP: N_("Map"),
    WHAT_IF: N_("What if"),
    SURE: N_("How sure"),
    METHOD: N_("Method"),
}
"""What stands below the first screen, one at a time: each is drawn and reckoned when somebody asks for it."""


def asked(session: Session) -> Written | None:
    """The index that the control and the address name, else the first; None where there is none, and while a new one is written."""
    return None if writing.is_new() else known.asked(session)


def heading(session: Session, written: Written | None) -> None:
    """The name of the index and what it is to show."""
    _ = translator(session.locale)
    if written is None:
        title = _("A new index") if writing.is_new() else _("Index")
        layout.head(session, title, _("Many indicators made one figure, with every choice written down and every doubt said"))
        return
    recipe = written.recipe
    name = session.say(recipe.name) if recipe.name else recipe.index
    purpose = session.say(recipe.purpose) if recipe.purpose else _("Many indicators made one figure, with every doubt said")
    layout.head(session, name, purpose)


def show(session: Session, written: Written | None) -> None:
    """The page below its heading: the index, then those whose files have a problem, which hide no other."""
    _, indices = translator(session.locale), known.indices(session)
    writing.said(session)
    if writing.is_new():
        writing.begin(session)
        return
    if written is not None and writing.is_changed() and session.beside is None:
        writing.change(session, written)
        return
    if written is not None:
        _one(session, written, indices)
    else:
        _nothing(session, indices, _)
    if indices.problems:
        n = len(indices.broken)
        layout.section(_.ngettext("An index needs mending", "{n} indices need mending", n, n=n))
        layout.problems(indices.problems, _)
    writing.bring_back(session)


def _one(session: Session, written: Written, indices: Indices) -> None:
    """One index, from its sentence down; first whatever the reader may have come for and cannot be shown."""
    _choose(session, indices)
    _unread(session, indices.broken)
    as_of = known.as_of(session, written)
    found = known.found(session, written, as_of)
    if found is None:
        known.watch(session, written)
        _ways(session, written)
        return
    if found.built is None or found.doubted is None:
        _refused(found, translator(session.locale))
        _ways(session, written)
        return
    own = found.built.places.index(found.own) if found.own in found.built.places else None
    shown = Shown(session, found.built, found.doubted, own, found.ways)
    if shown.own is not None and found.own != session.place:
        _instead(shown, session.place)
    with session.controls:
        downloads.offer(session, f"index_{shown.recipe.index}", lambda: steps.ranks(shown), lambda: about(shown), _files(shown, found))
    key = drawn.key_of(shown, as_of)
    panel.show(drawn.first(key, shown) + writing.ways(session, written).encode(), key="index_first")
    _view(shown, found, key)


def _ways(session: Session, written: Written | None) -> None:
    """The ways on from a page that has nothing else to show."""
    if told := writing.ways(session, written):
        panel.show(told, key="index_first")


def _unread(session: Session, broken: Sequence[str]) -> None:
    """That files of indices cannot be read, and a link to what has no file at all."""
    _ = translator(session.locale)
    if broken:
        layout.note(_("Cannot be read: {names}. What is wrong stands at the end of the page.", names=saying.joined(broken, _)))
    if not set(visit.unknown(known.ASKED)) & set(broken):
        unknown.say(session, known.ASKED)


def _instead(shown: Shown, place: str) -> None:
    """The index does not rank the place that was chosen."""
    assert shown.own is not None
    _ = translator(shown.locale)
    layout.note(_("This index does not rank {place}. Shown is where {city} stands.", place=shown.named(place), city=shown.place(shown.own)))


def _choose(session: Session, indices: Indices) -> None:
    """Which index, where there are several; known.asked has put the choice before."""
    _, held = translator(session.locale), {each.recipe.index: each.recipe for each in indices.written}
    if len(held) > 1:
        names = {key: session.say(recipe.name) if recipe.name else key for key, recipe in held.items()}
        with session.controls:
            st.selectbox(_("Index"), list(names), key=known.ASKED, format_func=names.__getitem__, label_visibility="collapsed", width=240)


def _view(shown: Shown, found: Reckoned, key: Hashable) -> None:
    """What the reader asks for of all that stands below the first screen; what is drawn goes by the `key`."""
    _ = translator(shown.locale)
    views: Mapping[str, Callable[[], None]] = {
        PLACES: lambda: _places(shown, key),
        MAP: lambda: mapping.show(shown, drawn.on_the_map(key, shown, palette.current(shown.session))),
        WHAT_IF: lambda: what_if.show(shown, key),
        SURE: lambda: _sure(shown, found, key),
        METHOD: lambda: _method(shown, found, key),
    }
    chosen = visit.linked("show", list(VIEWS), PLACES)
    names = {view: _(name) for view, name in VIEWS.items()}
    label = _("More of this index")
    st.radio(label, list(VIEWS), key="show", horizontal=True, format_func=names.__getitem__, label_visibility="collapsed")
    views[chosen]()


def _places(shown: Shown, key: Hashable) -> None:
    _ = translator(shown.locale)
    if shown.count > plot.MOST:
        n = plot.MOST
        layout.note(_("Of {count} places, the {n} nearest in rank; all are in the download.", count=_.count(shown.count), n=n))
    panel.show(drawn.places(key, shown), key="index_places")


def _sure(shown: Shown, found: Reckoned, key: Hashable) -> None:
    """What stands before what, and what each indicator does; then, reckoned when it is opened, which choice moves ranks most."""
    panel.show(drawn.sure(key, shown, found), key="index_sure")
    if shown.in_doubt:
        panel.show(drawn.shares(key, shown, found), key="index_sensitivity")


def _method(shown: Shown, found: Reckoned, key: Hashable) -> None:
    panel.show(drawn.sheet(key, shown), key="index_method")
    _ = translator(shown.locale)
    name = f"{shown.recipe.index}.yaml"
    text = found.written.path.read_bytes
    st.download_button(_("The index as it is written (YAML)"), text, name, "application/yaml", key="index_yaml", on_click="ignore")


def _files(shown: Shown, found: Reckoned) -> downloads.Files:
    """Beside the ranks: every step, and the index as it is written."""
    _ = translator(shown.locale)
    return {
        _("Every step (CSV)"): ("steps.csv", "text/csv", lambda: _steps(shown)),
        _("The index as it is written (YAML)"): ("yaml", "application/yaml", found.written.path.read_bytes),
    }


def _steps(shown: Shown) -> bytes:
    return downloads.csv(steps.steps(shown), {**about(shown), **downloads.always(shown.session)}, shown.locale)


def about(shown: Shown) -> dict[str, str]:
    """What must stand beside the figures when they travel."""
    _ = translator(shown.locale)
    return {
        _("Index"): shown.name,
        _("Month"): formats.month_name(shown.session.month, shown.locale),
        _("Note"): saying.doubt(shown),
    }


def _refused(found: Reckoned, _: Words) -> None:
    """An index that cannot be reckoned from the figures of the month, and why."""
    layout.section(_("It cannot be reckoned"))
    st.write(_("Nothing is ranked on figures that do not bear it. What stands in the way:"))
    layout.problems(found.problems, _)


def _nothing(session: Session, indices: Indices, _: Words) -> None:
    """No index at all, or none whose file can be read."""
    if not indices.problems:
        _no_index_yet(session, _)
    _ways(session, None)


def _no_index_yet(session: Session, _: Words) -> None:
    layout.section(_("No index yet"))
    st.write(_("Here would stand how the places compare when many indicators are made one figure: in tiers, with how sure that is."))
    if sum(place.kind == "city" for place in session.definitions.places) < 2:
        nobody = _("There is nobody to compare with so far: name other cities in `data/places.yaml`, and load their figures.")
        st.write(nobody)
