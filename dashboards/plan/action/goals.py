"""The goals that an action is meant to move, and how they stand."""

from html import escape

from dashboards import formats, panel, scores
from dashboards.plan.action.subject import Subject
from dashboards.plan.tables import table
from kpis.score import Score


def block(about: Subject) -> str:
    """The goals as an HTML table; one that the city no longer tracks is named by its id."""
    _, linked = about.words, about.node["goals"] or []
    if not linked:
        return ""
    known = {score.kpi.id: score for score in scores.judged(about.session)} if about.session.held else {}
    titles = [(_("Goal"), ""), (_("Status"), ""), (_("Latest"), ""), (_("Due now"), "")]
    rows = [_row(about, known[goal]) if goal in known else _unknown(about, goal) for goal in linked]
    title = _("Goals it is meant to move")
    return f"<section><h2>{escape(title)}</h2>{table(titles, [('', rows)], title, 'quiet')}</section>"


def _row(about: Subject, score: Score) -> list[str]:
    session = about.session
    address, name = escape(session.address("goal", kpi=score.kpi.id)), escape(session.say(score.kpi.name))
    values = (formats.measured(number, score.indicator, session.locale) for number in (score.value, score.due))
    return [f'<a href="{address}">{name}</a>', panel.status(session, score.status), *map(escape, values)]


def _unknown(about: Subject, goal: str) -> list[str]:
    _, kpi = about.words, about.session.catalogue.kpi.get(goal)
    return [escape(about.session.say(kpi.name) if kpi else goal), escape(_("no figures here")), "", ""]
