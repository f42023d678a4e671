"""What shows that a stage was reached, as a day knew it: evidence that was accepted, or that waits, though not for ever.

Who brings evidence has done their part, so a stage that only waits for a reviewer is not late. But evidence that nobody looks at proves
nothing however long it lies there: after JUDGED_WITHIN days it no longer keeps a stage from being late. The piece that waits longest
counts, so that another one brought beside it gains no time.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import Subquery, and_, case, func, or_, select

from data.plans.past import Past, moment_after
from data.plans.vocabulary import JUDGED_WITHIN
from data.records.tables import evidence


def judged(then: Past, day: date) -> Subquery:
    """For each milestone with evidence, so that one with two papers counts once; each 1 or 0, at the end of a day:

    accepted   whether some piece is
    waits      whether some piece is not judged yet
    shown      whether the stage is not late: accepted, or waiting and no piece of it for too long
    """
    papers, after = then.of(evidence), then.after
    is_accepted = and_(papers.c.state == "accepted", papers.c.judged_at < after)
    is_waiting = and_(papers.c.brought_at < after, or_(papers.c.judged_at.is_(None), papers.c.judged_at >= after))
    accepted, waits, overlong = (
        func.max(case((held, 1), else_=0)) for held in (is_accepted, is_waiting, and_(is_waiting, papers.c.brought_at < _limit(day)))
    )
    shown = case((accepted == 1, 1), (and_(waits == 1, overlong == 0), 1), else_=0)
    columns = (accepted.label("accepted"), waits.label("waits"), shown.label("shown"))
    return select(papers.c.milestone, *columns).group_by(papers.c.milestone).subquery()


def overlong(brought_at: datetime, day: date) -> bool:
    """Whether evidence that waits has waited, on that day, for longer than JUDGED_WITHIN days."""
    return brought_at < _limit(day)


def _limit(day: date) -> datetime:
    """The first moment from which on evidence may still wait."""
    return moment_after(day - timedelta(days=JUDGED_WITHIN + 1))
