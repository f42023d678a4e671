"""What changed: each goal whose status moved since the month before, or was moved by what became known after the review."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape

from dashboards import formats, panel, scores
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.moves import Move, Reading, moves
from kpis.score import Score


def block(session: Session) -> str:
    """The section of the Overview as HTML; "" in the first month of all, which has none before it."""
    _, now = translator(session.locale), _reading(session)
    earlier = session.at(session.month.plus(-1))
    before = _reading(earlier)
    first = session.facts.first_period(session.place)
    if first is None or first > before.month.last:
        return ""
    names = [formats.sentence(formats.month_name(month, session.locale)) for month in (before.month, now.month)]
    title = _("What changed since {month}", month=formats.month_name(before.month, session.locale))
    found = moves(before, now, {before: scores.judged(earlier), now: scores.judged(session)})
    none = _("No status moved since {month}.", month=formats.month_name(before.month, session.locale))
    told = _table(session, found, names, title, _) if found else f"<p>{escape(none)}</p>"
    return f"<h2>{escape(title)}</h2>{told}{_since_the_review(session, now, _)}"


def _reading(session: Session) -> Reading:
    return Reading(session.facts, session.catalogue, session.definitions, session.place, session.month)


def _since_the_review(session: Session, now: Reading, _: Words) -> str:
    """What corrections and late values have moved since the month was reviewed; "" where nothing came since, or nothing was known."""
    review = now.month.plus(1).first.replace(day=session.definitions.city.review_day)
    days: list[date] = [load.known_on for load in session.facts.loads()]
    if not min(days) <= review < max(days):
        return ""
    then = replace(now, as_known=review)
    found = moves(then, now, {now: scores.judged(session)})
    if not found:
        return ""
    day, today = formats.day(review, session.locale), _("Today")
    title = _("Known only after the review of {day}", day=day)
    return f"<h3>{escape(title)}</h3>{_table(session, found, [formats.sentence(day), today], title, _)}"


def _table(session: Session, found: Sequence[Move], names: Sequence[str], title: str, _: Words) -> str:
    titles = [_("Goal"), *names, _("Why")]
    head = "".join(f'<th role="columnheader" scope="col">{escape(said)}</th>' for said in titles)
    body = "".join(_row(session, move, titles) for move in found)
    return (
        f'<table role="table" class="moves"><caption>{escape(title)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(session: Session, move: Move, titles: Sequence[str]) -> str:
    score = move.after or move.before
    assert score is not None
    name, why = escape(session.say(score.kpi.name)), formats.sentence(formats.reason(move.reason, session.locale))
    linked = f'<a href="{escape(session.address("goal", kpi=score.kpi.id))}">{name}</a>' if move.after else name
    return (
        f'<tr role="row" data-why="{move.why}"><th role="rowheader" scope="row">{linked}</th>'
        f'<td role="cell" data-name="{escape(titles[1])}">{_status(session, move.before)}</td>'
        f'<td role="cell" data-name="{escape(titles[2])}">{_status(session, move.after)}</td>'
        f'<td role="cell" class="why">{escape(why)}.</td></tr>'
    )


def _status(session: Session, score: Score | None) -> str:
    return panel.status(session, score.status) if score else formats.NOTHING
