"""Results by the four criteria of accountability: effectiveness, efficiency, scope and equality."""

from collections import Counter
from html import escape

from dashboards import formats, panel, scores
from dashboards.plan import vocabulary
from dashboards.plan.entries import Entries, Row
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from data.records.columns import told
from kpis.plans.truth import Truth
from kpis.score import STATUSES, Score


def block(entries: Entries, rows: list[Row]) -> str:
    """What was measured beside what was expected, under each criterion, as HTML; a criterion without any says so."""
    _ = entries.words
    titles = [
        (_("Result"), ""), (_("Measured"), NUMBER), (_("Expected"), NUMBER), (_("Period and source"), ""), (_("What it says"), "")
    ]  # fmt: skip
    groups = [(formats.sentence(_(word)), _group(entries, criterion, rows)) for criterion, word in vocabulary.CRITERIA.items()]
    return table(titles, groups, _("Results by criterion"))


def goals(session: Session, found: Truth) -> str:
    """How the goals that the plan's actions serve stand: what effectiveness comes to where nobody wrote a result down."""
    _ = translator(session.locale)
    served = Counter(goal for text in found.tree.nodes["goals"].drop_nulls() for goal in told(text))
    if session.held is None or not served:
        return ""
    judged = sorted((score for score in scores.judged(session) if score.kpi.id in served), key=lambda each: STATUSES.index(each.status))
    titles = [(_("Goal"), ""), (_("Status"), ""), (_("Actions that serve it"), NUMBER)]
    rows = [_goal(session, score, served[score.kpi.id]) for score in judged]
    return table(titles, [("", rows)], _("Effectiveness: the goals that the plan serves"), narrow=True)


def _goal(session: Session, score: Score, serving: int) -> list[str]:
    address, name = escape(session.address("goal", kpi=score.kpi.id)), escape(session.say(score.kpi.name))
    return [f'<a href="{address}">{name}</a>', panel.status(session, score.status), formats.number(serving, 0, session.locale)]


def _group(entries: Entries, criterion: str, rows: list[Row]) -> list[list[str]]:
    _ = entries.words
    nothing = _("Nobody has written down a result of this kind.")
    return [_row(entries, row) for row in rows if row["criterion"] == criterion] or [[escape(nothing)]]


def _row(entries: Entries, row: Row) -> list[str]:
    name = f'{escape(entries.say(row["name"]))}<span class="note">{entries.link(row)}</span>'
    told = [
        entries.amount(row, "measured"),
        entries.amount(row, "expected"),
        entries.source(row),
        entries.say(row["said"]) or formats.NOTHING,
    ]
    return [name, *map(escape, told)]
