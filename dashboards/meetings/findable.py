"""What was said in the meetings about a place, as the search box lists it: by the words of its text, with where it stands."""

from collections.abc import Iterator
from urllib.parse import urlencode

from dashboards import formats
from dashboards.meetings.history.listing import KINDS, where
from dashboards.session import Session
from dashboards.words import translator
from data.meetings.history import history
from data.meetings.meetings import meetings
from data.periods import Month

MOST = 300
"""The newest that are listed, for every run of every page sends the list; the page History finds the others."""
LETTERS = 160
"""Of a text; the rest of it is found on the page History too."""


def names(session: Session) -> dict[str, str]:
    """Meetings, decisions, follow-ups and concerns: what is listed of each by its page and what the page is asked for, `page:key=value`.

    The kind stands first, for of a long text the list shows the beginning alone.
    """
    return dict([*_meetings(session), *_said(session)])


def _meetings(session: Session) -> Iterator[tuple[str, str]]:
    _ = translator(session.locale)
    for row in meetings(session.records, session.place)[:MOST]:
        month = formats.sentence(formats.month_name(Month.parse(row["month"]), session.locale))
        kind = _("Meeting")
        yield f"meeting:meeting={row['id']}", f"{kind}: {month}, {formats.day(row['day'], session.locale)}"


def _said(session: Session) -> Iterator[tuple[str, str]]:
    _ = translator(session.locale)
    for said in history(session.records, session.place)[:MOST]:
        page, asked = where(said)
        text, kind = " ".join(said.text.split()), _(KINDS[said.kind])
        cut = text if len(text) <= LETTERS else f"{text[:LETTERS].rstrip()}…"
        yield f"{page}:{urlencode(asked)}", f"{kind}: {cut}"
