"""What people of the city wrote themselves: shown as they wrote it, never translated, and marked as being in the city's language."""

import re
from datetime import date
from html import escape

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator
from data.plans.difference import EMPTY, GONE


def written(session: Session, text: str) -> str:
    """The text as HTML. Where the reader has chosen another language than the city's, a screen reader is told which it is."""
    language = session.definitions.city.locale[:2]
    said = escape(text)
    return said if language == session.language else f'<span lang="{language}">{said}</span>'


def reason(session: Session, why: str | None) -> str:
    """Why an action is stopped or does not count, as HTML: as somebody wrote it, or in words of ours where a newer file left it out."""
    _, gone = translator(session.locale), re.fullmatch(rf"{GONE}(\d{{4}}-\d\d-\d\d)", why or "")
    if why == EMPTY:
        return escape(_(EMPTY))
    if gone is None:
        return written(session, (why or "").strip().rstrip("."))
    day = formats.day(date.fromisoformat(gone[1]), session.locale)
    return escape(_("not in the file of {day}", day=day))
