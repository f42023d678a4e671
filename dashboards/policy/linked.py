"""What carries the policy out, with its state, and the goals in which it should show, with their status."""

from html import escape

from dashboards import formats, panel, scores
from dashboards.assessments.known import Known, Row
from dashboards.plan import shown, states, truth_line
from dashboards.plan.tables import NUMBER, table


def block(known: Known, policy: Row) -> str:
    """Both tables as HTML, side by side where there are both."""
    found = [part for part in (_nodes(known, policy), _goals(known, policy)) if part]
    return f'<div class="columns">{"".join(f"<div>{part}</div>" for part in found)}</div>' if len(found) > 1 else "".join(found)


def _nodes(known: Known, policy: Row) -> str:
    _, session, nodes = known.words, known.session, known.items.nodes
    rows = []
    for row in (nodes[number] for number in policy["nodes"] if number in nodes):
        address, name = escape(session.address("action", node=str(row["id"]))), escape(f"{row['key']} {shown.name(session, row['name'])}")
        proved = escape(truth_line.share(row["proved"], session.locale))
        rows.append([f'<a href="{address}">{name}</a>', states.mark(row["state"], session.locale), proved])
    titles = [(_("Part of the plan"), ""), (_("State"), ""), (_("Proved"), NUMBER)]
    title = _("What carries it out")
    return f"<h2>{escape(title)}</h2>{table(titles, [('', rows)], title, 'quiet')}" if rows else ""


def _goals(known: Known, policy: Row) -> str:
    _, session = known.words, known.session
    if session.held is None:
        return ""
    rows = []
    for score in (score for score in scores.judged(session) if score.kpi.id in policy["goals"]):
        address, name = escape(session.address("goal", kpi=score.kpi.id)), escape(session.say(score.kpi.name))
        latest = escape(formats.measured(score.value, session.indicator(score.kpi.measure), session.locale))
        rows.append([f'<a href="{address}">{name}</a>', panel.status(session, score.status), latest])
    titles = [(_("Goal"), ""), (_("Status"), ""), (_("Latest"), NUMBER)]
    title = _("Where it should show")
    return f"<h2>{escape(title)}</h2>{table(titles, [('', rows)], title, 'quiet')}" if rows else ""
