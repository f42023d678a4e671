"""The practices as the search box lists them."""

from collections.abc import Iterator

from dashboards.practices.known import Known, used
from dashboards.session import Session
from data.problems import NotPossibleNow


def names(session: Session) -> Iterator[tuple[str, str]]:
    """Each that is kept, by its page and what the page is asked for, where the city compares itself and the records can be read."""
    known = Known(session)
    _ = known.words
    kind = _("Practice")
    try:
        rows = known.kept if used(session) else []
    except NotPossibleNow:
        return
    for row in rows:
        yield f"practices:practice={row['key']}", f"{known.say(row['name'])} · {kind}"
