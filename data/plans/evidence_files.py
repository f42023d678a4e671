"""Papers and pictures that prove something: known by their content, kept whole in the store under its checksum."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from data.lasting import flush_folder, replace_bytes
from data.problems import N_, NotPossibleNow, Problem, Refused, cause

LARGEST = 10 * 10**6
"""Bytes of one file."""
BEGINNINGS = {
    "application/pdf": ("pdf", (b"%PDF-",)),
    "image/png": ("png", (b"\x89PNG\r\n\x1a\n",)),
    "image/jpeg": ("jpg", (b"\xff\xd8\xff",)),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", (b"PK\x03\x04",)),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", (b"PK\x03\x04",)),
    "application/vnd.oasis.opendocument.text": ("odt", (b"PK\x03\x04",)),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", (b"PK\x03\x04",)),
}
"""What may be kept: the media type, its ending, and how such a file begins; nothing that a browser would run."""
ENDINGS = {ending: media for media, (ending, _) in BEGINNINGS.items()} | {"jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Kept:
    """A file in the store; `sha256` names it there."""

    sha256: str
    name: str
    media: str
    bytes: int


def keep(store: Path, name: str, content: bytes) -> Kept:
    """Write a file into the store; the same content is kept once. Raises Refused where it is not a kind that is taken, or too
    large, NotPossibleNow where the disk does not take it.
    """
    media = _media(name, content)
    found = hashlib.sha256(content).hexdigest()
    path = where(store, found)
    if not path.exists():
        _write(path, content)
    return Kept(found, Path(name.replace("\\", "/")).name, media, len(content))


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, content)
        flush_folder(path.parent.parent)
    except OSError as error:
        raise NotPossibleNow(
            N_("the file could not be kept, and nothing was changed: {why}; make room and try again"), why=cause(error)
        ) from error


def where(store: Path, sha256: str) -> Path:
    """Where the file of that checksum lies."""
    return store / "evidence" / sha256[:2] / sha256


def read(store: Path, sha256: str) -> bytes:
    """The file, as it was brought. Raises Refused where it is gone or no longer the same."""
    path = where(store, sha256)
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused([Problem(N_("this piece of evidence is damaged or gone"), N_("bring it back from a backup"), str(path))])
    return content


def stamp(store: Path, sha256: str) -> tuple[int, int] | None:
    """Changes when somebody touches the file: when it was written, and its size in bytes; None where it is gone."""
    try:
        found = where(store, sha256).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _media(name: str, content: bytes) -> str:
    media = ENDINGS.get(name.rsplit(".", 1)[-1].lower())
    if media is None:
        known = ", ".join(ENDINGS)
        raise Refused(
            [Problem(N_("{name} is not a kind of file that is kept"), N_("bring one of: {known}"), values={"name": name, "known": known})]
        )
    if not content.startswith(BEGINNINGS[media][1]):
        hint = N_("save it again in the program that made it")
        raise Refused([Problem(N_("{name} is not what its ending says"), hint, values={"name": name})])
    if len(content) > LARGEST:
        values = {"name": name, "size": len(content) / 10**6, "most": LARGEST / 10**6}
        raise Refused(
            [Problem(N_("{name} has {size:.1f} MB, and {most:.0f} are kept at most"), N_("shorten it, or give a link"), values=values)]
        )
    return media
