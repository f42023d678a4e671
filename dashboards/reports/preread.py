"""What is read before a meeting, on two pages: each item of its agenda with why it is there, how it stands and what was decided last."""

from dashboards import formats, overview
from dashboards.meetings import promised
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import agenda, follow_ups, letterhead
from dashboards.reports.parts.agenda import Meeting, Row
from dashboards.session import Session
from dashboards.words import Words
from kpis.headline import headline
from kpis.meetings import promises


def document(session: Session, meeting: str | None = None) -> Document:
    """The pre-read of a meeting by its id, else of the last one about the month. Raises NotPossibleNow where there is none."""
    found = agenda.meeting(session, meeting, held=False)
    _, kept = found.words, [item for item in found.items if item["kept"]] or found.items
    others = [item for item in found.items if item not in kept]
    empty = [] if found.items else [Section(_("Agenda"), [_("Nothing is on the agenda yet: the page This month makes it.")])]
    sections = [
        *empty,
        *(_item(found, number, item, _) for number, item in enumerate(kept, start=1)),
        *([_others(found, others, _)] if others else []),
        *_promised(found, _),
    ]
    title = _("Before the meeting of {day}", day=formats.day(found.row["day"], session.locale))
    sentence = overview.sentence(headline(list(found.scores.values())), _)
    return letterhead.document(found.session, "preread", title, sentence, sections, pages=2)


def _item(found: Meeting, number: int, item: Row, _: Words) -> Section:
    said = [*agenda.whys(found, item), *agenda.stands(found, item), agenda.last_decision(found, item)]
    title = f"{number}. {agenda.name(found, item)}"
    return Section(title, [*filter(None, said)], agenda.bars(found, item), agenda.chart(found, item))


def _others(found: Meeting, items: list[Row], _: Words) -> Section:
    rows = [[Cell(agenda.name(found, item), strong=True), Cell(" ".join(agenda.whys(found, item)) or formats.NOTHING)] for item in items]
    return Section(_("Also on the agenda"), tables=[Table("", [Column(_("Item"), 1), Column(_("Why"), 1)], rows)])


def _promised(found: Meeting, _: Words) -> list[Section]:
    """What earlier meetings asked for and is still to be done by this one."""
    day = found.row["day"]
    waiting = [row for row in found.follow_ups if promises.is_waiting(row, day) and row["made_on"] < day]
    if not waiting:
        return []
    table = follow_ups.table(found.session, waiting, found.named.posts, day=day)
    return [Section(_("Follow-ups"), [promised.waiting(waiting, day, found.session.locale)], tables=[table])]
