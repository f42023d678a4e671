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
    _, found = translator(session.locale), since_the_month_before(session)
    if found is None:
        return ""
    names, title = months(session), name(session)
    told = _table(session, found, names, title, _) if found else f"<p>{escape(none(session))}</p>"
    return f"<h2>{escape(title)}</h2>{told}{_since_the_review(session, _reading(session), _)}"


def since_the_month_before(session: Session) -> list[Move] | None:
    """Each goal whose status moved since the month before; None in the first month of all."""
    now, earlier = _reading(session), session.at(session.month.plus(-1))
    before = _reading(earlier)
    first = session.facts.first_period(session.place)
    if first is None or first > before.month.last:
        return None
    return moves(before, now, {before: scores.judged(earlier), now: scores.judged(session)})


def months(session: Session) -> list[str]:
    """The month before and the month itself, as headings."""
    return [formats.sentence(formats.month_name(month, session.locale)) for month in (session.month.plus(-1), session.month)]


def name(session: Session) -> str:
    """What the section is called."""
    _ = translator(session.locale)
    return _("What changed since {month}", month=formats.month_name(session.month.plus(-1), session.locale))


def none(session: Session) -> str:
    """That nothing changed."""
    _ = translator(session.locale)
    return _("No status moved since {month}.", month=formats.month_name(session.month.plus(-1), session.locale))


def why(session: Session, move: Move) -> str:
    """Why a status moved, in a sentence."""
    return f"{formats.sentence(formats.reason(move.reason, session.locale))}."


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
    called = escape(session.say(score.kpi.name))
    linked = f'<a href="{escape(session.address("goal", kpi=score.kpi.id))}">{called}</a>' if move.after else called
    return (
        f'<tr role="row" data-why="{move.why}"><th role="rowheader" scope="row">{linked}</th>'
        f'<td role="cell" data-name="{escape(titles[1])}">{_status(session, move.before)}</td>'
        f'<td role="cell" data-name="{escape(titles[2])}">{_status(session, move.after)}</td>'
        f'<td role="cell" class="why">{escape(why(session, move))}</td></tr>'
    )


def _status(session: Session, score: Score | None) -> str:
    return panel.status(session, score.status) if score else formats.NOTHING
