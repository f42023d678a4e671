"""A file of the city written from the panel, changed and removed again, with who and why; and the way back to what it said before."""

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
"""A file's keys with plain values; None takes one out."""


@dataclass(frozen=True)
class Draft:
    """A file's text as it would be written; `opened` is what it said when it was read, None where there is none yet."""

    path: Path
    text: str
    opened: str | None

    @property
    def is_new(self) -> bool:
        return self.opened is None


@dataclass(frozen=True)
class Shelf:
    """Files of one kind, each with the name of what it says: `app.yaml`.

    `action` is what whoever keeps them must be allowed, `kind` what they are about (data/access.py), and `gone` is said, with its
    cure, of one that is there no more.
    """

    home: Home
    folder: Path
    action: str
    kind: str
    gone: tuple[str, str]

    def begun(self, name: str, keys: Keys) -> Draft:
        """A new file with these keys."""
        path = self._path(name)
        return Draft(path, "".join(_entry(key, value) for key, value in keys.items() if value is not None), text_of(path))

    def changed(self, name: str, keys: Keys) -> Draft:
        """A file that is there with these keys put in, or taken out; all else in its text stays. Raises Refused where it cannot be."""
        path = self._path(name)
        opened = text_of(path)
        if opened is None:
            raise self._gone(path)
        text, held = opened, parse(opened, self.home.short(path)).value
        for key, value in keys.items():
            if value_at(held, (key,)) != value:
                text = with_value(text, (key,), value)
        return Draft(path, text, opened)

    def with_text(self, name: str, text: str) -> Draft:
        """A file that is to say this, whether it is there or was removed."""
        path = self._path(name)
        return Draft(path, text, text_of(path))

    def save(self, actor: Actor, draft: Draft, reason: str, on: date, prove: Callable[[Draft], None]) -> Draft:
        """Writes the draft with its entry of `changes:`; `prove` raises Refused where the text does not hold. Returns what was written.

        Raises NotAllowed for whoever may not keep such files, Refused where no reason is given or one has the name already, and
        NotPossibleNow where somebody else changed the file; then it is as it was.
        """
        require(actor, self.action, Object(self.kind))
        _require_a_reason(reason)
        entry = {"date": on.isoformat(), "by": actor.name, "reason": reason.strip()}
        recorded = Draft(draft.path, appended(draft.text, (RECORD,), entry), draft.opened)
        exchange(self.home, {draft.path: recorded.text}, {draft.path: draft.opened}, lambda: prove(recorded))
        return recorded

    def remove(self, actor: Actor, name: str, reason: str, on: date) -> None:
        """Takes the file away; it is kept, with who and why as its last change, and can be brought back. Raises as `save`."""
        require(actor, self.action, Object(self.kind))
        _require_a_reason(reason)
        path = self._path(name)
        if text_of(path) is None:
            raise self._gone(path)
        now = str(text_of(path))
        last = self.save(actor, Draft(path, now, now), reason, on, lambda _draft: None)
        exchange(self.home, {path: None}, {path: last.text}, lambda: None)

    def before(self, name: str) -> str | None:
        """What the file said before its last change, with the record of changes that it has now; None where nothing was kept."""
        path = self._path(name)
        now = text_of(path) or ""
        earlier = next((text for text in self._kept(path) if _without_record(text) != _without_record(now)), None)
        if earlier is None:
            return None
        record = value_at(parse(now, "").value, (RECORD,)) if now else None
        return with_value(earlier, (RECORD,), record) if record else earlier

    def earlier(self, name: str, key: str) -> tuple[Any] | None:
        """What a key of the file said before it was last changed, in a tuple since it may have said nothing; None where it never was."""
        path = self._path(name)
        now = _key_of(text_of(path) or "", key)
        return next(((told,) for text in self._kept(path) if (told := _key_of(text, key)) != now), None)

    def removed(self) -> list[str]:
        """Those that were there once and are no more, by name."""
        folder = self.folder.relative_to(self.home.folder)
        found = {path.stem for kept in self._folders() for path in (kept / folder).glob("*.yaml")}
        return sorted(name for name in found if not self._path(name).exists())

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.yaml"

    def _gone(self, path: Path) -> Refused:
        message, hint = self.gone
        return Refused([Problem(message, hint, path=self.home.short(path))])

    def _kept(self, path: Path) -> Iterator[str]:
        """What the file said each time it was replaced, the latest first."""
        for folder in self._folders():
            if (text := text_of(folder / path.relative_to(self.home.folder))) is not None:
                yield text

    def _folders(self) -> Sequence[Path]:
        held = replaced(self.home)
        return sorted(held.iterdir(), reverse=True)[:OLDEST] if held.is_dir() else []


def _entry(key: str, value: Any) -> str:
    """A key on its line; what is a list of many things has a line for each."""
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return f"{key}:\n" + "".join(f"  - {written(each)}\n" for each in value)
    return f"{key}: {written(value)}\n"


def _key_of(text: str, key: str) -> Any:
    try:
        return value_at(parse(text, "").value, (key,))
    except Refused:
        return None


def _require_a_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem(N_("nobody has said why"), N_("write the reason"), key="reason")])


def _without_record(text: str) -> Any:
    try:
        held = parse(text, "").value
    except Refused:
        return text
    return {key: value for key, value in held.items() if key != RECORD} if isinstance(held, dict) else held
