"""The list of practices: those that hold, then proposals; withdrawn ones are folded, with why nobody should follow them."""

from collections.abc import Sequence
from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan.tables import NUMBER, table
from dashboards.plan.written import written
from dashboards.practices import vocabulary
from dashboards.practices.known import Known, Row
from dashboards.practices.vocabulary import STATES, STRENGTHS


def headline(known: Known, rows: Sequence[Row]) -> str:
    """ "5 practices of 3 other places; what came of 4 of them was measured." """
    _, held = known.words, [row for row in _of_others(known, rows) if row["state"] == "kept"]
    if not held:
        return (
            _("No practice of another place fits what is asked for.")
            if rows != known.rows
            else _("No practice of another place is kept yet.")
        )
    places = len({known.where(row) for row in held})
    measured = sum(row["strength"] != "described" for row in held)
    told = {"n": len(held), "places": _.ngettext("{n} other place", "{n} other places", places, n=places)}
    if not measured:
        return _.ngettext("{n} practice of {places}, only described.", "{n} practices of {places}, only described.", len(held), **told)
    return _.ngettext(
        "{n} practice of {places}; what came of it was measured.",
        "{n} practices of {places}; what came of {measured} of them was measured.",
        len(held), **told, measured=measured,
    )  # fmt: skip


def block(known: Known, rows: Sequence[Row]) -> str:
    """The list as HTML."""
    _, others = known.words, _of_others(known, rows)
    parts = (
        ("", [row for row in others if row["state"] == "kept"]),
        (_("Of this city"), [row for row in rows if row not in others and row["state"] == "kept"]),
        (_("Proposed, and not kept yet"), [row for row in rows if row["state"] == "proposed"]),
    )
    groups = [(name, [_row(known, row) for row in found]) for name, found in parts if found]
    drawn = table(_titles(known), groups, _("Practices, the best shown first"), "practices") if groups else ""
    return drawn + _withdrawn(known, [row for row in rows if row["state"] == "withdrawn"])


def frame(known: Known, rows: Sequence[Row]) -> pl.DataFrame:
    """Each practice as a row to take away; whom to ask stays in the panel."""
    return pl.DataFrame([_line(known, row) for row in rows], infer_schema_length=None)


def about(known: Known, row: Row) -> str:
    """The indicators it is about, as HTML, each the way to the practices about it."""
    session = known.session
    links = [
        f'<a href="{escape(session.address("practices", about=name))}">{escape(session.say(session.indicator(name).name))}</a>'
        for name in known.indicators(row)
    ]
    return "<br/>".join([*links, *(escape(name) for name in row["indicators"] if name not in known.indicators(row))])


def _of_others(known: Known, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["place"] != known.session.definitions.city.place]


def _titles(known: Known) -> list[tuple[str, str]]:
    _ = known.words
    return [(_("Practice"), ""), (_("Where"), ""), (_("Indicators"), ""), (_("What shows it"), ""), (_("What it cost"), NUMBER)]


def _row(known: Known, row: Row) -> list[str]:
    done, found = escape(known.say(row["done"])), escape(known.say(row["found"]))
    where, since = escape(known.where(row)), escape(known.since(row))
    shown = vocabulary.strength(row["strength"], known.session.locale)
    return [
        f'{known.link(row)}<span class="note begins">{done}</span>', f'{where}<span class="note">{since}</span>', about(known, row),
        f'{shown}<span class="note begins">{found}</span>', escape(known.cost(row)),
    ]  # fmt: skip


def _withdrawn(known: Known, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    _ = known.words
    titles = [(_("Practice"), ""), (_("Where"), ""), (_("Why it was withdrawn"), "")]
    cells = [[known.link(row), escape(known.where(row)), written(known.session, row["withdrawn"] or "")] for row in rows]
    said = escape(_.ngettext("{n} is withdrawn", "{n} are withdrawn", len(rows), n=len(rows)))
    drawn = table(titles, [("", cells)], _("Practices that nobody should follow any more"), "practices")
    return f'<details class="more"><summary>{said}</summary>{drawn}</details>'


def _line(known: Known, row: Row) -> dict[str, object]:
    _, session = known.words, known.session
    names = [session.say(session.indicator(name).name) if name in session.measured else name for name in row["indicators"]]
    state, strength = STATES[row["state"]], STRENGTHS[row["strength"]]
    return {
        _("Practice"): known.say(row["name"]), _("State"): _(state), _("What was done"): known.say(row["done"]),
        _("Where"): known.where(row), _("Since"): row["since"], _("Indicators"): "; ".join(names),
        _("What shows it"): formats.sentence(_(strength)), _("What was found"): known.say(row["found"]) or None, _("Link"): row["link"],
        _("What it cost"): row["cost"], _("Currency"): row["currency"], _("What that paid for"): known.say(row["bought"]) or None,
        _("Written down by"): known.people.get(row["written_by"]), _("Why it was withdrawn"): row["withdrawn"],
    }  # fmt: skip
