"""The places on a map, coloured by their tier, and the same as a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboards import layout, maps, panel
from dashboards.index import ordinals, plot, tiers
from dashboards.index.shown import Shown, near
from dashboards.maps import Area, Bubble, Classes
from dashboards.palette import Palette
from dashboards.words import translator
from data import boundaries
from data.boundaries import Outlines
from data.places import Place
from data.problems import Problem, Refused

MOST = 60
"""Places that the table beside the map lists; of more, those around the reader's own."""


@dataclass(frozen=True)
class Drawn:
    """What stands on the map, and the steps of its colour: one for each tier, the strongest for the first."""

    areas: list[Area]
    bubbles: list[Bubble]
    classes: Classes
    problems: list[Problem]
    """Of files of outlines that cannot be read: their places are circles."""


@dataclass(frozen=True)
class Map:
    """The map, and its legend and table `beside` it; without `deck` and legend where no place has coordinates."""

    deck: maps.Ready | None
    beside: bytes
    problems: list[Problem]


def made(shown: Shown, shades: Palette) -> Map:
    """The map in these colours."""
    found = drawn(shown)
    if not found.areas and not found.bubbles:
        return Map(None, table(shown).encode(), found.problems)
    deck = maps.Ready(maps.deck(found.areas, found.bubbles, found.classes, shades))
    return Map(deck, f"{legend(shown, found, shades)}{table(shown)}".encode(), found.problems)


def show(shown: Shown, found: Map) -> None:
    """The map with its legend, and the table beside it; where no place has coordinates, the table alone."""
    _ = translator(shown.locale)
    for problem in found.problems:
        layout.note(_.problem(problem))
    left, right = st.columns([2, 1], gap="medium")
    with left:
        if found.deck:
            maps.show(found.deck, "index_map", _("Map of {name}, places by tier. The table beside it lists the same.", name=shown.name))
        else:
            st.write(_("None of these places has coordinates, so there is nothing to draw. `data/places.yaml` may give them."))
    with right:
        panel.show(found.beside, key="index_map_table")


def drawn(shown: Shown) -> Drawn:
    """The ranked places that have an outline or coordinates."""
    known = [(number, shown.session.definitions.place.get(place)) for number, place in enumerate(shown.built.places)]
    outlines, problems = _outlines(shown, [place for _number, place in known if place])
    steps = len(groups(shown))
    areas, bubbles = [], []
    for number, place in known:
        if place is None:
            continue
        value, said = float(steps + 1 - group(shown, number)), _said(shown, number)
        if shape := outlines.get(place.id):
            weight = float(place.population or 0)
            areas.append(Area(shown.place(number), shape, value, said, weight=weight, strong=number == shown.own))
        elif place.latitude is not None and place.longitude is not None:
            at = place.latitude, place.longitude
            bubbles.append(Bubble(shown.place(number), *at, place.population, value, said, number == shown.own))
    return Drawn(areas, bubbles, Classes(tuple(step + 0.5 for step in range(steps + 1))), problems)


def groups(shown: Shown) -> list[list[int]]:
    """The tiers; where nothing was doubted, fifths of the ranks."""
    if shown.in_doubt:
        return shown.tiers
    size = -(-shown.count // 5)
    return [shown.order[first : first + size] for first in range(0, shown.count, size)]


def group(shown: Shown, number: int) -> int:
    return next(at for at, places in enumerate(groups(shown), start=1) if number in places)


def legend(shown: Shown, found: Drawn, shades: Palette) -> str:
    """A shade for each tier, the first one first."""
    _, steps = translator(shown.locale), len(groups(shown))
    told = []
    for at, places in enumerate(groups(shown), start=1):
        red, green, blue = found.classes.shade(steps - at, shades)
        ranks = ordinals.between(shown.rank(places[0]), shown.rank(places[-1]), shown.locale)
        said = _("Tier {n}", n=_.count(at)) if shown.in_doubt else ranks
        told.append(f'<li><span class="swatch" style="background:rgb({red},{green},{blue})"></span>{escape(said)}</li>')
    note = _("The stronger the colour, the higher the tier.") if shown.in_doubt else _("The stronger the colour, the better the rank.")
    size = _("The larger the circle, the more residents.") if found.bubbles else ""
    return f'<ul class="legend">{"".join(told)}</ul><p class="note">{escape(f"{note} {size}".strip())}</p>'


def table(shown: Shown) -> str:
    """Place, tier, and between which ranks."""
    _ = translator(shown.locale)
    names = [("", _("Place")), *([("number", _("Tier"))] if shown.in_doubt else []), ("number", _("Rank"))]
    head = "".join(f'<th scope="col" class="{kind}">{escape(name)}</th>' for kind, name in names)
    body = "".join(_row(shown, number) for number in near(shown, MOST))
    return f'<table class="values wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(shown: Shown, number: int) -> str:
    _ = translator(shown.locale)
    low, high = shown.between(number) if shown.in_doubt else (shown.rank(number),) * 2
    cells = [*([_.count(shown.tier(number))] if shown.in_doubt else []), ordinals.between(low, high, shown.locale)]
    own = ' class="own"' if number == shown.own else ""
    said = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
    return f'<tr{own}><th scope="row">{tiers.link(shown, number)}</th>{said}</tr>'


def _said(shown: Shown, number: int) -> str:
    """What a place says on the map: its tier, or its rank."""
    _ = translator(shown.locale)
    said = _("Tier {n}", n=_.count(shown.tier(number))) if shown.in_doubt else shown.ranked(number)
    return f"{said} ({plot.score(shown, number)})"


def _outlines(shown: Shown, places: Sequence[Place]) -> tuple[Outlines, list[Problem]]:
    """The outlines of the places, and what is wrong with files that cannot be read."""
    found: Outlines = {}
    problems: list[Problem] = []
    for place in {(place.parent, place.kind): place for place in places}.values():
        try:
            found |= boundaries.outlines(shown.session.home, place)
        except Refused as refused:
            problems.append(refused.problems[0])
    return found, problems
