"""The month for the mayor on one page, in plain words: how it stands, how far the plan is, what needs a decision, what is overdue."""

from dashboards import overview, scores
from dashboards.plan import mandate, shown, truth_line
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import follow_ups, goals, letterhead, line
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import posts
from data.plans.reading import Plan
from kpis.headline import headline
from kpis.meetings import promises
from kpis.score import Score


def document(session: Session, _subject: str | None = None) -> Document:
    """The brief of the session's place and month. Raises NotPossibleNow before the first load."""
    _, found, plan = translator(session.locale), headline(scores.judged(session)), mandate.of_place(session)
    sections = [
        *([_plan(session, plan, _)] if plan else []),
        _decisions(session, found.needs_decision, _),
        _overdue(session, _),
    ]
    title = _("Brief of {month}", month=letterhead.month(session))
    return letterhead.document(session, "brief", title, overview.sentence(found, _), sections, plan=plan, pages=1)


def _plan(session: Session, plan: Plan, _: Words) -> Section:
    truth = shown.truth_of(session, plan)
    if not truth.whole["actions"]:
        return Section(_("The plan"), [_("No action of the plan counts yet.")])
    told = [truth_line.gap(session, truth.whole), mandate.late(session, truth)]
    return Section(_("The plan"), [*filter(None, told)], line.bars(session, truth.whole))


def _decisions(session: Session, needed: tuple[Score, ...], _: Words) -> Section:
    title = _("Needs a decision")
    if not needed:
        return Section(title, [_("No goal needs a decision this month.")])
    columns = [Column(_("Goal"), 4), Column(_("Status"), 2), Column(_("Why"), 7), Column(_("Chance of the target"), 2, number=True)]
    return Section(title, tables=[Table("", columns, [_decision(session, score) for score in needed])])


def _decision(session: Session, score: Score) -> list[Cell]:
    area = session.definitions.area[score.kpi.owner]
    return [
        Cell(short(session.say(score.kpi.name)), short(session.say(area)), strong=True),
        goals.status(session, score),
        Cell(goals.why(session, score, overview.why(session, score))),
        goals.chance(session, score),
    ]


def _overdue(session: Session, _: Words) -> Section:
    late = [row for row in follow_ups.known(session) if promises.is_overdue(row, session.review_day)]
    title = _("Follow-ups overdue")
    if not late:
        return Section(title, [_("No follow-up is overdue.")])
    holders = {post.id: post for post in posts(session.records, session.review_day)}
    return Section(title, tables=[follow_ups.table(session, late, holders)])
