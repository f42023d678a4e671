"""Where fetched files lie before they are loaded (`data/store/incoming/`), and what is remembered of the last one.

NAME.csv    what was fetched last from the source NAME, as it came
NAME.json   its checksum and what the server calls its state, written only once it is loaded
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from data.home import Home
from data.lasting import flush, flush_folder, replace_text
from data.problems import NotPossibleNow
from data.sources import Source


@dataclass(frozen=True)
class Known:
    """What was loaded last: `source` is the fingerprint of its declaration, `sha256` that of the bytes.

    `loads` are the ids of all loads of the source that were held then.
    """

    source: str
    sha256: str
    fetched_at: str
    etag: str | None = None
    last_modified: str | None = None
    newest: str | None = None
    loads: Sequence[str] = ()

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the file only if it has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


@contextmanager
def fetching(home: Home, source: Source) -> Iterator[Path]:
    """The path to fetch into, while nobody else fetches the same source; what is left of it in the end is removed."""
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{source.id}.part"
    try:
        with FileLock(folder / f"{source.id}.lock", timeout=0):
            try:
                yield part
            finally:
                for left in folder.glob(f"{source.id}.part*"):
                    left.unlink(missing_ok=True)
    except Timeout:
        raise NotPossibleNow(
            "somebody else is fetching {source}; nothing was changed: try again when that is done", source=source.id
        ) from None


def keep(part: Path, home: Home, source: Source, ending: str) -> Path:
    """Give a fetched file its name, in place of the one before."""
    path = _folder(home) / f"{source.id}{ending}"
    flush(part)
    part.replace(path)
    flush_folder(path.parent)
    return path


def known(home: Home, source: Source) -> Known | None:
    """What was loaded last; None where nothing was, or where the source has been declared anew since."""
    try:
        found = Known(**json.loads(_note(home, source).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.source == fingerprint(source) else None


def remember(home: Home, source: Source, what: Known) -> None:
    """The file is loaded: the next fetch asks for what is newer."""
    replace_text(_note(home, source), json.dumps(asdict(what)))


def forget(home: Home) -> None:
    """The facts are no longer what the notes say: every source is fetched whole the next time."""
    with suppress(FileNotFoundError):
        for note in _folder(home).glob("*.json"):
            note.unlink(missing_ok=True)


def fingerprint(source: Source) -> str:
    return hashlib.sha256(source.model_dump_json().encode()).hexdigest()


def _folder(home: Home) -> Path:
    return home.store / "incoming"


def _note(home: Home, source: Source) -> Path:
    return _folder(home) / f"{source.id}.json"
