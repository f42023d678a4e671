"""What is unusual, in the reader's language: beside a change, in a sentence, and as a note at a value."""

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboards import formats, glossary
from dashboards.session import Session
from dashboards.words import N_, translator
from kpis.score import Score

WHICH: dict[str, str] = {"better": N_("unusual, better"), "worse": N_("unusual, worse"), "neither": N_("unusual")}
MEANS: dict[str, str] = {"better": N_("{reason}, which is better"), "worse": N_("{reason}, which is worse")}
NOTES: dict[str, str] = {
    "high": N_("unusually high"),
    "low": N_("unusually low"),
    "jump high": N_("an unusual step up"),
    "jump low": N_("an unusual step down"),
}


def word(session: Session, score: Score) -> str:
    """The word under a change that makes a goal unusual; better or worse where the change alone does not say so."""
    found = score.signal
    if found is None or not score.newly_unusual:
        return ""
    return translator(session.locale)(WHICH[found.direction if found.direction and found.direction != score.direction else "neither"])


def mark(session: Session, score: Score) -> str:
    """The same as HTML, leading to what it means."""
    said = word(session, score)
    return f'<span class="unusual">{glossary.link(session, "unusual", said)}</span>' if said else ""


def sentence(session: Session, score: Score) -> str:
    """What the latest value says against what its series does by itself; "" where there is no value to say it of."""
    _, found = translator(session.locale), score.signal
    if found is None or score.status in ("stale", "no_data"):
        return ""
    said = formats.reason(found.reason, session.locale)
    if found.direction in MEANS:
        said = _(MEANS[found.direction], reason=said)
    if found.since and not found.new:
        said = _("{said}; so since {period}", said=said, period=formats.period(found.since, score.frequency, session.locale))
    return f"{formats.sentence(said)}."


def newly(session: Session, score: Score) -> str:
    """Why the latest value is unusual where it was not before; "" where it is not."""
    found = score.signal
    return "" if found is None or not score.newly_unusual else formats.sentence(formats.reason(found.reason, session.locale))


def note(session: Session, row: Mapping[str, Any]) -> str:
    """A few words on a value that became unusual: a row of kpis.signals; "" where it did not."""
    if not row["new"]:
        return ""
    side = "high" if row["side"] > 0 else "low"
    return translator(session.locale)(NOTES[f"jump {side}" if row["rule"] == "jump" else side])


def paragraph(session: Session, score: Score) -> str:
    """The sentence as HTML."""
    said = sentence(session, score)
    return f'<p class="signal">{escape(said)}</p>' if said else ""
