"""The policies that a goal or an action belongs to, with how each was judged last. For the goal's and the action's own page."""

from html import escape

from dashboards import panel
from dashboards.assessments import listing, vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.session import Session
from data.records.records import begun


def show(session: Session, goal: str | None = None, node: int | None = None) -> None:
    """The section of the page; nothing where no policy names it, or the city assesses none here."""
    if "assessments" in session.definitions.city.modules and begun(session.home) and (told := block(session, goal, node)):
        panel.show(told, key="about_policies")


def block(session: Session, goal: str | None = None, node: int | None = None) -> str:
    """The section as HTML; "" where there is nothing to tell."""
    known = Known(session)
    rows = [row for row in known.register.policies if (goal and goal in row["goals"]) or (node and node in row["nodes"])]
    if not rows:
        return ""
    _ = known.words
    title = escape(_("Policies and assessments"))
    return f'<h2>{title}</h2><ul class="policies">{"".join(_entry(known, row) for row in rows)}</ul>'


def _entry(known: Known, policy: Row) -> str:
    _, found = known.words, listing.last(known, policy)
    if found is None:
        unsaid = escape(_("not assessed yet"))
        return f"<li>{known.link(policy)}: {unsaid}</li>"
    moment = escape(known.moment(found["moment"]))
    recommended = vocabulary.recommendation(found["recommendation"], known.session.locale)
    return f"<li>{known.link(policy)}: {moment}, {known.became(found)}, {recommended}. {escape(known.say(found['lesson']))}</li>"
