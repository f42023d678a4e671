"""The minutes of a meeting: who was there, what was talked about, what was decided and why, and who does what by when."""

from collections.abc import Sequence

from dashboards import formats
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import agenda, follow_ups, letterhead
from dashboards.reports.parts.agenda import Meeting, Row
from dashboards.session import Session
from dashboards.words import N_, Words
from data.meetings.meetings import meetings
from data.meetings.vocabulary import NOTE_PARTS
from kpis.meetings.opening import opening

PARTS: dict[str, str] = {
    "discussed": N_("Discussed"),
    "decided": N_("Decided"),
    "why": N_("Why"),
    "evidence": N_("Evidence asked for"),
}


def document(session: Session, meeting: str | None = None) -> Document:
    """The minutes of a meeting by its id, else of the last one about the month. Raises NotPossibleNow where none began."""
    found = agenda.meeting(session, meeting, held=True)
    _ = found.words
    sections = [
        _present(found, _),
        *_looked_back(found, _),
        *(_item(found, number, item, _) for number, item in enumerate(found.items, start=1)),
        *_without_item(found, _),
        *([_dropped(found, _)] if found.dropped else []),
    ]
    title = _("Minutes of the meeting of {day}", day=formats.day(found.row["day"], session.locale))
    return letterhead.document(found.session, "minutes", title, sentence(found, _), sections)


def sentence(found: Meeting, _: Words) -> str:
    """How much was talked about, decided and asked for."""
    items = len(found.items)
    decided = len({row["item"] for row in found.notes if row["part"] == "decided" and row["text"].strip()})
    asked = len(found.asked)
    return " ".join([
        _.ngettext("{n} item was on the agenda.", "{n} items were on the agenda.", items, n=items),
        _.ngettext("{n} decision was taken.", "{n} decisions were taken.", decided, n=decided),
        _.ngettext("{n} follow-up was asked for.", "{n} follow-ups were asked for.", asked, n=asked),
    ])  # fmt: skip


def _present(found: Meeting, _: Words) -> Section:
    names = found.named.people
    there = [names[person] for person in found.row["present"] or [] if person in names]
    said = [", ".join(there) + "." if there else _("Nobody wrote down who was there.")]
    if found.row["chair"] in names:
        said.append(_("In the chair: {name}.", name=names[found.row["chair"]]))
    return Section(_("Present"), [*said, *_when(found, _)])


def _when(found: Meeting, _: Words) -> list[str]:
    locale, row = found.session.locale, found.row
    said = [_("Room: {room}.", room=row["room"])] if row["room"] else []
    if row["opened_at"]:
        said.append(_("Begun on {moment}.", moment=formats.moment(row["opened_at"], locale)))
    if row["ended_at"]:
        said.append(_("Ended on {moment}.", moment=formats.moment(row["ended_at"], locale)))
    return [" ".join(said)] if said else []


def _looked_back(found: Meeting, _: Words) -> list[Section]:
    """What was promised before, as the meeting found it."""
    live = found.session.live
    rows = opening(found.follow_ups, found.row, meetings(live.records, live.place))
    if not rows:
        return []
    return [Section(_("What was promised"), tables=[follow_ups.table(found.session, rows, found.named.posts, day=found.row["day"])])]


def _item(found: Meeting, number: int, item: Row, _: Words) -> Section:
    written = [
        row for part in NOTE_PARTS for row in found.notes if row["item"] == item["id"] and row["part"] == part and row["text"].strip()
    ]
    asked = [row for row in found.asked if row["item"] == item["id"]]
    said = [*agenda.whys(found, item), "" if written else _("Nothing was written down.")]
    tables = [_written(written, _)] if written else []
    tables += [_asked(found, asked, _)] if asked else []
    return Section(f"{number}. {agenda.name(found, item)}", [*filter(None, said)], tables=tables)


def _written(rows: Sequence[Row], _: Words) -> Table:
    """Each part as it was written; where two wrote at once and nobody chose, both with their names."""
    twice = {row["beside"] for row in rows if row["beside"]}
    names = {part: _(word) for part, word in PARTS.items()}
    cells = [
        [Cell(names[row["part"]], row["name"] if row["beside"] or row["id"] in twice else "", strong=True), Cell(row["text"])]
        for row in rows
    ]
    return Table("", [Column(_("Part"), 1), Column(_("What was written down"), 5)], cells)


def _asked(found: Meeting, rows: Sequence[Row], _: Words) -> Table:
    return follow_ups.table(found.session, rows, found.named.posts, _("Follow-ups"), found.row["day"])


def _without_item(found: Meeting, _: Words) -> list[Section]:
    """Follow-ups that the meeting asked for beside its items."""
    kept = {item["id"] for item in found.items}
    rows = [row for row in found.asked if row["item"] not in kept]
    return (
        [Section(_("Other follow-ups"), tables=[follow_ups.table(found.session, rows, found.named.posts, day=found.row["day"])])]
        if rows
        else []
    )


def _dropped(found: Meeting, _: Words) -> Section:
    rows = [[Cell(agenda.name(found, item), strong=True), Cell(item["dropped"])] for item in found.dropped]
    return Section(_("Left out of the agenda"), tables=[Table("", [Column(_("Item"), 1), Column(_("Why"), 1)], rows)])
