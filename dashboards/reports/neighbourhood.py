"""What is read before a visit to a neighbourhood, on one page: the same figures and sentences as on its page of the panel."""

from collections.abc import Sequence

import polars as pl

from dashboards import formats
from dashboards.plan import actions_table, delays, shown, states, truth_line
from dashboards.plan.entries import Entries, Row
from dashboards.plan.money import works, works_map
from dashboards.plan.neighbourhood import building, measured, saying
from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.neighbourhood.measured import Figure
from dashboards.reports.content import Cell, Column, Picture, Report, Table, first, short
from dashboards.reports.parts import letterhead, line
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import Words, translator

Room = tuple[int, int, int, int, int, int]
MOST: Room = (12, 14, 12, 6, 6, 8)
"""How many works, other promises, goals, requests, entries of the ledger and people the page holds at most."""
WEIGHT: Room = (3, 3, 2, 2, 2, 2)
"""What is longest for its weight gives up a row first."""


def rooms(found: Known, figures: Sequence[Figure]) -> list[Room]:
    """From all that there is, row by row, down to one of each: the first that is one page holds."""
    there = (
        found.works.height, found.actions.height - found.works.height, len(measured.goals(figures)), len(measured.requests(figures)),
        len(found.outcomes) + len(found.decisions), len(found.answering),
    )  # fmt: skip
    room = [min(number, most) for number, most in zip(there, MOST, strict=True)]
    told = [tuple(room)]
    while max(room) > 1:
        longest = max(range(len(room)), key=lambda part: (room[part] > 1, room[part] / WEIGHT[part]))
        room[longest] -= 1
        told.append(tuple(room))
    return told  # pyright: ignore[reportReturnType]


def report(session: Session, found: Known, figures: Sequence[Figure], room: Room) -> Report:
    """The page with at most so many rows of each; what is left out is counted."""
    _, city = translator(session.locale), session.definitions.city
    whole = found.part.whole
    picture, alt = works_map.mapped(session, found.money, found.works, found.district.id)
    language, _region, region = session.locale.partition("_")
    goals = [_goals(session, figures, room[2], _), _requests(session, figures, room[3], _)]
    return Report(
        language=language,
        region=region,
        title=session.say(found.district.name),
        about=_about(session, found, _),
        sentence=saying.sentence(session, found, figures),
        brand=city.colours.brand,
        bars=line.bars(session, whole) if whole["actions"] else (),
        gap=truth_line.gap(session, whole) if whole["actions"] else "",
        picture=Picture(picture, alt) if picture and not found.works.is_empty() else None,
        beside=_works(session, found, room[0], _),
        tables=[_promises(session, found, room[1], _), *filter(None, goals)],
        pair=[_ledger(session, found, room[4], _), _answering(session, found, room[5], _)],
        foot=letterhead.foot(session, found.plan),
    )


def _about(session: Session, found: Known, _: Words) -> str:
    city = session.definitions.place[found.plan.place]
    day = formats.day(session.review_day, session.locale)
    return " · ".join([session.say(city.name), _("Before a visit"), _("by the review of {day}", day=day)])


def _works(session: Session, found: Known, most: int, _: Words) -> Table:
    columns = [Column(_("Key work"), 5), Column(_("State"), 3), Column(_("What stands in its way"), 4)]
    rows = [
        [
            Cell(short(shown.name(session, row["name"])), building.cost(session, row), strong=True),
            line.state(session, row, ", ".join(filter(None, [building.proved(session, row), delays.late(row, session.locale)]))),
            Cell(short(works.limit(session, found.money, row["id"])) or formats.NOTHING),
        ]
        for row in found.works.iter_rows(named=True)
    ]
    about = works.sentence(session, found.works) if rows else _("No work is planned here.")
    return first(Table(_("Works"), columns, rows, short(about, 240)), most, _left(len(rows) - most, session, _))


def _promises(session: Session, found: Known, most: int, _: Words) -> Table:
    """All but the works, which stand above; the counts are of all."""
    rest = found.actions.filter(~pl.col("id").is_in(found.works["id"].to_list()))
    columns = [
        Column(_("Other promises"), 5.4), Column(_("State"), 3), Column(_("Proved"), 1.3, number=True),
        Column(_("Declared"), 1.3, number=True), Column(_("Due"), 2.6, number=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(short(shown.name(session, row["name"])), strong=True), line.state(session, row),
            Cell(truth_line.share(row["proved"], session.locale)), Cell(truth_line.share(row["declared"], session.locale)),
            Cell(actions_table.due_day(session, row), delays.late(row, session.locale)),
        ]
        for row in rest.iter_rows(named=True)
    ]  # fmt: skip
    counts = " · ".join(f"{states.word(state, session.locale)}: {number}" for state, number in saying.by_state(found))
    said = counts or _("The plan has no action that names this neighbourhood as its place.")
    return first(Table(_("Promises"), columns, rows, said), most, _left(len(rows) - most, session, _))


def _goals(session: Session, figures: Sequence[Figure], most: int, _: Words) -> Table | None:
    rows = [_figure(session, figure, _) for figure in measured.goals(figures)]
    if not rows:
        return None
    about = _("Those that stand worst against the city first.")
    table = Table(_("Goals"), _columns(_("Goal"), _, judged=True), rows, about)
    return first(table, most, _left(len(rows) - most, session, _))


def _requests(session: Session, figures: Sequence[Figure], most: int, _: Words) -> Table | None:
    rows = [_figure(session, figure, _) for figure in measured.requests(figures)]
    table = Table(_("Requests"), _columns(_("Indicator"), _, judged=False), rows)
    return first(table, most, _left(len(rows) - most, session, _)) if rows else None


def _columns(name: str, _: Words, *, judged: bool) -> list[Column]:
    last = [Column(_("The city's goal"), 2.9)] if judged else []
    return [
        Column(name, 4.8), Column(_("Here"), 1.4, number=True), Column(_("City"), 1.4, number=True),
        Column(_("Against the city"), 2.5, number=True), Column(_("In 12 months"), 2.5, number=True), *last,
    ]  # fmt: skip


def _figure(session: Session, figure: Figure, _: Words) -> list[Cell]:
    locale, indicator = session.locale, figure.indicator
    unit, period = session.say(indicator.unit), formats.short_period(figure.period, indicator.frequency, locale)
    cells = [
        Cell(short(measured.named(session, figure)), short(period if unit == "%" else f"{unit}, {period}"), strong=True),
        Cell(formats.in_table(figure.value, indicator, locale), strong=True),
        Cell(formats.in_table(figure.city, indicator, locale)),
        Cell(measured.against(session, figure)),
        Cell(measured.change(session, figure)),
    ]
    if figure.score:
        look = LOOKS[figure.score.status]
        cells.append(Cell(_(look.word), shape=look.shape, colour=look.colour))
    return cells


def _ledger(session: Session, found: Known, most: int, _: Words) -> Table:
    """Failures before successes, then decisions; each with its day."""
    entries = Entries(session, found.owners)
    told = [(_("Success") if row["succeeded"] else _("Failure"), row) for row in found.failures_first]
    told += [(_("Decision"), row) for row in found.decisions]
    rows = [[Cell(short(entries.say(row["title"])), _about_entry(entries, kind, row), strong=True)] for kind, row in told]
    about = "" if rows else _("Nothing is written down about what is promised here.")
    table = Table(_("Decisions, failures and successes"), [Column(_("What"), 1)], rows, about)
    return first(table, most, _left(len(rows) - most, session, _))


def _about_entry(entries: Entries, kind: str, row: Row) -> str:
    """What it is, of when, and whether what was to be done about it is overdue."""
    _, locale = entries.words, entries.session.locale
    said = f"{formats.sentence(kind)}, {formats.day(row['day'], locale)}"
    if not (row.get("due") and entries.overdue(row)):
        return said
    late = _("its corrective measure is overdue since {day}", day=formats.day(row["due"], locale))
    return f"{said}; {late}"


def _answering(session: Session, found: Known, most: int, _: Words) -> Table:
    columns = [Column(_("Person"), 3), Column(_("Under way"), 1, number=True), Column(_("Late"), 1, number=True)]
    rows = [
        [Cell(short(post.holder or _("nobody holds it")), short(session.say(post.name)), strong=True), Cell(str(number)), Cell(str(late))]
        for post, number, late in found.answering
    ]
    about = "" if rows else _("Nobody answers for anything that is under way here.")
    return first(Table(_("Who answers for it"), columns, rows, about), most, _left(len(rows) - most, session, _))


def _left(number: int, session: Session, _: Words) -> str:
    return _.ngettext("and {n} more", "and {n} more", number, n=formats.number(number, 0, session.locale)) if number > 0 else ""
