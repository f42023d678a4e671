"""The key works on the map: each a mark at its point, by state and budget, on the outlines of the districts."""

from html import escape

import polars as pl

from dashboards.maps import points
from dashboards.maps.points import Ground, Mark
from dashboards.plan import shown, states, truth_line
from dashboards.plan.money import amounts
from dashboards.plan.money.known import Known
from dashboards.plan.money.where import ALL, address, districts
from dashboards.session import Session
from dashboards.words import Words, translator
from data import boundaries
from data.boundaries import Outlines
from data.places import Place
from data.problems import Refused

Row = truth_line.Row


def drawn(session: Session, known: Known, rows: pl.DataFrame, district: str) -> str:
    """The map with its legend, as HTML; what it cannot show is said below it."""
    _, placed = translator(session.locale), _placed(rows)
    said = _.ngettext(
        "{n} work has no point on the map; the list has it.",
        "{n} works have no point on the map; the list has them.",
        rows.height - placed.height,
        n=amounts.count(rows.height - placed.height, session.locale),
    )
    missing = f'<p class="note">{escape(said)}</p>' if rows.height > placed.height else ""
    picture, _alt = mapped(session, known, rows, district)
    return f"{picture}{_legend(placed, session, _)}{missing}" if picture else missing


def mapped(session: Session, known: Known, rows: pl.DataFrame, district: str) -> tuple[str, str]:
    """The map alone as a drawing, and what it shows in words; both empty where there is nothing to draw."""
    _, outlines = translator(session.locale), _outlines(session, known)
    placed = _placed(rows)
    draw = _mark if placed.height <= points.NAMED else _bare
    marks = [draw(session, row) for row in placed.iter_rows(named=True)]
    held = districts(session, known.plan.place)
    grounds = [_ground(session, known, place, outlines[place.id], district) for place in held.values() if place.id in outlines]
    if not (marks or grounds):
        return "", ""
    alt = _("Map of {n} key works. The list beside it says the same.", n=amounts.count(len(marks), session.locale))
    return points.drawing(grounds, marks, alt), alt


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop_nulls(["latitude", "longitude"])


def _mark(session: Session, row: Row) -> Mark:
    _, look = translator(session.locale), states.STATES[row["state"]]
    told = [_(look.word), _("{share} proved", share=truth_line.share(row["proved"], session.locale))]
    if row["budget"] is not None:
        told.append(amounts.with_currency(row["budget"], row["currency"], session.locale))
    link = session.address("action", node=str(row["id"]))
    return Mark(
        shown.name(session, row["name"]), row["latitude"], row["longitude"], row["budget"], look.shape, look.colour, ", ".join(told), link
    )


def _bare(_session: Session, row: Row) -> Mark:
    """One of thousands, which says nothing by itself."""
    look = states.STATES[row["state"]]
    return Mark("", row["latitude"], row["longitude"], row["budget"], look.shape, look.colour, "", "")


def _ground(session: Session, known: Known, place: Place, shape: object, district: str) -> Ground:
    link = address(session, known, ALL if place.id == district else place.id)
    return Ground(session.say(place.name), shape, link, place.id == district)  # pyright: ignore[reportArgumentType]


def _outlines(session: Session, known: Known) -> Outlines:
    """A file of outlines that cannot be read leaves the points without their ground; its page says so."""
    told: Outlines = {}
    for place in {(place.parent, place.kind): place for place in districts(session, known.plan.place).values()}.values():
        try:
            told |= boundaries.outlines(session.home, place)
        except Refused:
            continue
    return told


def _legend(rows: pl.DataFrame, session: Session, _: Words) -> str:
    numbers = dict(rows.group_by("state").len().iter_rows())
    told = "".join(
        f"<li>{states.mark(state, session.locale)} {amounts.count(numbers[state], session.locale)}</li>"
        for state in states.STATES
        if state in numbers
    )
    size = escape(_("The larger the mark, the larger the budget."))
    return f'<ul class="legend">{told}</ul><p class="note">{size}</p>'
