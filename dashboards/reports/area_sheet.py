"""One area on paper, for the meeting with its head: how far it is, what it owes, its actions, its goals, its posts."""

from dashboards import formats, scores
from dashboards.plan import mandate, truth_line
from dashboards.plan.area import known, posts, saying
from dashboards.plan.area.known import Known
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import actions, follow_ups, goals, letterhead, line
from dashboards.session import Session
from dashboards.words import Words, translator
from data.problems import N_, NotPossibleNow
from kpis.meetings import promises


def document(session: Session, area: str | None) -> Document:
    """The sheet of an area by its id. Raises NotPossibleNow without a mandate plan."""
    _, plan = translator(session.locale), mandate.of_place(session)
    if plan is None:
        raise NotPossibleNow(N_("there is no mandate plan of this place yet: `python -m data plan FILE` takes one in"))
    found = known.of_area(session, plan, str(area))
    sections = [
        _stands(session, found, _),
        Section(_("Its actions"), tables=[actions.table(session, found.actions, found.owners)]),
        *_goals(session, found, _),
        *_promised(session, found, _),
        _posts(session, found, _),
    ]
    title = session.say(session.definitions.area[found.area])
    return letterhead.document(session, "area", title, saying.sentence(session, found), sections, plan=plan)


def _stands(session: Session, found: Known, _: Words) -> Section:
    whole, owes = found.part.whole, found.owed
    over = [frame.filter(frame["days"] < 0).height for frame in (owes.due, owes.measures)]
    rows = [
        (_("Stages overdue"), over[0]), (_("Evidence sent back"), owes.returned.height), (_("Corrective measures overdue"), over[1]),
        (_("Not reported"), owes.unreported.height), (_("Evidence that waits"), owes.awaiting.height),
    ]  # fmt: skip
    cells = [[Cell(said), Cell(formats.number(number, 0, session.locale), strong=True)] for said, number in rows]
    table = Table("", [Column(_("What it owes by the review"), 4), Column(_("Number"), 1, number=True)], cells)
    counted = whole["actions"]
    said = [truth_line.gap(session, whole)] if counted else []
    return Section(_("How far it is"), said, line.bars(session, whole) if counted else [], tables=[table])


def _goals(session: Session, found: Known, _: Words) -> list[Section]:
    own = tuple(score for score in scores.judged(session) if score.kpi.owner == found.area) if session.held else ()
    ordered = [score for _axis, group in scores.by_axis(session, own) for score in group]
    return [Section(_("Its goals"), tables=[goals.table(session, ordered)])] if ordered else []


def _promised(session: Session, found: Known, _: Words) -> list[Section]:
    """The area's follow-ups that are open by the review."""
    rows = [row for row in follow_ups.known(session) if row["area"] == found.area and promises.is_waiting(row, session.review_day)]
    return [Section(_("Follow-ups"), tables=[follow_ups.table(session, rows, found.owners)])] if rows else []


def _posts(session: Session, found: Known, _: Words) -> Section:
    columns = [Column(_("Post"), 3), Column(_("Held by"), 3), Column(_("Actions that run"), 1.4, number=True)]
    rows = [
        [Cell(session.say(post.name)), Cell(post.holder or _("nobody")), Cell(formats.number(found.load[post.id], 0, session.locale))]
        for post in found.posts
    ]
    said = posts.sentence(session, found) if found.posts else _("No post of the area is written down.")
    return Section(_("Its posts"), [said] if said else [], tables=[Table("", columns, rows)] if rows else [])
