"""Which day it is on the pages on which people keep their promises."""

from datetime import date

from dashboards.session import Session


def today(session: Session) -> date:
    """Today, for a promise does not wait for the next review; in the demo city, whose figures ended long ago, the day of the review."""
    return session.review_day if session.held is not None and session.held.demo else date.today()
