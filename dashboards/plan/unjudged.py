"""Evidence that has waited too long to be judged, in the same words on every page: that it clears no delay any more, and who judges it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator
from data.plans.judged import overlong
from data.plans.vocabulary import JUDGED_WITHIN
from data.plans.waiting import judges, queue, who_judges

Row = Mapping[str, Any]
NAMED = 3
"""People who are named; the others are counted."""


def told(session: Session, piece: Row, action: Row) -> list[str]:
    """Two sentences about a piece that waits too long on the review day, none about another; `action` has its area and owner."""
    if not overlong(piece["brought_at"], session.review_day):
        return []
    _ = translator(session.locale)
    waited = formats.age((session.review_day - piece["brought_at"].date()).days, session.locale)
    late = _("It has waited for {age}, and after {n} days it no longer keeps the stage from being late.", age=waited, n=JUDGED_WITHIN)
    return [late, whose(session, piece, action)]


def rule(session: Session) -> str:
    """What waiting means, beside a list of what waits."""
    _ = translator(session.locale)
    return _("for somebody outside the area to review it; after {n} days it no longer keeps its stage from being late", n=JUDGED_WITHIN)


def whose(session: Session, piece: Row, action: Row) -> str:
    """Who is to judge it; where nobody may, what would help."""
    _, names = translator(session.locale), [actor.name for actor in who_judges(judges(session.records, session.review_day), piece, action)]
    if not names:
        return _("Nobody may judge it: give somebody outside the area the role of reviewer.")
    more = len(names) - NAMED
    listed = ", ".join(names[:NAMED])
    if more > 0:
        return _.ngettext("To be judged by {names} or {n} more.", "To be judged by {names} or {n} more.", more, names=listed, n=more)
    return _("To be judged by {names}.", names=listed)


def everywhere(session: Session) -> str:
    """How many pieces of the place's plans wait too long on the review day, and for whom; "" where none does. The city has all plans."""
    whole = session.place == session.definitions.city.place
    rows = [row for row in queue(session.records) if overlong(row["brought_at"], session.review_day)]
    rows = [row for row in rows if whole or row["place"] == session.place]
    if not rows:
        return ""
    able = judges(session.records, session.review_day)
    asked = Counter(person.name for row in rows for person in who_judges(able, row, row))
    _ = translator(session.locale)
    said = _.ngettext(
        "{n} piece of evidence has waited for more than {days} days to be judged.",
        "{n} pieces of evidence have waited for more than {days} days to be judged.",
        len(rows), n=len(rows), days=JUDGED_WITHIN,
    )  # fmt: skip
    by = ", ".join(f"{name} ({count})" for name, count in asked.most_common())
    return " ".join([said, *([_("Who may judge them: {names}.", names=by)] if by else [])])
