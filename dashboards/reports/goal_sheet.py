"""One goal on paper: how it stands, its way so far, why, what serves it, what was decided about it, and what exactly is measured."""

from dashboards import formats, scores, unusual
from dashboards.goal import coming, definition, series, verdict, why
from dashboards.plan import mandate, shown
from dashboards.reports.content import Cell, Column, Table
from dashboards.reports.document import Document, Section
from dashboards.reports.parts import actions, areas_words, facts, follow_ups, goals, letterhead
from dashboards.session import Session
from dashboards.words import Words, translator
from data.meetings.notes import decisions
from data.people import posts
from data.records.columns import told
from data.records.records import begun
from kpis.meetings import promises
from kpis.plans.part import by_need
from kpis.score import Score

VALUES = 13
"""The latest values that are listed: a year of months and the one it began from."""


def document(session: Session, goal: str | None) -> Document:
    """The sheet of a goal by its id. Raises StopIteration of one that the city does not have: whoever asks has looked."""
    _, score = translator(session.locale), next(score for score in scores.judged(session) if score.kpi.id == goal)
    said = areas_words.of_goal(session, score.kpi.id)
    sections = [
        _way(session, score, _),
        Section(_("Latest values"), tables=[_values(session, score, _)], column="side"),
        _why(session, score, _),
        *said,
        *_served(session, score, _),
        *_asked(session, score, "side" if said else "main", _),
        _about(session, score, _),
    ]
    return letterhead.document(session, "goal", session.say(score.kpi.name), verdict.sentence(session, score), sections, pages=1)


def _way(session: Session, score: Score, _: Words) -> Section:
    status = goals.status(session, score)
    said = [f"{status.text}.", coming.sentence(session, score), unusual.sentence(session, score)]
    chart = goals.chart(session, score)
    return Section(_("How it stands"), [*filter(None, said)], charts=[chart] if chart else [], column="main")


def _values(session: Session, score: Score, _: Words) -> Table:
    """The latest values with what was due, the newest first."""
    rows = list(series.history(session, score).tail(VALUES).reverse().select("period", "value").iter_rows())
    due = series.dues(session, score, [period for period, _value in rows])
    columns = [Column(_("Period"), 2), Column(_("Value"), 1, number=True), Column(_("Due"), 1, number=True)]
    cells = [
        [
            Cell(formats.period(period, score.frequency, session.locale)),
            Cell(formats.in_table(value, score.indicator, session.locale), strong=True),
            Cell(formats.in_table(due[period], score.indicator, session.locale)),
        ]
        for period, value in rows
    ]
    return Table("", columns, cells, session.say(score.indicator.unit))


def _why(session: Session, score: Score, _: Words) -> Section:
    rows = why.rows(session, score, series.revised(session, score))
    return Section(_(why.TITLES[score.status]), tables=[facts.table(rows, _, parts=(5, 2))], column="main")


def _about(session: Session, score: Score, _: Words) -> Section:
    rows = ((term, said) for term, said in definition.rows(session, score) if said)
    return Section(_("About this number"), tables=[facts.table(rows, _, parts=(2, 3))], column="side")


def _served(session: Session, score: Score, _: Words) -> list[Section]:
    """The actions of the mandate plan that serve the goal."""
    plan = mandate.of_place(session)
    if plan is None:
        return []
    nodes = shown.truth_of(session, plan).nodes.filter("leaf")
    goals_of = dict(shown.tree_of(session, plan).nodes.select("id", "goals").drop_nulls().iter_rows())
    serving = [node for node, text in goals_of.items() if score.kpi.id in told(text)]
    found = by_need(nodes.filter(nodes["id"].is_in(serving)))
    if found.is_empty():
        return []
    holders = {post.id: post for post in posts(session.records, session.review_day)}
    return [Section(_("Actions that serve it"), tables=[actions.table(session, found, holders)])]


def _asked(session: Session, score: Score, column: str, _: Words) -> list[Section]:
    """What meetings decided about it, in the column that has room, and follow-ups that are open."""
    if not begun(session.home):
        return []
    day, locale = session.review_day, session.locale
    decided = [row for row in decisions(session.records, session.place) if row["goal"] == score.kpi.id and row["day"] <= day]
    waiting = [row for row in follow_ups.known(session) if row["goal"] == score.kpi.id and promises.is_waiting(row, day)]
    holders = {post.id: post for post in posts(session.records, day)}
    said = [[Cell(formats.day(row["day"], locale)), Cell(row["text"], strong=True)] for row in decided]
    tables = [Table("", [Column(_("Day")), Column(_("Decision"), 5)], said)] if said else []
    sections = [Section(_("Decisions of meetings"), tables=tables, column=column)] if tables else []
    promised = [follow_ups.table(session, waiting, holders)] if waiting else []
    return [*sections, *([Section(_("Follow-ups"), tables=promised)] if promised else [])]
