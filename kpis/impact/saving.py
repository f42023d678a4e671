"""A study of the city written into its file, changed and removed again, with who and why; and the way back to what it said before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.access import Actor, Object, require
from data.definition_edits import exchange, text_of
from data.definition_swap import replaced
from data.home import Home
from data.problems import N_, Problem, Refused
from data.yaml_file import parse
from data.yaml_text import appended, value_at, with_value, written

RECORD = "changes"
OLDEST = 200
"""Times that something was replaced among which the way back is looked for."""
Keys = Mapping[str, Any]
"""A study's keys with plain values; None takes one out."""


@dataclass(frozen=True)
class Draft:
    """A study's text as it would be written; `opened` is what its file said when it was read, None where there is none yet."""

    path: Path
    text: str
    opened: str | None

    @property
    def is_new(self) -> bool:
        return self.opened is None


def begun(home: Home, keys: Keys) -> Draft:
    """A new study with these keys, of which `study` is its id."""
    path = _path(home, str(keys["study"]))
    return Draft(path, "".join(f"{key}: {written(value)}\n" for key, value in keys.items() if value is not None), text_of(path))


def changed(home: Home, study: str, keys: Keys) -> Draft:
    """A study that is there with these keys put in, or taken out; all else in its text stays. Raises Refused where it cannot be."""
    path = _path(home, study)
    opened = text_of(path)
    if opened is None:
        raise _gone(home, path)
    text, held = opened, parse(opened, home.short(path)).value
    for key, value in keys.items():
        if value_at(held, (key,)) != value:
            text = with_value(text, (key,), value)
    return Draft(path, text, opened)


def with_text(home: Home, study: str, text: str) -> Draft:
    """A study whose file is to say this, whether it is there or was removed."""
    path = _path(home, study)
    return Draft(path, text, text_of(path))


def save(home: Home, actor: Actor, draft: Draft, reason: str, on: date, prove: Callable[[Draft], None]) -> Draft:
    """Writes the draft with its entry of `changes:`; `prove` raises Refused where the text does not hold. Returns what was written.

    Raises NotAllowed for whoever may not keep studies, Refused where no reason is given or one has the id already, and NotPossibleNow
    where somebody else changed the file; then it is as it was.
    """
    require(actor, "keep_study", Object("study"))
    _require_a_reason(reason)
    entry = {"date": on.isoformat(), "by": actor.name, "reason": reason.strip()}
    recorded = Draft(draft.path, appended(draft.text, (RECORD,), entry), draft.opened)
    exchange(home, {draft.path: recorded.text}, {draft.path: draft.opened}, lambda: prove(recorded))
    return recorded


def remove(home: Home, actor: Actor, study: str, reason: str, on: date) -> None:
    """Takes the study's file away; it is kept, with who and why as its last change, and can be brought back. Raises as `save`."""
    require(actor, "keep_study", Object("study"))
    _require_a_reason(reason)
    path = _path(home, study)
    if text_of(path) is None:
        raise _gone(home, path)
    now = str(text_of(path))
    last = save(home, actor, Draft(path, now, now), reason, on, lambda _draft: None)
    exchange(home, {path: None}, {path: last.text}, lambda: None)


def before(home: Home, study: str) -> str | None:
    """What the study's file said before its last change, with the record of changes that it has now; None where nothing was kept."""
    path = _path(home, study)
    now = text_of(path) or ""
    earlier = next((text for text in _kept(home, path) if _without_record(text) != _without_record(now)), None)
    if earlier is None:
        return None
    record = value_at(parse(now, "").value, (RECORD,)) if now else None
    return with_value(earlier, (RECORD,), record) if record else earlier


def removed(home: Home) -> list[str]:
    """The studies that were there once and are no more, by id."""
    folder = _path(home, "x").parent.relative_to(home.folder)
    found = {path.stem for kept in _folders(home) for path in (kept / folder).glob("*.yaml")}
    return sorted(name for name in found if not _path(home, name).exists())


def _path(home: Home, study: str) -> Path:
    return home.studies / f"{study}.yaml"


def _require_a_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem(N_("nobody has said why"), N_("write the reason"), key="reason")])


def _gone(home: Home, path: Path) -> Refused:
    return Refused([Problem(N_("there is no such study any more"), N_("look at the list of studies"), path=home.short(path))])


def _kept(home: Home, path: Path) -> Iterator[str]:
    """What the file said each time it was replaced, the latest first."""
    for folder in _folders(home):
        if (text := text_of(folder / path.relative_to(home.folder))) is not None:
            yield text


def _folders(home: Home) -> Sequence[Path]:
    return sorted(replaced(home).iterdir(), reverse=True)[:OLDEST] if replaced(home).is_dir() else []


def _without_record(text: str) -> Any:
    try:
        held = parse(text, "").value
    except Refused:
        return text
    return {key: value for key, value in held.items() if key != RECORD} if isinstance(held, dict) else held
