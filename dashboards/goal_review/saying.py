"""What was written of a goal in a review, in sentences for lists and reports, and as HTML for its page and the meeting."""

from html import escape

from dashboards import formats
from dashboards.goal_review.known import Row, Said, texts
from dashboards.goal_review.wording import LIKELIHOODS
from dashboards.plan.entries import Entries
from dashboards.reports.content import short
from dashboards.session import Session
from dashboards.words import translator

LONGEST = 300
"""Letters of a text where there is little room; the goal's own page and sheet have all of it."""
Term = tuple[str, str]
"""What it is called, and what was said."""


def sentences(session: Session, goal: str) -> list[str]:
    """What was said in the review of the session's month, each on a line."""
    _ = translator(session.locale)
    return [_("{what}: {said}", what=term, said=" ".join(said.split())) for term, said in terms(session, of_month(session, goal))]


def brief(session: Session, goal: str) -> list[str]:
    """The same where there is little room, each cut at the end of a word."""
    return [short(text, LONGEST) for text in sentences(session, goal)]


def of_month(session: Session, goal: str) -> Said:
    return texts(session).of(goal, session.month)


def terms(session: Session, said: Said) -> list[Term]:
    """What was said of a goal in a month, and what is done about its risk; nothing of what nobody wrote."""
    _ = translator(session.locale)
    moved = [(_("What moved it, and why"), said.analysis["said"])] if said.analysis else []
    return [*moved, *(_risk(session, said.risk) if said.risk else [])]


def _risk(session: Session, row: Row) -> list[Term]:
    _ = translator(session.locale)
    word = LIKELIHOODS[row["likelihood"]]
    named = [(_("Risk, {likelihood}", likelihood=_(word)), row["said"])]
    if not row["measure"]:
        return named
    owner = Entries(session, texts(session).posts).post(row["owner"])
    told = {"what": row["measure"], "who": owner, "day": formats.day(row["due"], session.locale)}
    return [*named, (_("What is done about it"), _("{what} ({who}, by {day})", **told))]


def block(session: Session, goal: str, *, level: int = 2) -> str:
    """What was said in this month, and folded below it in earlier ones, as HTML; "" where nobody ever said anything."""
    found, now = texts(session), of_month(session, goal)
    before = found.before(goal, session.month)
    if not (terms(session, now) or before):
        return ""
    _ = translator(session.locale)
    title = escape(_("What its area says"))
    nothing = escape(_("Nothing was written of {month}.", month=formats.month_name(session.month, session.locale)))
    told = definition(session, now) or f'<p class="note">{nothing}</p>'
    return f"<h{level}>{title}</h{level}>{told}{_earlier(session, before)}"


def definition(session: Session, said: Said, more: str = "") -> str:
    """The terms of a month, and who wrote them when, as HTML; `more` are classes of the list."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{_paragraphs(text)}</dd>" for term, text in terms(session, said))
    return f'<dl class="definition {more}">{rows}</dl>{_writers(session, said)}' if rows else ""


def _writers(session: Session, said: Said) -> str:
    """Each of those who wrote, once, with the last time that they did."""
    rows = sorted((row for row in (said.analysis, said.risk) if row), key=lambda row: row["at"])
    last = {row["name"]: row["at"] for row in rows}
    who = " · ".join(f"{name}, {formats.moment(at, session.locale)}" for name, at in last.items())
    return f'<p class="note">{escape(who)}</p>'


def _earlier(session: Session, before: list[Said]) -> str:
    if not before:
        return ""
    _ = translator(session.locale)
    title = escape(_.ngettext("{n} earlier month", "{n} earlier months", len(before), n=len(before)))
    items = "".join(
        f"<li><time>{escape(formats.month_name(said.month, session.locale))}</time><div>{definition(session, said)}</div></li>"
        for said in before
    )
    return f'<details><summary>{title}</summary><ul class="story">{items}</ul></details>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
