"""Writing so that it lasts: a reader sees the old text or the new one, never a part, also after a power cut."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PIECE = 1 << 20


def replace_text(path: Path, text: str) -> None:
    """Replace a small file in one step; it ends with a line break."""
    replace_bytes(path, f"{text}\n".encode())


def replace_bytes(path: Path, content: bytes) -> None:
    """Replace a small file in one step; who may read it stays. Where that fails, the old one is there and nothing else."""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def first_private(path: Path, text: str) -> None:
    """Make a small file that only its owner may read, ending with a line break. Raises FileExistsError where it is there already.

    Written whole under another name and linked into place, so that of two processes that begin together one makes it.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{text}\n")
        flush(part)
        os.link(part, path)
    finally:
        part.unlink()
    flush_folder(path.parent)


def copy(source: Path, target: Path) -> str:
    """Copy a file's bytes and flush them to the disk; returns their checksum. The caller flushes the folder."""
    seen = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        for piece in _pieces(read):
            seen.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return seen.hexdigest()


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    if os.name != "nt":  # Windows cannot open a folder; its file system writes renames through by itself
        flush(folder)


def flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pieces(file) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
