"""What the editor of the notes sends, kept at once; and what it is told of it."""

from typing import Any

from dashboards import session as visit
from dashboards.meetings.projected.subject import Row
from dashboards.plan import doing
from dashboards.session import Session
from data.meetings.agenda import agenda
from data.meetings.notes import write_note
from data.meetings.vocabulary import NOTE_PARTS

KEPT = "meeting_kept"


def keep(session: Session, meeting: int, sent: Any) -> None:
    """Write down each note that was sent; what was kept, or why it was not, waits for the editor under the sending's own stamp.

    `sent` comes from a browser: {stamp, item, notes: {part: {text, note, version, sent}}}.
    """
    if not sent or sent["stamp"] == (kept() or {}).get("stamp"):
        return
    known = {row["id"] for row in agenda(session.records, meeting)}
    told: dict[str, tuple[int, int]] = {}
    faults: list[str] = []
    for part, each in sent["notes"].items() if sent["item"] in known else ():
        if part not in NOTE_PARTS:
            continue
        done, refused = doing.tried(session, lambda part=part, each=each: _write(session, sent["item"], part, each))
        faults += refused
        if done:
            told[part] = done
    visit.put(KEPT, {"stamp": sent["stamp"], "notes": told, "fault": " ".join(dict.fromkeys(faults))})


def kept() -> dict[str, Any] | None:
    """What became of the last sending; None before the first."""
    found = visit.left(KEPT)
    return found if isinstance(found, dict) else None


def own(session: Session, rows: list[Row]) -> Row | None:
    """Of the notes of one part the one that this person goes on with: their own, else the first; None where there is none."""
    person = session.actor.person if session.actor else None
    return next((row for row in reversed(rows) if row["person"] == person), next(iter(rows), None))


def _write(session: Session, item: int, part: str, each: dict[str, Any]) -> tuple[int, int]:
    assert session.actor is not None
    return write_note(
        session.records, session.actor, item, part, str(each["text"]), each["note"], each["version"], sent=[*map(str, each["sent"])]
    )
