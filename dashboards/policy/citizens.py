"""What people say where they were asked: the latest survey of each goal in which the policy should show, and those its judges named."""

from html import escape

import polars as pl

from dashboards import formats
from dashboards.assessments.known import Known, Row
from dashboards.assessments.vocabulary import MODES
from dashboards.plan import shown
from dashboards.plan.tables import NUMBER, table
from dashboards.policy import figures
from data.indicators import Indicator
from kpis.assessments.perception import Figure, of_row


def block(known: Known, policy: Row) -> str:
    """The section as HTML; "" where no survey speaks of it."""
    _ = known.words
    rows = [_row(known, found) for found in _latest(known, policy)]
    if not rows:
        return ""
    titles = [(_("What people were asked"), ""), (_("Latest"), NUMBER), (_("Answers and certainty"), ""), (_("Who was asked, and how"), "")]
    drawn = table(titles, [("", rows)], _("Surveys that speak of it"), "surveys")
    title = escape(_("What people say"))
    return f"<h2>{title}</h2>{drawn}"


def surveys(known: Known, policy: Row) -> list[Indicator]:
    """Indicators that are surveys: of the policy's goals, and those that a judgement of it names."""
    session = known.session
    goals = [session.catalogue.kpi[goal].measure for goal in policy["goals"] if goal in session.catalogue.kpi]
    made = {row["id"] for row in known.register.of_policy(policy["id"])}
    named = [row["indicator"] for row in known.register.scores if row["assessment"] in made and row["indicator"]]
    found = (session.definitions.indicator.get(name) for name in dict.fromkeys([*goals, *named]))
    return [each for each in found if each is not None and each.survey is not None]


def _latest(known: Known, policy: Row) -> list[Figure]:
    """The last value of each survey by the review day."""
    session, asked = known.session, surveys(known, policy)
    if session.held is None or not asked:
        return []
    names, until = [each.id for each in asked], session.month.last
    rows = session.facts.observations(places=[known.place], indicators=names, until=until, as_known=shown.until(session))
    last = rows.drop_nulls("value").sort("period").group_by("indicator").last()
    return [of_row(each, row) for each in asked for row in last.filter(pl.col("indicator") == each.id).iter_rows(named=True)]


def _row(known: Known, found: Figure) -> list[str]:
    _, session, it = known.words, known.session, found.indicator
    assert it.survey is not None
    period = escape(formats.period(found.period, it.frequency, session.locale))
    name = f'{escape(session.say(it.name))}<span class="note">{escape(session.say(it.survey.question))}</span>'
    value = f'{escape(formats.measured(found.value, it, session.locale))}<span class="note">{period}</span>'
    sure = escape(figures.sure(known, found)) if found.answers else ""
    return [name, value, sure, escape(f"{session.say(it.survey.asked)}, {_(MODES[it.survey.mode])}")]
